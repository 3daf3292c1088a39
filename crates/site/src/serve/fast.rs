//! The fast lane: requests that are nothing but a `GET` or `HEAD` for a public page.
//!
//! Everything else (a body, an upgrade, HTTP/1.0, the desk, a head that cannot be read) is handed to hyper together
//! with the bytes read so far, and the connection stays there. So this file never has to be right about anything but
//! the simplest requests: one reading of a head, made by the parser that hyper uses, with no body behind it.

use std::{
    future::poll_fn,
    io::{IoSlice, Result},
    pin::Pin,
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use http::Response;
use tokio::{
    io::{AsyncRead, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep},
};

use super::{Busy, Shared, now};
use crate::{
    edition::{
        ask::{Accept, Ask},
        page::FOUND,
    },
    pages::address::{has_place, is_routed},
};

/// Room for the head of a usual request.
const ROOM: usize = 4 * 1024;
/// Largest head of the fast lane; hyper decides about larger ones.
const LARGEST: usize = 16 * 1024;
/// Most header lines, as hyper has it.
const LINES: usize = 100;
/// A connection without a request is kept for so long: a little longer than proxies keep theirs.
const IDLE: Duration = Duration::from_secs(75);
/// A head that began must be complete after this, and an answer be taken.
const SLOW: Duration = Duration::from_secs(20);

/// A deadline that is put off by writing down a time, not by touching the runtime's timers.
struct Deadline {
    sleep: Pin<Box<Sleep>>,
    at: Instant,
}

impl Deadline {
    fn after(now: Instant, wait: Duration) -> Deadline {
        Deadline { sleep: Box::pin(tokio::time::sleep_until(now + wait)), at: now + wait }
    }

    fn passed(&mut self, cx: &mut std::task::Context<'_>) -> bool {
        // Rare: somebody stopped in the middle of a head, or takes an answer slowly.
        if self.sleep.deadline() > self.at {
            self.sleep.as_mut().reset(self.at);
        }
        while self.sleep.as_mut().poll(cx).is_ready() {
            if Instant::now() >= self.at {
                return true;
            }
            self.sleep.as_mut().reset(self.at);
        }
        false
    }
}

/// What a head asks for, if it is for us.
struct Request<'a> {
    /// Bytes of the head.
    length: usize,
    path: &'a str,
    query: Option<&'a str>,
    ask: Ask<'a>,
}

enum Parsed<'a> {
    Request(Request<'a>),
    /// The head is not complete yet.
    Partial,
    /// For hyper.
    Other,
}

/// Serves a connection until it ends, or until a request needs more: then the stream and what was read of it.
///
/// # Errors
/// If the connection breaks.
pub(super) async fn run(mut stream: TcpStream, shared: &Shared) -> Result<Option<(TcpStream, Bytes)>> {
    let mut buffer = vec![0; ROOM];
    let mut filled = 0;
    let mut deadline = Deadline::after(Instant::now(), IDLE);
    loop {
        let begins = filled == 0;
        match read(&mut stream, &mut buffer[filled..], &mut deadline).await? {
            0 => return Ok(None),
            count => filled += count,
        }
        let now = Instant::now();
        let mut done = 0;
        // More than one head at a time is pipelining: rare, and answered in order.
        while done < filled {
            match parse(&buffer[done..filled]) {
                Parsed::Request(request) => {
                    let _busy = Busy::new(shared);
                    deadline.at = now + SLOW;
                    answer(&mut stream, &request, shared, now, &mut deadline).await?;
                    done += request.length;
                }
                Parsed::Partial => break,
                Parsed::Other => return Ok(Some((stream, Bytes::copy_from_slice(&buffer[done..filled])))),
            }
        }
        buffer.copy_within(done..filled, 0);
        filled -= done;
        if filled == 0 {
            deadline.at = now + IDLE;
        } else if begins || done > 0 {
            // Counted from a head's first bytes: nobody gains time by sending one more.
            deadline.at = now + SLOW;
        }
        if filled == buffer.len() {
            if filled >= LARGEST {
                return Ok(Some((stream, Bytes::from(buffer))));
            }
            buffer.resize(LARGEST, 0);
        }
        if *shared.stop.borrow() {
            return Ok(None);
        }
    }
}

