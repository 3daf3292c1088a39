//! The canary: what sources send in every way there is stands nowhere afterwards. Not in the database and its log, not in the
//! folders, temporary ones included, not in the server's own log at its most talkative, not in the search index, a backup,
//! an export, and not in the running server's memory, from which a core file or a swapped page would be made. Nor do the keys
//! stand in that memory which would open what lies on the disk: those of the bodies, and those that a codename gives.
//!
//! A further way of sending is a function in [`WAYS`]; it adds what it sends to the traces that are looked for.

use std::{fs, io::Read, process::Stdio};

use onrecord_base::testing::Traces;
use onrecord_base::{Db, Target};
use onrecord_sealed::{
    Address, Codename, DeskId, Entropy, Head, JournalistKeys, Kind, Lock, NewsroomId, Sealer, SignedList, Signer,
    VerifyKey, laws::body_keys,
};
use onrecord_tips::store;

use super::{
    canary_channels::{self, Provider},
    place::{OWNER, Place, Server},
    tips::{ANA, after, open, with},
};

/// Whoever sends, as a proxy on this machine names them.
const FROM: &str = "X-Forwarded-For: 198.51.100.237\r\nUser-Agent: Canary Browser 7f3a91\r\n";
const REPLY: &str = "canary-5e8c77d1-since-when";

/// What a way of sending needs.
pub struct Line<'a> {
    pub place: &'a Place,
    pub server: &'a Server,
    pub traces: &'a mut Traces,
    /// The telephone provider.
    pub provider: &'a Provider,
}

/// Something that is sent on one way.
type Way = fn(&mut Line<'_>);

/// Every way, by name.
const WAYS: &[(&str, Way)] = &[
    ("a script", by_script),
    ("a script, in pieces", in_pieces),
    ("a form without a script", by_form),
    ("a text message", canary_channels::by_text_message),
    ("a text message with a picture", canary_channels::by_picture_message),
    ("a call", canary_channels::by_call),
    ("mail, to the server and to a folder", canary_channels::by_mail),
    ("recordings, uploaded and in a folder", canary_channels::by_recording),
];

/// An answer as it came, head and body.
pub fn ask(server: &Server, method: &str, path: &str, headers: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let host = &server.address;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{FROM}{headers}\r\n",
        body.len()
    );
    let mut answer = Vec::new();
    let _ = server.begin(&[head.as_bytes(), body].concat()).read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer") + 4;
    let status = String::from_utf8_lossy(&answer[9..12]).parse().expect("a status");
    (status, answer.split_off(end))
}

