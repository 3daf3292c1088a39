//! The canary's ways by telephone and mail. The provider is a stand-in on this machine, which a server built for tests can be
//! told to reach.

use std::{
    collections::HashMap,
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

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

/// A telephone provider: gives out what was put into it until it is deleted.
pub struct Provider {
    address: String,
    shelf: Arc<Mutex<HashMap<String, Vec<u8>>>>,
}

impl Provider {
    /// Starts one; it ends with the test.
    pub fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let shelf = Arc::<Mutex<HashMap<String, Vec<u8>>>>::default();
        let kept = shelf.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = serve(stream, &kept);
            }
        });
        Provider { address, shelf }
    }

    /// Puts something there; answers its address.
    fn put(&self, resource: &str, bytes: Vec<u8>) -> String {
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/{resource}");
        self.shelf.lock().unwrap().insert(path.clone(), bytes);
        format!("{}{path}", self.address)
    }

    /// Waits until nothing is there any more: what was fetched is deleted once it is sealed.
    fn until_empty(&self) {
        let mut waited = Duration::ZERO;
        while !self.shelf.lock().unwrap().is_empty() {
            assert!(waited < PATIENCE, "a copy is not deleted");
            thread::sleep(Duration::from_millis(50));
            waited += Duration::from_millis(50);
        }
    }
}

/// One request, one answer.
fn serve(mut stream: TcpStream, shelf: &Mutex<HashMap<String, Vec<u8>>>) -> std::io::Result<()> {
    let (mut head, mut piece) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            read => head.extend_from_slice(&piece[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut shelf = shelf.lock().unwrap();
    let (status, body) = match method {
        "DELETE" => {
            shelf.remove(path.trim_end_matches(".json"));
            ("204 No Content", Vec::new())
        }
        _ => shelf.get(path).map_or(("404 Not Found", Vec::new()), |bytes| ("200 OK", bytes.clone())),
    };
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    stream.write_all(format!("HTTP/1.1 {status}\r\n{length}Connection: close\r\n\r\n").as_bytes())?;
    stream.write_all(&body)
}

/// Sends what the provider would: signed over the public address. Answers the status.
fn signed(line: &Line<'_>, path: &str, params: &[(&str, &str)]) -> u16 {
    let params: Vec<(String, String)> = [("AccountSid", ACCOUNT)]
        .iter()
        .chain(params)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let signature = signature::sign(TOKEN, &format!("{PUBLIC}{path}"), &params);
    let coded = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    };
    let body: Vec<String> = params.iter().map(|(name, value)| format!("{name}={}", coded(value))).collect();
    let headers = format!("Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {signature}\r\n");
    ask(line.server, "POST", path, &headers, body.join("&").as_bytes()).0
}

/// A text message with a picture, which is fetched from the provider.
pub fn by_picture_message(line: &mut Line<'_>) {
    const WORDS: &str = "canary-0f9b2c66-look-at-this";
    const PICTURE: &str = "canary-a8d3e170-a-picture";
    const NUMBER: &str = "+15550171717";
    let picture = line.provider.put("Messages/MM7e/Media/ME7e", PICTURE.repeat(20_000).into_bytes());
    let params = [
        ("MessageSid", "MM7e"),
        ("From", NUMBER),
        ("Body", WORDS),
        ("NumMedia", "1"),
        ("MediaUrl0", &picture),
        ("MediaContentType0", "image/jpeg"),
    ];
    assert_eq!(signed(line, "/tip/sms", &params), 200);
    line.provider.until_empty();
    line.traces.add("words beside a picture", WORDS).add("a picture", PICTURE).add("a number with a picture", NUMBER);
}

/// A call: its recording is fetched from the provider.
pub fn by_call(line: &mut Line<'_>) {
    const SOUND: &str = "canary-4be71d0a-a-voice-on-the-line";
    const NUMBER: &str = "+15550188442";
    let call = [("CallSid", "CA7e"), ("From", NUMBER), ("To", "+15550100")];
    assert_eq!(signed(line, "/tip/voice", &call), 200);
    assert_eq!(signed(line, "/tip/voice/end", &[("CallSid", "CA7e")]), 200);
    assert_eq!(signed(line, "/tip/voice/status", &[("CallSid", "CA7e"), ("CallStatus", "completed")]), 204);
    let recorded = line.provider.put("Recordings/RE7e", wav(SOUND));
    let recording = [("CallSid", "CA7e"), ("RecordingSid", "RE7e"), ("RecordingUrl", &recorded)];
    assert_eq!(signed(line, "/tip/voice/recording", &recording), 204);
    line.provider.until_empty();
    line.traces.add("a voice on the telephone", SOUND).add("a number that called", NUMBER);
}

/// Sets all channels up, before the server starts.
pub fn set_up(place: &Place, provider: &Provider) {
    for folder in [format!("{RECORDINGS}/x"), format!("{MAILDIR}/new/x")] {
        fs::create_dir_all(place.path(&folder).parent().unwrap()).unwrap();
    }
    let mut wanted = Channels::default();
    (wanted.phone.account, wanted.phone.token) = (ACCOUNT.into(), TOKEN.into());
    (wanted.phone.sms, wanted.phone.voice) = (true, true);
    (wanted.phone.public_url, wanted.phone.api) = (PUBLIC.into(), provider.address.clone());
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
    let sound = wav(SOUND);
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

/// A recording in which these words stand for a voice.
fn wav(words: &str) -> Vec<u8> {
    let mut sound =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0".to_vec();
    sound.extend(words.repeat(20_000).into_bytes());
    let length = u32::try_from(sound.len() - 8).unwrap();
    sound[4..8].copy_from_slice(&length.to_le_bytes());
    sound
}

fn until_gone(path: &Path) {
    let mut waited = Duration::ZERO;
    while path.exists() {
        assert!(waited < PATIENCE, "a watched file is not taken");
        thread::sleep(Duration::from_millis(100));
        waited += Duration::from_millis(100);
    }
}
