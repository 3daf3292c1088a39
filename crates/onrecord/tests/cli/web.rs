//! The smallest browser: it sends what it is given and reads to the end.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::place::Server;

/// After this an answer does not come; a server lets a silent visitor go long before.
const PATIENCE: Duration = Duration::from_secs(150);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// 0 if the connection was closed without a word.
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

impl Server {
    /// Sends bytes as they are; the answer is what comes until the server closes.
    pub fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        // The server may refuse before it has read everything.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }

    /// Connects and sends the first part of something.
    pub fn begin(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", b"")
    }

    /// `headers` are whole lines, each with its end.
    pub fn request(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = match body.len() {
            0 if method == "GET" => String::new(),
            length => format!("Content-Length: {length}\r\n"),
        };
        let host = &self.address;
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{length}{headers}\r\n");
        self.send(&[head.as_bytes(), body].concat())
    }

    /// A form as our own page sends it.
    pub fn post(&self, path: &str, cookie: &str, body: &[u8]) -> Answer {
        let host = &self.address;
        let headers = format!(
            "Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n{}",
            if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") }
        );
        self.request("POST", path, &headers, body)
    }
}

/// Reads an answer to its end.
pub fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        // A server that closes with something unread resets the connection; only silence is a hang.
        assert!(
            !matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut),
            "no end comes after {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// The session of an answer that signs in, as the next request sends it back.
pub fn cookie(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {answer:?}"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}
