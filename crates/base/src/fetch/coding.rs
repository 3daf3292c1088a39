//! Bodies that come packed although nobody asked for it. A few bytes may unpack to gigabytes: what comes out is counted
//! as it comes.

use std::io::{self, Read};

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use http::{HeaderMap, header};

use super::{MAX_BYTES, Refusal};

/// The body without its content coding.
pub(super) async fn unpack(headers: &HeaderMap, body: Bytes) -> Result<Bytes, Refusal> {
    let mut codings = headers.get_all(header::CONTENT_ENCODING).iter();
    let coding = match (codings.next(), codings.next()) {
        (None, _) => return Ok(body),
        (Some(coding), None) => coding.to_str().map_err(|_| Refusal::Packed)?.trim().to_ascii_lowercase(),
        // Packed twice: nobody does that to be read.
        (Some(_), Some(_)) => return Err(Refusal::Packed),
    };
    if body.is_empty() || coding.is_empty() || coding == "identity" {
        return Ok(body);
    }
    // Up to 10 MB are unpacked in one go, which is too long for a thread that serves readers.
    tokio::task::spawn_blocking(move || match coding.as_str() {
        "gzip" | "x-gzip" => counted(MultiGzDecoder::new(&*body)),
        "deflate" => match counted(ZlibDecoder::new(&*body)) {
            // The standard says zlib, some servers send the bare stream.
            Err(Refusal::Packed) => counted(DeflateDecoder::new(&*body)),
            outcome => outcome,
        },
        _ => Err(Refusal::Packed),
    })
    .await
    .map_err(|e| Refusal::Failed(e.to_string()))?
}

fn counted(reader: impl Read) -> Result<Bytes, Refusal> {
    let mut out = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    match reader.take(most).read_to_end(&mut out) {
        Ok(_) if out.len() > MAX_BYTES => Err(Refusal::TooLarge),
        Ok(_) => Ok(out.into()),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => Err(Refusal::TooLarge),
        Err(_) => Err(Refusal::Packed),
    }
}
