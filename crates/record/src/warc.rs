//! Our copy of a page as a WARC file (ISO 28500:2017), which archives read.

use onrecord_base::Time;
use sha2::{Digest, Sha256};

use crate::source::Source;

/// One `warcinfo` and one `response` record.
pub fn file(source: &Source, body: &[u8]) -> Vec<u8> {
    let at = source.captured_at.rfc3339();
    let info = concat!("software: Onrecord/", env!("CARGO_PKG_VERSION"), "\r\nformat: WARC File Format 1.1\r\n");
    let mut out = record("warcinfo", &source.id, 0, &at, "", "application/warc-fields", info.as_bytes());
    // The length is ours: the copy holds the body as it was decoded, whatever way it travelled.
    let kept: Vec<&str> = source
        .headers
        .split("\r\n")
        .filter(|line| {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            !matches!(name.as_str(), "transfer-encoding" | "content-length" | "connection")
        })
        .collect();
    let mut response = format!("{}\r\nContent-Length: {}\r\n\r\n", kept.join("\r\n"), body.len()).into_bytes();
    response.extend_from_slice(body);
    out.extend(record(
        "response",
        &source.id,
        1,
        &at,
        &source.final_url,
        "application/http;msgtype=response",
        &response,
    ));
    out
}

fn record(kind: &str, id: &str, number: u8, at: &str, target: &str, media_type: &str, block: &[u8]) -> Vec<u8> {
    let target = if target.is_empty() { String::new() } else { format!("WARC-Target-URI: {target}\r\n") };
    // The source's id with the record's number in its last digit: stable, so that two exports are the same file.
    let stem = id.get(..id.len().saturating_sub(1)).unwrap_or_default();
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{stem}{number}>\r\nWARC-Date: {at}\r\n{target}\
         WARC-Block-Digest: sha256:{}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        hex::encode(Sha256::digest(block)),
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

/// When a source was taken, for the file's name: `2026-11-22T10-00-00Z`.
pub fn stamp(at: Time) -> String {
    at.rfc3339().replace(':', "-")
}