async fn read(stream: &mut TcpStream, into: &mut [u8], deadline: &mut Deadline) -> Result<usize> {
    let mut into = ReadBuf::new(into);
    poll_fn(|cx| match Pin::new(&mut *stream).poll_read(cx, &mut into) {
        Poll::Ready(read) => Poll::Ready(read.map(|()| into.filled().len())),
        // A reader who sends nothing for too long is let go without a word, as after `Connection: close`.
        Poll::Pending if deadline.passed(cx) => Poll::Ready(Ok(0)),
        Poll::Pending => Poll::Pending,
    })
    .await
}

fn parse(bytes: &[u8]) -> Parsed<'_> {
    let mut lines = [httparse::EMPTY_HEADER; LINES];
    let mut head = httparse::Request::new(&mut lines);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Parsed::Partial,
        Err(_) => return Parsed::Other,
    };
    let is_head = match head.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Parsed::Other,
    };
    let target = match (head.version, head.path) {
        (Some(1), Some(target)) if target.starts_with('/') => target,
        _ => return Parsed::Other,
    };
    let mut ask = Ask { head: is_head, accept: Accept::PLAIN, none_match: None, modified_since: None };
    let mut hosts = 0;
    for line in head.headers.iter() {
        let is = |name: &str| line.name.eq_ignore_ascii_case(name);
        // Sorted by length first: most lines of a browser are passed over with one comparison.
        match line.name.len() {
            4 if is("host") => hosts += 1,
            6 if is("expect") => return Parsed::Other,
            7 if is("upgrade") => return Parsed::Other,
            10 if is("connection") && !line.value.eq_ignore_ascii_case(b"keep-alive") => return Parsed::Other,
            13 if is("if-none-match") => ask.none_match = Some(line.value),
            14 if is("content-length") => return Parsed::Other,
            15 if is("accept-encoding") => ask.accept = Accept::parse(line.value),
            17 if is("transfer-encoding") => return Parsed::Other,
            17 if is("if-modified-since") => ask.modified_since = Some(line.value),
            _ => {}
        }
    }
    if hosts != 1 || is_routed(target) {
        return Parsed::Other;
    }
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    Parsed::Request(Request { length, path, query, ask })
}

async fn answer(
    stream: &mut TcpStream,
    request: &Request<'_>,
    shared: &Shared,
    now: Instant,
    deadline: &mut Deadline,
) -> Result<()> {
    let date = now::line(&shared.edition.app().clock, now);
    if !request.query.is_some_and(has_place)
        && let Some(page) = shared.edition.get(request.path)
        && let Some(body) = page.hit(&request.ask)
    {
        page.count();
        let content: &[u8] = if request.ask.head { &[] } else { &body.bytes };
        return write(stream, [&FOUND, &body.head, &date, content], deadline).await;
    }
    let response = shared.edition.answer(request.path, request.query, &request.ask).await;
    write(stream, [&head(&response), &[], &date, response.body()], deadline).await
}

/// Status line and headers of an answer that is not sent often enough to be kept in this form.
fn head(response: &Response<Bytes>) -> Vec<u8> {
    let status = response.status();
    let mut out =
        format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or_default()).into_bytes();
    for (name, value) in response.headers() {
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

async fn write(stream: &mut TcpStream, parts: [&[u8]; 4], deadline: &mut Deadline) -> Result<()> {
    let mut slices = parts.map(IoSlice::new);
    let mut left = &mut slices[..];
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        let mut writing = std::pin::pin!(stream.write_vectored(left));
        let count = poll_fn(|cx| match writing.as_mut().poll(cx) {
            Poll::Ready(count) => Poll::Ready(count),
            Poll::Pending if deadline.passed(cx) => Poll::Ready(Ok(0)),
            Poll::Pending => Poll::Pending,
        })
        .await?;
        if count == 0 {
            return Err(std::io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut left, count);
    }
    Ok(())
}
