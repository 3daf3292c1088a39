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
            !matches!(name.as_str(), "transfer-encoding" | "content-encoding" | "content-length" | "connection")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceKind;

    fn source() -> Source {
        Source {
            id: "019aab00-0000-7000-8000-00000000000f".into(),
            kind: SourceKind::Url,
            title: "The bridge".into(),
            url: "https://example.org/old".into(),
            final_url: "https://example.org/news".into(),
            headers: "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: gzip\r\ncontent-length: 7".into(),
            media_type: "text/html".into(),
            file_name: String::new(),
            sha256: String::new(),
            bytes: 0,
            extracted: "No.".into(),
            notes: "From the clerk, who must not be named.".into(),
            captured_at: Time::parse("2026-11-22T10:00:00Z").unwrap(),
            captured_by: "ana".into(),
            confidential: false,
        }
    }

    #[test]
    fn a_warc_file_is_two_records_of_the_length_they_say() {
        let body = b"<p>No.\r\n\r\nWARC/1.1\r\n \xff\0</p>";
        let file = file(&source(), body);
        let mut rest = file.as_slice();
        let mut kinds = Vec::new();
        let mut last = Vec::new();
        while !rest.is_empty() {
            let end = rest.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
            let head = std::str::from_utf8(&rest[..end]).unwrap();
            assert!(head.starts_with("WARC/1.1\r\n"), "{head}");
            let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
            let length: usize = field("Content-Length:").parse().unwrap();
            let block = &rest[end + 4..end + 4 + length];
            assert_eq!(field("WARC-Block-Digest:"), format!("sha256:{}", hex::encode(Sha256::digest(block))));
            assert_eq!(field("WARC-Date:"), "2026-11-22T10:00:00Z");
            kinds.push(field("WARC-Type:").to_owned());
            last = block.to_vec();
            assert_eq!(&rest[end + 4 + length..end + 8 + length], b"\r\n\r\n");
            rest = &rest[end + 8 + length..];
        }
        assert_eq!(kinds, ["warcinfo", "response"]);
        assert!(last.ends_with(body), "the body as it is kept");
        let head = String::from_utf8_lossy(&last[..last.len() - body.len()]).into_owned();
        let length = body.len();
        assert_eq!(head, format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nContent-Length: {length}\r\n\r\n"));
        let text = String::from_utf8_lossy(&file).into_owned();
        assert!(text.contains("WARC-Target-URI: https://example.org/news\r\n"), "{text}");
        assert!(!text.contains("clerk"), "what the desk notes stays at the desk");
    }
}
