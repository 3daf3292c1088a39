//! The fetcher against real servers on this machine, the bad ones above all.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;

/// Long enough for an honest answer on this machine, short enough to wait for a bad one.
const SOON: Duration = Duration::from_millis(400);

/// A server whose every answer is what `answer` writes for a path; its address.
async fn server<F, Fut>(answer: F) -> String
where
    F: Fn(TcpStream, String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => break,
                }
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            tokio::spawn(answer(stream, head));
        }
    });
    format!("http://{address}")
}

/// A server that always says the same.
async fn saying(text: impl Into<Vec<u8>>) -> String {
    let text = text.into();
    server(move |mut stream, _| {
        let text = text.clone();
        async move { stream.write_all(&text).await }
    })
    .await
}

fn packed(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut text =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    text.extend_from_slice(body);
    text
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

async fn fetch(address: &str) -> Result<Fetched, Refusal> {
    get(address, Reach::Loopback).await
}

#[tokio::test]
async fn a_page_comes_with_its_status_headers_and_last_address() {
    let home = server(|mut stream, head| async move {
        let answer = match head.starts_with("GET /old ") {
            true => "HTTP/1.1 301 Moved\r\nLocation: /new?x=1\r\nContent-Length: 0\r\n\r\n".to_owned(),
            false => format!("HTTP/1.1 404 Not Found\r\nX-Asked: yes\r\nContent-Length: {}\r\n\r\n{head}", head.len()),
        };
        stream.write_all(answer.as_bytes()).await
    })
    .await;
    let fetched = fetch(&format!("{home}/old")).await.unwrap();
    assert_eq!((fetched.status.as_u16(), fetched.url.to_string()), (404, format!("{home}/new?x=1")));
    assert_eq!(fetched.headers["x-asked"], "yes");
    let asked = String::from_utf8_lossy(&fetched.body).to_lowercase();
    assert!(asked.contains("accept-encoding: identity") && asked.contains("user-agent: onrecord/"), "{asked}");
    assert!(!asked.contains("cookie") && !asked.contains("referer"), "{asked}");
}

#[tokio::test]
async fn a_page_of_no_bytes_and_one_of_an_error_are_answers_too() {
    let empty = saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    assert!(fetch(&empty).await.unwrap().body.is_empty());
    let broken = saying("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno").await;
    assert_eq!(fetch(&broken).await.unwrap().status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let round = saying("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(fetch(&round).await.unwrap_err(), Refusal::Redirects);
}

#[tokio::test]
async fn a_redirect_goes_through_the_same_gate() {
    for (to, refusal) in [
        ("http://10.0.0.1/", Refusal::Private),
        ("http://169.254.169.254/latest/meta-data/", Refusal::Private),
        ("//192.168.1.1/", Refusal::Private),
        ("http://[fd00::1]/", Refusal::Private),
        ("http://[::ffff:10.0.0.1]/", Refusal::Private),
        ("file:///etc/passwd", Refusal::NotWeb),
        ("ftp://example.org/", Refusal::NotWeb),
        ("http://user:secret@example.org/", Refusal::NotWeb),
    ] {
        let home = saying(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(fetch(&home).await.unwrap_err(), refusal, "{to}");
    }
}

#[tokio::test]
async fn this_machine_is_not_reached_by_whatever_name() {
    let home = saying("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret").await;
    let port = home.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "127.1", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]"] {
        let outcome = get(&format!("http://{host}:{port}/"), Reach::Public).await;
        assert_eq!(outcome.unwrap_err(), Refusal::Private, "{host}");
    }
}

#[tokio::test]
async fn a_host_that_never_answers_is_left() {
    let silent = server(|stream, _| async move {
        std::future::pending::<()>().await;
        drop(stream);
        Ok(())
    })
    .await;
    assert_eq!(within(SOON, &silent, Reach::Loopback).await.unwrap_err(), Refusal::TooSlow);
}

#[tokio::test]
async fn a_host_that_trickles_is_left() {
    let slow = server(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").await?;
        loop {
            stream.write_all(b"x").await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert_eq!(within(SOON, &slow, Reach::Loopback).await.unwrap_err(), Refusal::TooSlow);
    let slow_head = server(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
        loop {
            stream.write_all(b"X-More: x\r\n").await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert!(within(SOON, &slow_head, Reach::Loopback).await.is_err());
}

#[tokio::test]
async fn a_page_without_end_is_not_kept() {
    let endless = server(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
        let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
        loop {
            stream.write_all(&chunk).await?;
        }
    })
    .await;
    assert_eq!(fetch(&endless).await.unwrap_err(), Refusal::TooLarge);
}

#[tokio::test]
async fn a_page_that_says_it_is_too_large_is_not_waited_for() {
    let boast = server(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n").await?;
        std::future::pending().await
    })
    .await;
    assert_eq!(fetch(&boast).await.unwrap_err(), Refusal::TooLarge);
}

#[tokio::test]
async fn a_page_that_came_packed_is_unpacked() {
    for (coding, body) in [("gzip", gzip(b"the words")), ("x-gzip", gzip(b"the words"))] {
        let home = saying(packed(coding, &body)).await;
        assert_eq!(&fetch(&home).await.unwrap().body[..], b"the words", "{coding}");
    }
    for (coding, body) in [("br", b"the words".to_vec()), ("gzip", b"the words".to_vec()), ("deflate", vec![0xff; 9])] {
        let home = saying(packed(coding, &body)).await;
        assert_eq!(fetch(&home).await.unwrap_err(), Refusal::Packed, "{coding}");
    }
}

#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    let bomb = gzip(&vec![0; 4 * MAX_BYTES]);
    assert!(bomb.len() < MAX_BYTES / 20, "it is small as it travels: {}", bomb.len());
    let home = saying(packed("gzip", &bomb)).await;
    assert_eq!(fetch(&home).await.unwrap_err(), Refusal::TooLarge);
}

#[tokio::test]
async fn what_is_no_web_server_is_said_to_have_failed() {
    let mail = saying("220 mail.example.org ESMTP\r\n").await;
    assert!(matches!(fetch(&mail).await.unwrap_err(), Refusal::Failed(_)));
    let short = saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort").await;
    assert!(matches!(fetch(&short).await.unwrap_err(), Refusal::Failed(_)));
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert!(matches!(fetch(&format!("http://{closed}/")).await.unwrap_err(), Refusal::Failed(_)));
    assert_eq!(fetch("http://nobody.invalid/").await.unwrap_err(), Refusal::NoHost);
}

#[tokio::test]
async fn addresses_that_are_no_web_pages_are_refused() {
    for address in
        ["ftp://example.org/x", "file:///etc/passwd", "http://user:secret@example.org/", "no address", "http://"]
    {
        assert_eq!(get(address, Reach::Public).await.unwrap_err(), Refusal::NotWeb, "{address}");
    }
    for address in ["http://127.0.0.1:1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/"]
    {
        assert_eq!(get(address, Reach::Public).await.unwrap_err(), Refusal::Private, "{address}");
    }
}
