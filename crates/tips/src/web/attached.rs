//! A file of an answer, for a source without a script: opened here, in memory, piece by piece as it goes out.

use std::{
    fs::File,
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{FromRequest, Multipart, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use hyper::body::Frame;
use onrecord_base::{App, Error, Result};
use onrecord_sealed::{Codename, Opener, PartState, SEALED_CHUNK};

use super::{
    door::Door,
    form::{incomplete, short, unreadable},
    returning,
};
use crate::{
    Kind, codename, keys,
    quota::Lane,
    stack,
    store::{messages, tips},
    vault,
};

/// Bytes of a field: a codename with whatever was typed around it, a number.
const TYPED: usize = 1024;

pub(super) async fn create(State(_): State<App>, door: Door, request: Request) -> Response {
    let outcome = open(&door, request).await;
    door.answer(outcome, "").await
}

struct Wanted {
    codename: Codename,
    sequence: i64,
    number: usize,
}

async fn open(door: &Door, request: Request) -> Result<Response> {
    let open = keys::open(&door.app).await?;
    let wanted = wanted(request).await?;
    door.guard.look_up(&door.app, &door.client)?;
    let source = codename::derive(&door.guard, Lane::Returning, wanted.codename, open.newsroom()).await?;
    let (lookup, sequence) = (source.lookup().clone(), wanted.sequence);
    let (tip, message, head) = door
        .app
        .db
        .read(move |conn| {
            let tip = tips::by_lookup(conn, &lookup)?.ok_or(Error::NotFound)?;
            let message = messages::find(conn, &tip.id, sequence)?;
            let head = messages::head(conn, &tip.id, sequence)?;
            Ok((tip, message, head))
        })
        .await?;
    if message.kind != Kind::Reply {
        return Err(Error::NotFound);
    }
    let (opener, index) = returning::reply(&door.app, &open, &tip, &source, &message, &head).ok_or(Error::NotFound)?;
    let part = index.parts.get(wanted.number).ok_or(Error::NotFound)?;
    let file = vault::open(&door.app.data, &message.file)?;
    let going = Going { file, opener, part: Some(PartState::new(part)) };
    let mut response = Body::new(going).into_response();
    let set = response.headers_mut();
    // No length: should the end prove the file another than was sent, the connection breaks off, and the browser says so.
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let named = format!("attachment; filename*=UTF-8''{}", encoded(&part.name));
    set.insert(header::CONTENT_DISPOSITION, named.parse().map_err(|_| Error::internal("a file's name"))?);
    Ok(response)
}

async fn wanted(request: Request) -> Result<Wanted> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    let (mut codename, mut sequence, mut number) = (None, None, None);
    while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
        let name = field.name().unwrap_or_default().to_owned();
        let typed = short(field, TYPED).await?;
        match name.as_str() {
            "codename" => codename = Codename::parse(&typed).ok(),
            "message" => sequence = typed.parse().ok(),
            "file" => number = typed.parse().ok(),
            _ => return Err(incomplete()),
        }
    }
    match (codename, sequence, number) {
        (Some(codename), Some(sequence), Some(number)) => Ok(Wanted { codename, sequence, number }),
        _ => Err(incomplete()),
    }
}

/// A name as RFC 8187 writes it.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A file being opened.
struct Going {
    file: File,
    opener: Opener,
    part: Option<PartState>,
}

impl Going {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a sealed file is not what was sent");
        let Some(part) = &mut self.part else { return Ok(None) };
        let Some(number) = part.wants() else {
            let whole = self.part.take().map_or(Ok(()), PartState::finish);
            return whole.map(|()| None).map_err(|_| damaged());
        };
        let from = u64::from(number) * SEALED_CHUNK as u64;
        let sealed = vault::read_at(&mut self.file, from, SEALED_CHUNK).map_err(|_| damaged())?;
        part.push(&self.opener, &sealed).map(|bytes| Some(bytes.into())).map_err(|_| damaged())
    }
}

impl HttpBody for Going {
    type Data = Bytes;
    type Error = io::Error;

    // One chunk of 64 KiB is read and opened at a time: less than a thread of its own would cost.
    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let next = self.next();
        stack::wipe();
        Poll::Ready(next.transpose().map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_are_written_as_headers_take_them() {
        assert_eq!(encoded("Plan (größer) 2.pdf"), "Plan%20%28gr%C3%B6%C3%9Fer%29%202.pdf");
    }
}