/// Sends a form; fields with a file's name are files. Answers the page.
fn form(server: &Server, path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> String {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let (status, page) = ask(server, "POST", path, "Content-Type: multipart/form-data; boundary=x\r\n", &body);
    let page = String::from_utf8(page).expect("a page");
    assert_eq!(status, 200, "{page}");
    page
}

/// An envelope, sealed here as a browser does it: the server gets that and the lookup value.
struct Sealed {
    envelope: Vec<u8>,
    lookup: String,
}

/// Seals words and a file, and adds all that may be found nowhere to the traces.
fn sealed(line: &mut Line<'_>, words: &str, name: &str, content: &str) -> Sealed {
    let Line { server, traces, .. } = line;
    let page = ask(server, "GET", "/tip", "", b"").1;
    let page = String::from_utf8(page).expect("a page");
    let key = hex::decode(after(&page, "data-newsroom-key=\"", '"')).expect("a key").try_into().expect("32 bytes");
    let desk = DeskId::parse(after(&page, "name=\"desk\" value=\"", '"')).expect("a desk");
    let signed = ask(server, "GET", "/tip/keys", "", b"").1;
    let now = onrecord_base::Clock::system().now().millis();
    let today = onrecord_sealed::Day::of_unix_seconds(now / 1000);
    let list = SignedList::parse(&signed).expect("a list").verify(&VerifyKey(key), today, 0).expect("is signed");

    let mut entropy = Entropy::new([u8::try_from(now % 251).unwrap_or(7); 32]);
    let codename = Codename::generate(&mut entropy);
    let phrase = codename.phrase().to_string();
    let source = codename.derive(&list.contents().newsroom).expect("keys");
    let address = Address { kind: Kind::Tip, desk, tip: source.lookup().tip(), sequence: 0 };
    let mut sealer = Sealer::new(&list, today, &address, None, &mut entropy).expect("a sealer");
    sealer.begin(name, "application/pdf").expect("a file");
    let mut body = sealer.push(content.as_bytes()).expect("bytes");
    let mut closing = sealer.finish(words, &[], Signer::Source(&source)).expect("is sealed");
    body.extend(closing.rest().expect("the rest"));
    let lookup = source.lookup().hex().to_string();
    traces.add("a codename of a browser", &phrase).add("words from a browser", words);
    traces.add("a file's name from a browser", name).add("a file from a browser", &content[..20]);
    traces.add("a lookup value", &lookup).add("the root of a source's keys", source.root());
    Sealed { envelope: [closing.head().bytes(), body].concat(), lookup }
}

/// The headers that an envelope costs: work, and what finds its thread.
fn worked(server: &Server, lookup: &str) -> String {
    let challenge = ask(server, "GET", "/tip/challenge", "", b"").1;
    let challenge: serde_json::Value = serde_json::from_slice(&challenge).expect("JSON");
    let work = onrecord_tips::work::solve(challenge["challenge"].as_str().expect("a challenge"));
    format!("X-Tip-Work: {work}\r\nX-Tip-Lookup: {lookup}\r\n")
}

fn by_script(line: &mut Line<'_>) {
    let sealed =
        sealed(line, "canary-1c0de7f3-the-harbour-is-sold", "canary-77aa01b2-deed.pdf", "canary-90ff3c44-signed-by");
    let server = line.server;
    let headers = worked(server, &sealed.lookup);
    let (status, answer) = ask(server, "POST", "/tip/envelopes", &headers, &sealed.envelope);
    assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
    let (status, _) = ask(server, "POST", "/tip/thread", "", sealed.lookup.as_bytes());
    assert_eq!(status, 200);
}

/// A large envelope comes piece by piece, its head last; one that nobody goes on with is left behind.
fn in_pieces(line: &mut Line<'_>) {
    let content = "canary-d17b5a90-a-ledger-of-years ".repeat(20_000);
    let sealed = sealed(line, "canary-6e0c2b84-it-goes-back-years", "canary-b40d8f15-ledger.pdf", &content);
    let server = line.server;
    let (head, body) = sealed.envelope.split_at(sealed.envelope.len() % onrecord_sealed::SEALED_CHUNK);
    let begin = || {
        let (status, answer) = ask(server, "POST", "/tip/uploads", &worked(server, &sealed.lookup), b"");
        assert_eq!(status, 201);
        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        answer["upload"].as_str().expect("an upload").to_owned()
    };
    let send =
        |upload: &str, to: &str, bytes: &[u8]| ask(server, "POST", &format!("/tip/uploads/{upload}/{to}"), "", bytes).0;
    let upload = begin();
    for (number, piece) in body.chunks(300_000).enumerate() {
        assert_eq!(send(&upload, &(number * 300_000).to_string(), piece), 204);
    }
    assert_eq!(send(&upload, "head", head), 201);
    assert_eq!(send(&begin(), "0", &body[..100_000]), 204);
}

/// The server seals on arrival, makes the codename and receives it again.
fn by_form(line: &mut Line<'_>) {
    const WORDS: &str = "canary-2f61ab90-the-wall-leans";
    const MORE: &str = "canary-83e1c5d0-since-spring";
    const FILE: &str = "canary-4c1d09e7-evidence.txt";
    const CONTENT: &str = "canary-9b2e6a55-photograph";
    let Line { place, server, traces, .. } = line;
    let page = String::from_utf8(ask(server, "GET", "/tip", "", b"").1).expect("a page");
    let token = after(&page, "name=\"token\" value=\"", '"').as_bytes();
    let desk = after(&page, "name=\"desk\" value=\"", '"').as_bytes();
    // Long enough to pass through every buffer there is.
    let file = format!("{CONTENT} ").repeat(20_000);
    let fields = [
        ("token", None, token),
        ("desk", None, desk),
        ("text", None, WORDS.as_bytes()),
        ("files", Some(FILE), file.as_bytes()),
    ];
    let sent = form(server, "/tip", &fields);
    let codename = after(&sent, "tip-codename\">", '<').to_owned();
    traces.add("words of a form", WORDS).add("words of a second form", MORE);
    traces.add("a form's file's name", FILE).add("a form's file", CONTENT).add("a codename of a form", &codename);
    let newsroom = NewsroomId::parse(after(&page, "data-newsroom=\"", '"')).expect("a newsroom");
    let source = Codename::parse(&codename).expect("a codename").derive(&newsroom).expect("keys");
    traces.add("the root of the keys that a codename of a form gives", source.root());
    traces.add("what a codename of a form finds its thread by", source.lookup().hex().as_bytes());

    // The desk answers in a terminal, while the server runs.
    let listed = place.run(&["--data", "news", "tips", "list"]);
    let form_line = listed.done().out.lines().find(|line| line.contains(" form ")).expect("it is there").to_owned();
    let id = form_line.split_whitespace().next().expect("an id");
    let answer = format!("{ANA}{REPLY}\n");
    with(place, &["--data", "news", "tips", "reply", id, "--as", OWNER, "--passphrase-stdin"], &answer).done();
    let back = form(server, "/tip/return", &[("codename", None, codename.as_bytes())]);
    assert!(back.contains(REPLY), "{back}");
    let token = after(&back, "name=\"token\" value=\"", '"').as_bytes().to_owned();
    let more = [("token", None, &token[..]), ("codename", None, codename.as_bytes()), ("text", None, MORE.as_bytes())];
    form(server, "/tip/return", &more);
    // A slip of the pen comes back with what was typed.
    let (status, _) = ask(
        server,
        "POST",
        "/tip/return",
        "Content-Type: multipart/form-data; boundary=x\r\n",
        b"--x\r\ncontent-disposition: form-data; name=\"codename\"\r\n\r\ncanary-00c0ffee only\r\n--x--\r\n",
    );
    assert_eq!(status, 422);
    traces.add("a mistyped codename", "canary-00c0ffee");
}

/// The keys of everything that lies on the disk, as only who has the passphrase gets them. Returns how many envelopes there
/// were.
fn keys_of_what_lies_there(place: &Place, traces: &mut Traces) -> usize {
    let file = place.path("news/onrecord.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (closed, heads) = runtime.block_on(async {
        let db = Db::open(&Target::Sqlite(file)).await.expect("the database");
        db.read(|conn| {
            let mut heads = Vec::new();
            for tip in store::tips::all(conn)? {
                for message in store::messages::of(conn, &tip.id)? {
                    heads.push(store::messages::head(conn, &tip.id, message.sequence)?);
                }
            }
            Ok((store::keys::all(conn)?, heads))
        })
        .await
        .expect("what lies there")
    });
    let closed = closed.into_iter().find_map(|key| key.wrapped).expect("closed keys");
    let own = JournalistKeys::open(&Lock::of(ANA.trim(), &closed).expect("a lock"), &closed).expect("open");
    for head in &heads {
        let [slot, body] = body_keys(&Head::parse(head).expect("a head"), &own).expect("is for Ana");
        traces.add("the key in an envelope's slots", slot).add("the key of a body", body);
    }
    heads.len()
}

