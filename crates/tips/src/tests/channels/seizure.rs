//! What came by telephone and mail stands nowhere in the open: not in the database, its log, the files, the folders that
//! are watched, or the server's own log. Each row of SECURITY.md about channels has its test here.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use onrecord_base::{App, fetch::Reach, testing};

use super::{
    super::{
        cast,
        cast::TEMPLATES,
        sealed_in_browser::run_jobs_reaching,
        seizure::{found, postgres_files},
    },
    cast::{StandIn, door, resource, set_up, signed},
};
use crate::{
    Folders, Guard,
    channels::{audio::silence, watch::Watcher},
    store::tips,
};

/// Begins everything that must be found nowhere.
const CANARY: &str = "canary-6d0f";
const NUMBER: &str = "+15550198765";
const ADDRESS: &str = "zoe.whistle@example.net";

/// Everything that is logged, down to the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn listen() -> Log {
    let log = Log::default();
    let writer = log.clone();
    let listening = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // Another test of the same process may listen already; under nextest each has its own.
    let _ = tracing::subscriber::set_global_default(listening);
    tracing::trace!("somebody listens");
    log
}

/// One delivery by each channel, each with the canary in words, names and files; some meet a fault on the way.
async fn deliveries(app: &App) -> (tempfile::TempDir, usize) {
    let (provider, cdn) = (StandIn::start().await, StandIn::start().await);
    set_up(app, &provider.address, &cdn.address).await;
    let door = door(app);
    let url = |rest: &str| format!("{}{}", provider.address, resource(rest));
    let words = format!("{CANARY}-text");
    provider.move_to(&resource("Messages/MM01/Media/ME01"), &format!("{}/media", cdn.address));
    cdn.put("/media", format!("{CANARY}-media").repeat(10_000));
    let media = url("Messages/MM01/Media/ME01");
    let kind = format!("image/{CANARY}");
    let text = [
        ("MessageSid", "MM01"),
        ("From", NUMBER),
        ("Body", words.as_str()),
        ("NumMedia", "1"),
        ("MediaUrl0", media.as_str()),
        ("MediaContentType0", kind.as_str()),
    ];
    signed(&door, "/tip/sms", &text).await;
    provider.until_deleted(&resource("Messages/MM01.json")).await;
    // One whose picture cannot be fetched, one that is not signed.
    let lost = url("Messages/MM02/Media/ME02");
    signed(
        &door,
        "/tip/sms",
        &[("MessageSid", "MM02"), ("From", NUMBER), ("Body", &words), ("NumMedia", "1"), ("MediaUrl0", &lost)],
    )
    .await;
    super::cast::post(&door, "/tip/sms", &[("MessageSid", "MM03"), ("From", NUMBER), ("Body", &words)], "x").await;
    signed(&door, "/tip/voice", &[("CallSid", "CA01"), ("From", NUMBER), ("To", "+15550100")]).await;
    provider.put(&resource("Recordings/RE01"), silence(CANARY.repeat(1000).as_bytes()));
    let recorded = url("Recordings/RE01");
    signed(
        &door,
        "/tip/voice/recording",
        &[("CallSid", "CA01"), ("RecordingSid", "RE01"), ("RecordingUrl", &recorded)],
    )
    .await;
    signed(&door, "/tip/voice/status", &[("CallSid", "CA01"), ("CallStatus", "completed"), ("From", NUMBER)]).await;
    let mail = |name: &str| {
        format!(
            "From: {CANARY} <{ADDRESS}>\r\nSubject: {CANARY}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n\
             --b\r\nContent-Type: text/plain; name={CANARY}-{name}.txt\r\n\r\n{words}\r\n--b--\r\n"
        )
        .into_bytes()
    };
    door.post("/tip/mail", &[("authorization", "Bearer mail-secret")], mail("webhook")).await;
    door.post("/tip/mail", &[("authorization", "Bearer wrong")], mail("refused")).await;
    let sound = silence(CANARY.repeat(1000).as_bytes());
    let mut form = format!(
        "--x\r\ncontent-disposition: form-data; name=\"from\"\r\n\r\n{NUMBER}\r\n--x\r\n\
        content-disposition: form-data; name=\"recording\"; filename=\"{CANARY}.wav\"\r\n\r\n"
    )
    .into_bytes();
    form.extend_from_slice(&sound);
    let cut_off = form.clone();
    form.extend(b"\r\n--x--\r\n");
    let headers = [("authorization", "Bearer recordings-secret"), ("content-type", "multipart/form-data; boundary=x")];
    door.post("/tip/recordings", &headers, form).await;
    door.post("/tip/recordings", &headers, cut_off).await;
    let spool = tempfile::tempdir().unwrap();
    fs::create_dir_all(spool.path().join("mail/new")).unwrap();
    fs::create_dir_all(spool.path().join("recordings")).unwrap();
    fs::write(spool.path().join("mail/new/1"), mail("maildir")).unwrap();
    fs::write(spool.path().join(format!("recordings/{CANARY}.wav")), &sound).unwrap();
    fs::write(spool.path().join(format!("recordings/{CANARY}.json")), format!("{{\"from\":\"{NUMBER}\"}}")).unwrap();
    let (recordings, mail) = (spool.path().join("recordings"), spool.path().join("mail"));
    let folders = Folders { recordings: Some(recordings), mail: Some(mail) };
    let mut watcher = Watcher::new(app.clone(), Guard::new(folders, Reach::Loopback));
    watcher.look().await;
    watcher.look().await;
    (spool, 7)
}

