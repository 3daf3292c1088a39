//! The provider's own library signs, and we take it: the official `twilio` package of PyPI, pinned by version and hash,
//! in an environment of its own below the target folder. The media host is a stand-in of ours on this machine.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use axum::response::IntoResponse;
use onrecord_base::{App, fetch::Reach, testing, web::Frame};

use super::{
    super::{cast, cast::TEMPLATES, sealed_in_browser::run_jobs_reaching},
    cast::{StandIn, TOKEN, fact, files, read, resource, set_up},
};
use crate::{Channel, Folders, Guard, channels::audio::silence, store::channels};

/// The package and the hash of its one wheel. Its dependencies are for its client, which we do not use.
const PACKAGE: &str = "twilio==9.13.0 --hash=sha256:a73eb7139f47ed0ad934e9cf0a26cd0add6b86e6ca4aec5964624a9ea588c11c\n";
/// Set where the package must be there (`./dev test`): without it the test is left out on a machine without a network.
const NEEDED: &str = "ONRECORD_TEST_TWILIO";

/// A Python that has the package.
fn python() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    let folder = target.join("test-twilio-9.13.0");
    let python = folder.join("bin/python");
    let works = |python: &Path| {
        let tried = Command::new(python).args(["-c", "from twilio.request_validator import RequestValidator"]).output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    if works(&python) {
        return Some(python);
    }
    std::fs::create_dir_all(&target).ok()?;
    let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).output();
    let list = folder.join("requirements.txt");
    let _ = std::fs::write(&list, PACKAGE);
    let installed = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r"])
        .arg(&list)
        .output();
    if works(&python) {
        return Some(python);
    }
    let said = |output: std::io::Result<std::process::Output>| match output {
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    let why = format!("{}\n{}", said(made), said(installed));
    assert!(std::env::var_os(NEEDED).is_none(), "the twilio package cannot be installed: {why}");
    eprintln!("left out, the twilio package cannot be installed: {why}");
    None
}

#[tokio::test]
async fn what_the_official_package_signs_is_taken_and_what_it_does_not_is_refused() {
    let Some(python) = tokio::task::spawn_blocking(python).await.unwrap() else { return };
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let (line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let public = "https://tips.example.org:8443";
        app.db
            .write(move |conn| {
                let mut kept = channels::load(conn)?;
                kept.phone.public_url = public.into();
                channels::save(conn, &kept)
            })
            .await
            .unwrap();
        provider.put(&resource("Recordings/RE01"), silence(b"a voice"));
        let frame = Frame::new(|_, framed| async move { Ok((framed.status, framed.html).into_response()) });
        let routes = crate::routes(frame, Guard::new(Folders::default(), Reach::Loopback)).with_state(app.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let python = python.clone();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/channels/signing.py");
        let arguments = [address, public.to_owned(), TOKEN.to_owned(), provider.address.clone()];
        let ran = tokio::task::spawn_blocking(move || Command::new(python).arg(script).args(arguments).output());
        let ran = ran.await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert_eq!(said.trim(), "all 17", "{said} {}", String::from_utf8_lossy(&ran.stderr));

        let all = read(&line).await;
        let texts: Vec<&str> =
            all.iter().filter(|(tip, _)| tip.channel == Channel::Sms).map(|(_, m)| m[0].text.as_str()).collect();
        assert_eq!(texts.len(), 6, "{texts:?}");
        assert!(texts.contains(&"It leans: 10 % & more; ü 🧱 +=\n") && texts.contains(&"as JSON"));
        let (voice, messages) = all.iter().find(|(tip, _)| tip.channel == Channel::Voice).expect("a voice mail");
        assert_eq!((fact(&messages[0], "from"), fact(&messages[0], "seconds")), ("+15550142", "7"));
        assert_eq!(files(&line, voice).await, [silence(b"a voice")]);
        provider.until_deleted(&resource("Recordings/RE01.json")).await;
        run_jobs_reaching(&app).await;
        assert!(provider.deleted(&resource("Calls/CA01.json")) && provider.deleted(&resource("Messages/SM01.json")));
    })
    .await;
}