#[test]
fn what_sources_send_stands_nowhere() {
    let place = Place::new();
    open(&place);
    let provider = Provider::start();
    canary_channels::set_up(&place, &provider);
    let mut command = place.onrecord(&["--data", "news", "serve", "--listen", "127.0.0.1:0"]);
    command.args(["--tip-recordings", canary_channels::RECORDINGS, "--tip-maildir", canary_channels::MAILDIR]);
    command.env("ONRECORD_LOG", "trace").env("ONRECORD_TEST_PROVIDER", "1");
    let log = fs::File::create(place.path("server.log")).expect("a log");
    let server = Server::logging(command, "http://", Stdio::from(log));
    let mut traces = Traces::default();
    traces.add("a reply", REPLY).add("an address", "198.51.100.237").add("a browser", "Canary Browser 7f3a91");
    traces.add("a passphrase", ANA.trim());
    for (_, send) in WAYS {
        send(&mut Line { place: &place, server: &server, traces: &mut traces, provider: &provider });
    }
    place.run(&["--data", "news", "backup", "backup.tar"]).done();
    assert_eq!(place.run(&["--data", "news", "export", "comments", "comments.json"]).code, Some(0));
    for path in ["/", "/feed.xml", "/sitemap.xml", "/search?q=canary", "/corrections"] {
        server.get(path);
    }
    server.post("/desk/sign-in", "", b"email=nobody%40example.org&password=not-the-password");

    let envelopes = keys_of_what_lies_there(&place, &mut traces);
    assert!(envelopes > WAYS.len(), "{envelopes} envelopes");
    let (in_memory, memory) = traces.in_memory(server.process()).expect("a child's memory can be read");
    assert_eq!(in_memory, [""; 0], "in the memory of the running server");
    // What the scan is worth: it finds what must be there.
    let mut known = Traces::default();
    known.add("the database's name", "onrecord.sqlite");
    assert!(!known.in_memory(server.process()).expect("is read").0.is_empty());

    let on_disk = || {
        let (found, seen) = traces.in_files(&[place.path("")]).expect("everything can be read");
        assert_eq!(found, [""; 0], "on the disk");
        seen
    };
    on_disk();
    // What the scan of the log is worth: at its most talkative it holds what the server does, and what it says by itself.
    let logged = fs::read_to_string(place.path("server.log")).expect("a log");
    for word in ["TRACE", "a sign-in was refused"] {
        assert!(logged.contains(word), "{word} is not in the log: {logged}");
    }
    // Once more when it has stopped, and has written out what it held back.
    assert_eq!(server.stop("TERM"), Some(0));
    let disk = on_disk();
    let (ways, forms) = (WAYS.len(), traces.forms());
    let (regions, memory, files, disk) = (memory.places, memory.bytes >> 20, disk.places, disk.bytes >> 20);
    println!(
        "canary: {forms} forms of what came by {ways} ways: 0 in {regions} regions of memory ({memory} MB), {files} files ({disk} MB)"
    );
}
