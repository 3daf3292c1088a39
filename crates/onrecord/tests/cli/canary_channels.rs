//! The canary's ways by telephone and mail, as far as they can be gone without a provider: what is fetched from one is looked
//! for in the area's own tests, against a stand-in.

use std::{fs, path::Path, thread, time::Duration};

use onrecord_base::{Db, Target};
use onrecord_tips::{
    channels::{Channels, signature},
    store::channels,
};

use super::{canary::Line, canary::ask, place::Place};

const ACCOUNT: &str = "AC0123456789abcdef";
const TOKEN: &str = "fedcba9876543210";
const PUBLIC: &str = "https://tips.example.org";
/// Folders that are watched, below the place.
pub const RECORDINGS: &str = "spool/recordings";
pub const MAILDIR: &str = "spool/mail";
/// Looks at a folder until a test gives up: two are needed, five seconds apart.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sets all channels up, before the server starts.
pub fn set_up(place: &Place) {
    for folder in [format!("{RECORDINGS}/x"), format!("{MAILDIR}/new/x")] {
        fs::create_dir_all(place.path(&folder).parent().unwrap()).unwrap();
    }
    let mut wanted = Channels::default();
    (wanted.phone.account, wanted.phone.token, wanted.phone.sms) = (ACCOUNT.into(), TOKEN.into(), true);
    // Refused at once, as every address of this machine: nothing here leaves it.
    (wanted.phone.public_url, wanted.phone.api) = (PUBLIC.into(), "https://127.0.0.1:9".into());
    (wanted.recordings.secret, wanted.mail.secret) = ("recordings-secret".into(), "mail-secret".into());
    let file = place.path("news/onrecord.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::open(&Target::Sqlite(file)).await.expect("the database");
        db.write(move |conn| channels::save(conn, &wanted)).await.expect("settings");
    });
}

/// A text message, signed.
pub fn by_text_message(line: &mut Line<'_>) {
    const WORDS: &str = "canary-5ad0c3e1-they-knew-since-may";
    const NUMBER: &str = "+15550198765";
    let params = [("AccountSid", ACCOUNT), ("MessageSid", "SM0c1e"), ("From", NUMBER), ("Body", WORDS)];
    let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let signature = signature::sign(TOKEN, &format!("{PUBLIC}/tip/sms"), &params);
    let body = format!("AccountSid={ACCOUNT}&MessageSid=SM0c1e&From=%2B15550198765&Body={WORDS}");
    let headers = format!("Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {signature}\r\n");
    let (status, _) = ask(line.server, "POST", "/tip/sms", &headers, body.as_bytes());
    assert_eq!(status, 200);
    let (status, _) =
        ask(line.server, "POST", "/tip/sms", &headers.replace("Signature: ", "Signature: x"), body.as_bytes());
    assert_eq!(status, 403);
    line.traces.add("words of a text message", WORDS).add("a number", NUMBER).add("a number, coded", "%2B15550198765");
}

/// A mail by webhook, and one in a watched maildir.
pub fn by_mail(line: &mut Line<'_>) {
    const WORDS: &str = "canary-b8e4f20d-the-ledger-is-copied";
    const FILE: &str = "canary-6a91c7d2-ledger.csv";
    const SUBJECT: &str = "canary-e07b5f16-about-the-mayor";
    const ADDRESS: &str = "zoe.whistle-1f7c@example.net";
    let mail = |words: &str| {
        format!(
            "From: Zoe <{ADDRESS}>\r\nSubject: {SUBJECT}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n\
             --b\r\nContent-Type: text/csv; name={FILE}\r\n\r\n{}\r\n--b--\r\n",
            format!("{words},").repeat(5000)
        )
    };
    let headers = "Authorization: Bearer mail-secret\r\n";
    let (status, _) = ask(line.server, "POST", "/tip/mail", headers, mail(WORDS).as_bytes());
    assert_eq!(status, 201);
    let dropped = line.place.path(MAILDIR).join("new/1763.M1");
    fs::write(&dropped, mail(&format!("{WORDS}-again"))).unwrap();
    until_gone(&dropped);
    line.traces.add("words of a mail", WORDS).add("a mail's file's name", FILE);
    line.traces.add("a subject", SUBJECT).add("a mail address", ADDRESS);
}

/// A recording by upload, and one in a watched folder.
pub fn by_recording(line: &mut Line<'_>) {
    const SOUND: &str = "canary-c2d9a4b7-a-voice";
    const NAME: &str = "canary-31f08e6c-call";
    const NUMBER: &str = "+15550123498";
    let mut sound =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0".to_vec();
    sound.extend(SOUND.repeat(20_000).into_bytes());
    let length = u32::try_from(sound.len() - 8).unwrap();
    sound[4..8].copy_from_slice(&length.to_le_bytes());
    let mut form = format!(
        "--x\r\ncontent-disposition: form-data; name=\"from\"\r\n\r\n{NUMBER}\r\n--x\r\n\
         content-disposition: form-data; name=\"recording\"; filename=\"{NAME}.wav\"\r\n\r\n"
    )
    .into_bytes();
    form.extend_from_slice(&sound);
    form.extend_from_slice(b"\r\n--x--\r\n");
    let headers = "Authorization: Bearer recordings-secret\r\nContent-Type: multipart/form-data; boundary=x\r\n";
    let (status, answer) = ask(line.server, "POST", "/tip/recordings", headers, &form);
    assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
    let folder = line.place.path(RECORDINGS);
    fs::write(folder.join(format!("{NAME}.json")), format!("{{\"from\":\"{NUMBER}\"}}")).unwrap();
    fs::write(folder.join(format!("{NAME}.wav")), &sound).unwrap();
    until_gone(&folder.join(format!("{NAME}.wav")));
    until_gone(&folder.join(format!("{NAME}.json")));
    line.traces.add("a voice", SOUND).add("a recording's name", NAME).add("a caller", NUMBER);
}

fn until_gone(path: &Path) {
    let mut waited = Duration::ZERO;
    while path.exists() {
        assert!(waited < PATIENCE, "a watched file is not taken");
        thread::sleep(Duration::from_millis(100));
        waited += Duration::from_millis(100);
    }
}
