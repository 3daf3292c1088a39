//! Conditional requests (RFC 9110, section 13): what the asker has is not sent again.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// Bytes of a digest that stand in an entity tag: as many as no two versions of a text share.
const DIGEST: usize = 12;

/// The weak entity tag of a text, whatever it is encoded with on its way.
pub fn tag(text: &[u8]) -> String {
    format!("W/\"{}\"", hex::encode(&Sha256::digest(text)[..DIGEST]))
}

/// True if the asker has this version: `tag` is our entity tag, `modified` our `Last-Modified` if we send one. The tag decides
/// where both are sent (section 13.2.2).
pub fn has(none_match: Option<&[u8]>, modified_since: Option<&[u8]>, tag: &str, modified: Option<&str>) -> bool {
    match (none_match, modified_since, modified) {
        (Some(value), ..) => names(value, tag),
        // Compared as text: a reader sends back what we sent.
        (None, Some(since), Some(modified)) => since.trim_ascii() == modified.as_bytes(),
        _ => false,
    }
}

/// As [`has`], out of a request's headers. One line of tags is looked at, as everybody sends it: of several the others count for
/// nothing, and the whole is sent.
pub fn known(asked: &HeaderMap, tag: &str, modified: Option<&str>) -> bool {
    let value = |name| asked.get(name).map(HeaderValue::as_bytes);
    has(value(header::IF_NONE_MATCH), value(header::IF_MODIFIED_SINCE), tag, modified)
}

/// A text made for this request, not sent where the asker has it already; to be asked about before each use.
pub fn answer(asked: &HeaderMap, media: &'static str, text: String) -> Response {
    let tag = tag(text.as_bytes());
    let known = known(asked, &tag, None);
    let headers = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    match known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, [(header::CONTENT_TYPE, media)], text).into_response(),
    }
}

/// Weak comparison (section 8.8.3.2): `W/` before either tag does not matter.
fn names(value: &[u8], tag: &str) -> bool {
    let ours = opaque(tag.as_bytes());
    // Our tags hold no comma, so that splitting there cannot make one out of two others.
    value.split(|b| *b == b',').map(<[u8]>::trim_ascii).any(|theirs| theirs == b"*" || opaque(theirs) == ours)
}

fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "Sun, 22 Nov 2026 10:00:00 GMT";

    #[test]
    fn what_the_asker_has_is_not_sent_again() {
        let known = |none_match: &[&'static str], since: Option<&'static str>| {
            let mut asked = HeaderMap::new();
            for line in none_match {
                asked.append(header::IF_NONE_MATCH, HeaderValue::from_static(line));
            }
            if let Some(since) = since {
                asked.insert(header::IF_MODIFIED_SINCE, HeaderValue::from_static(since));
            }
            known(&asked, "W/\"abc\"", Some(DAY))
        };
        assert!(known(&["W/\"abc\""], None));
        assert!(known(&["\"abc\""], None));
        assert!(known(&["\"x\", W/\"abc\""], None));
        assert!(known(&["*"], None));
        assert!(!known(&["\"ab\""], None));
        assert!(known(&[], Some(DAY)));
        assert!(!known(&[], Some("Sun, 22 Nov 2026 10:00:01 GMT")));
        // The tag decides where both are sent.
        assert!(!known(&["\"x\""], Some(DAY)));
        assert!(!known(&[], None));
        assert!(!super::known(
            &HeaderMap::from_iter([(header::IF_MODIFIED_SINCE, HeaderValue::from_static(""))]),
            "x",
            None
        ));
    }

    #[test]
    fn an_answer_is_whole_once_and_short_from_then_on() {
        let first = answer(&HeaderMap::new(), "text/plain", "news".into());
        assert_eq!(first.status(), StatusCode::OK);
        let asked = HeaderMap::from_iter([(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone())]);
        assert_eq!(answer(&asked, "text/plain", "news".into()).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer(&asked, "text/plain", "other news".into()).status(), StatusCode::OK);
    }
}
