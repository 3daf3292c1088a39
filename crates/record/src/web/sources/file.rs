//! What we keep of a source, handed out as it came: always as a download of no particular type, so that nothing in it
//! runs in the desk's name.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use hyper::body::Frame;
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Error, Result};
use tokio::{
    fs::File,
    io::{AsyncRead, ReadBuf},
};

use super::seen;
use crate::{Source, SourceKind, capture, store::sources, warc};

/// What is read from the disk at a time.
const PIECE: usize = 64 * 1024;

pub(super) async fn original(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let source = asked(&app, &actor, &id).await?;
    let name = match (source.file_name.is_empty(), source.kind) {
        (false, _) => source.file_name.clone(),
        (true, SourceKind::Url) => page_name(&source),
        (true, _) => format!("{}.txt", source.title),
    };
    kept(&app, &source.sha256, &name).await
}

pub(super) async fn recording(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let source = asked(&app, &actor, &id).await?;
    let recording = app.db.read(move |conn| sources::recording(conn, &source.id)).await?.ok_or(Error::NotFound)?;
    kept(&app, &recording.sha256, &recording.file_name).await
}

/// The text, to be read in the browser: plain, and sniffed by nobody.
pub(super) async fn text(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let source = asked(&app, &actor, &id).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], source.extracted).into_response())
}

pub(super) async fn warc(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let source = asked(&app, &actor, &id).await?;
    if source.kind != SourceKind::Url {
        return Err(Error::NotFound);
    }
    let body = tokio::fs::read(capture::path(&app.data, &source.sha256)).await.map_err(|e| lost(&source.sha256, &e))?;
    let name = format!("{}-{}.warc", warc::stamp(source.captured_at), source.id);
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/warc")), disposition(&name)];
    Ok((headers, warc::file(&source, &body)).into_response())
}

async fn asked(app: &App, actor: &Actor, id: &str) -> Result<Source> {
    actor.may(Action::BringSource)?;
    seen(app, actor, id).await
}

async fn kept(app: &App, sha256: &str, name: &str) -> Result<Response> {
    let file = File::open(capture::path(&app.data, sha256)).await.map_err(|e| lost(sha256, &e))?;
    let length = file.metadata().await.map_err(|e| lost(sha256, &e))?.len();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        disposition(name),
    ];
    Ok((headers, Body::new(Pieces(file))).into_response())
}

fn lost(sha256: &str, error: &io::Error) -> Error {
    Error::unavailable(format!("the bytes of source {sha256} cannot be read: {error}"))
}

/// The last part of a page's address, with an ending that says what it is.
fn page_name(source: &Source) -> String {
    let path = url::Url::parse(source.address()).map(|url| url.path().to_owned()).unwrap_or_default();
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("page").to_owned();
    match source.media_type.as_str() {
        "text/html" if !last.ends_with(".html") && !last.ends_with(".htm") => format!("{last}.html"),
        _ => last,
    }
}

/// RFC 6266: a name in ASCII for old programs, and the name itself.
fn disposition(name: &str) -> (header::HeaderName, HeaderValue) {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).collect();
    let whole: String = name
        .bytes()
        .map(|b| match b.is_ascii_alphanumeric() || b"._-".contains(&b) {
            true => (b as char).to_string(),
            false => format!("%{b:02X}"),
        })
        .collect();
    let value = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"));
    (header::CONTENT_DISPOSITION, value.unwrap_or(HeaderValue::from_static("attachment")))
}

/// A file as a body, a piece at a time.
struct Pieces(File);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        match Pin::new(&mut self.0).poll_read(context, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) => {
                let read = buffer.filled().len();
                piece.truncate(read);
                Poll::Ready((read > 0).then(|| Ok(Frame::data(piece.into()))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_end_its_header() {
        let (_, value) = disposition("a\"; x=\"\r\nSet-Cookie: y é.pdf");
        let text = value.to_str().unwrap();
        assert!(
            text.starts_with("attachment; filename=\"a__ x____Set-Cookie_ y _.pdf\"; filename*=UTF-8''a%22%3B"),
            "{text}"
        );
        assert_eq!(text.matches('"').count(), 2, "{text}");
    }
}