#[tokio::test]
async fn what_comes_by_telephone_or_mail_is_found_in_no_file_and_no_log() {
    let log = listen();
    testing::both(TEMPLATES, async |app: App| {
        let _line = cast::line(&app).await;
        let (spool, tips_sent) = deliveries(&app).await;
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), tips_sent, "each came");
        let tables = ["tips", "tip_messages", "tip_settings", "tip_arrivals", "jobs"];
        let scan = async |when: &str| {
            let mut places: Vec<PathBuf> = vec![app.data.path().to_owned(), spool.path().to_owned()];
            places.extend(postgres_files(&app, &tables).await);
            if app.db.is_sqlite() {
                app.db.copy_to(app.data.path().join(format!("backup-{when}.sqlite"))).await.unwrap();
            }
            for secret in [CANARY, NUMBER, &NUMBER[1..], ADDRESS, "CA01", "whistle"] {
                let kept = secret == "CA01" && when == "before";
                assert!(kept || found(&places, secret.as_bytes()) == 0, "{secret} is on the disk {when} the jobs");
            }
            assert!(found(&places, b"ORSE") >= 1, "the scan reads what is there");
        };
        scan("before").await;
        // A picture that is never found is given up; its job names ids and no more.
        app.clock.advance(86_400_000);
        let mut registry = onrecord_base::jobs::Registry::new();
        crate::jobs::register_reaching(&mut registry, Reach::Loopback);
        onrecord_base::jobs::drain(&app, &registry).await.unwrap();
        let rows = app.db.read(|conn| conn.query("SELECT payload, last_error FROM jobs", &[])).await.unwrap();
        for row in rows {
            let text = format!(
                "{} {:?}",
                row.get::<String>("payload").unwrap(),
                row.get::<Option<String>>("last_error").unwrap()
            );
            assert!(!text.contains(CANARY) && !text.contains("5550198765"), "{text}");
        }
        app.db.write(|conn| conn.execute("DELETE FROM jobs WHERE kind = 'tips.errand'", &[])).await.unwrap();
        run_jobs_reaching(&app).await;
    })
    .await;
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.contains("somebody listens"), "the scan reads what is logged");
    for secret in [CANARY, "5550198765", ADDRESS, "recordings-secret", "mail-secret"] {
        let line = logged.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}

/// Arrivals are dated as all tips are: to the day; errands too, and due at night, whenever they came.
#[tokio::test]
async fn deliveries_and_errands_tell_the_day_and_not_the_hour() {
    testing::both(TEMPLATES, async |app: App| {
        let _line = cast::line(&app).await;
        app.clock.advance(1_234_567);
        let (_spool, _) = deliveries(&app).await;
        let jobs = app.db.read(|conn| conn.query("SELECT created_at, run_at FROM jobs", &[])).await.unwrap();
        assert!(!jobs.is_empty());
        for job in jobs {
            assert_eq!(job.get::<i64>("created_at").unwrap() % 86_400_000, 0);
            assert_eq!(job.get::<i64>("run_at").unwrap() % 86_400_000, 3 * 3_600_000);
        }
        let days = app.db.read(|conn| conn.query("SELECT day FROM tip_arrivals", &[])).await.unwrap();
        assert!(days.iter().all(|row| row.get::<i64>("day").unwrap() < 100_000));
    })
    .await;
}
