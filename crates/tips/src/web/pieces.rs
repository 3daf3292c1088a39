//! Bodies of requests taken as they come, and sealed files handed out as they lie, whole or in part.

use std::{
    io::{self, SeekFrom},
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Frame;
use onrecord_base::{App, Error, Result};
use onrecord_sealed::Head;
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncSeekExt, ReadBuf},
};

use crate::{
    Message,
    codename::refused,
    guard::Guard,
    keys::InUse,
    line::MOST_SEALED,
    quota::Lane,
    vault::{self, Draft},
};

/// What is read from the disk at a time.
const PIECE: usize = 64 * 1024;
/// What is written to it at a time.
const WRITTEN: usize = 512 * 1024;

/// An envelope that is coming in: its head is read and well-formed, its body has not been asked for.
pub(super) struct Incoming {
    body: Body,
    ahead: Vec<u8>,
    pub(super) head: Head,
    pub(super) head_bytes: Vec<u8>,
}

impl Incoming {
    /// Reads the head, strictly.
    pub(super) async fn read(body: Body) -> Result<Incoming> {
        let (mut body, mut ahead) = (body, Vec::new());
        fill(&mut body, &mut ahead, Head::FRONT).await?;
        let length = Head::measure(ahead.get(..Head::FRONT).unwrap_or_default()).map_err(refused)?;
        fill(&mut body, &mut ahead, length).await?;
        let rest = ahead.split_off(length.min(ahead.len()));
        let head = Head::parse(&ahead).map_err(refused)?;
        if head.body_len() > MOST_SEALED {
            return Err(Error::TooLarge { limit: MOST_SEALED });
        }
        Ok(Incoming { body, ahead: rest, head, head_bytes: ahead })
    }

    /// Writes the body to a file, as many bytes as the head says and not one more.
    pub(super) async fn store(self, app: &App, counted: Option<(&Guard, &InUse, Lane)>) -> Result<Draft> {
        let Incoming { mut body, ahead, head, .. } = self;
        let (mut draft, whole) = (Draft::begin(app)?, head.body_len());
        let mut waiting = ahead;
        let mut come = 0;
        loop {
            if draft.written() + waiting.len() as u64 > whole {
                return Err(Error::BadRequest("site-tips-error-envelope".into()));
            }
            if let Some((guard, open, lane)) = counted {
                guard.add(&open.line, lane, waiting.len() as u64 - come, app)?;
            }
            come = waiting.len() as u64;
            if waiting.len() >= WRITTEN {
                draft.write(&waiting)?;
                waiting.clear();
                come = 0;
            }
            match next(&mut body).await? {
                Some(bytes) => waiting.extend_from_slice(&bytes),
                None => break,
            }
        }
        draft.write(&waiting)?;
        match draft.written() == whole {
            true => Ok(draft),
            false => Err(Error::BadRequest("site-tips-error-envelope".into())),
        }
    }
}

async fn fill(body: &mut Body, ahead: &mut Vec<u8>, length: usize) -> Result<()> {
    while ahead.len() < length {
        match next(body).await? {
            Some(bytes) => ahead.extend_from_slice(&bytes),
            None => return Err(Error::BadRequest("site-tips-error-envelope".into())),
        }
    }
    Ok(())
}

/// The next bytes of a body; none at its end. A body that breaks off is nobody's fault and is not logged.
pub(super) async fn next(body: &mut Body) -> Result<Option<Bytes>> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Error::BadRequest("site-tips-error-envelope".into())),
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
        }
    }
}

/// The sealed body of a message, or the part of it that was asked for. As a download of no particular type: it is noise to
/// whoever cannot open it.
pub(super) async fn sealed(app: &App, message: &Message, headers: &HeaderMap) -> Result<Response> {
    let path = vault::path(&app.data, &message.file);
    let mut file = File::open(path).await.map_err(|_| Error::unavailable("a sealed body is not in its place"))?;
    let length = file.metadata().await?.len();
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let (status, from, to) = match range.map(|range| part(range, length)) {
        None => (StatusCode::OK, 0, length),
        Some(Some((from, to))) => (StatusCode::PARTIAL_CONTENT, from, to),
        Some(None) => {
            let whole =
                HeaderValue::try_from(format!("bytes */{length}")).map_err(|e| Error::internal(e.to_string()))?;
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, whole)]).into_response());
        }
    };
    file.seek(SeekFrom::Start(from)).await?;
    let mut response = (status, Body::new(Pieces { file, left: to - from })).into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    set.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set.insert(header::CONTENT_LENGTH, HeaderValue::from(to - from));
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(value) = HeaderValue::try_from(format!("bytes {from}-{}/{length}", to - 1))
    {
        set.insert(header::CONTENT_RANGE, value);
    }
    Ok(response)
}

/// One range of bytes (RFC 9110, section 14.1.2), as first byte and the one behind the last.
fn part(range: &str, length: u64) -> Option<(u64, u64)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (first, last) {
        ("", suffix) => (length.saturating_sub(suffix.parse().ok()?), length),
        (first, "") => (first.parse().ok()?, length),
        (first, last) => (first.parse().ok()?, last.parse::<u64>().ok()?.saturating_add(1).min(length)),
    };
    (from < to).then_some((from, to))
}

/// Part of a file as a body, a piece at a time.
struct Pieces {
    file: File,
    left: u64,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let want = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
        if want == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; want];
        let mut buffer = ReadBuf::new(&mut piece);
        match Pin::new(&mut self.file).poll_read(context, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) => {
                let read = buffer.filled().len();
                piece.truncate(read);
                self.left -= read as u64;
                Poll::Ready((read > 0).then(|| Ok(Frame::data(piece.into()))))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::part;

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        assert_eq!(part("bytes=0-9", 100), Some((0, 10)));
        assert_eq!(part("bytes=90-", 100), Some((90, 100)));
        assert_eq!(part("bytes=-10", 100), Some((90, 100)));
        assert_eq!(part("bytes=-1000", 100), Some((0, 100)));
        assert_eq!(part("bytes=50-1000", 100), Some((50, 100)));
        for bad in ["", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-3", "bytes=100-", "items=0-1", "bytes=0-1,3-4"] {
            assert_eq!(part(bad, 100), None, "{bad}");
        }
        assert_eq!(part("bytes=0-18446744073709551615", 100), Some((0, 100)));
    }
}
