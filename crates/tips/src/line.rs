//! The line itself: what the newsroom set about it.

use onrecord_base::FieldError;
use serde::{Deserialize, Serialize};

/// Bytes of files and text that one message may hold.
pub const MOST_BYTES: u64 = 500_000_000;
/// Bytes of the sealed body of the largest message, padded to its bucket.
pub const MOST_SEALED: u64 = 8192 * onrecord_sealed::SEALED_CHUNK as u64;
/// Messages an hour from everybody. A quarter more is kept for sources that come back.
const MESSAGES_AN_HOUR: u64 = 240;
/// Bytes an hour from everybody.
const BYTES_AN_HOUR: u64 = 8_000_000_000;

/// The settings of the line. There is none until the newsroom's key is known: then the page says that it is not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The newsroom's id in envelopes: 16 random bytes, in hexadecimal.
    pub newsroom: String,
    /// The public half of the newsroom's offline key: 32 bytes, in hexadecimal.
    pub key: String,
    /// The site's address in the Tor network, such as `http://….onion`; empty for none.
    #[serde(default)]
    pub onion: String,
    /// Where the key's fingerprint is printed besides the tip page, in the newsroom's own words; empty for nowhere.
    #[serde(default)]
    pub printed: String,
    /// Messages an hour.
    #[serde(default = "messages_an_hour")]
    pub messages_an_hour: u64,
    /// Bytes an hour.
    #[serde(default = "bytes_an_hour")]
    pub bytes_an_hour: u64,
}

fn messages_an_hour() -> u64 {
    MESSAGES_AN_HOUR
}

fn bytes_an_hour() -> u64 {
    BYTES_AN_HOUR
}

impl Line {
    /// A line for a newsroom's key.
    pub fn new(newsroom: [u8; 16], key: [u8; 32]) -> Line {
        Line {
            newsroom: hex::encode(newsroom),
            key: hex::encode(key),
            onion: String::new(),
            printed: String::new(),
            messages_an_hour: MESSAGES_AN_HOUR,
            bytes_an_hour: BYTES_AN_HOUR,
        }
    }

    /// The newsroom's id.
    pub fn newsroom_id(&self) -> Option<[u8; 16]> {
        hex::decode(&self.newsroom).ok()?.try_into().ok()
    }

    /// The newsroom's public key.
    pub fn public_key(&self) -> Option<[u8; 32]> {
        hex::decode(&self.key).ok()?.try_into().ok()
    }
}

/// Checks an onion address: `http://` and 56 letters (version 3, rend-spec-v3), nothing behind it.
///
/// # Errors
/// The field's message.
pub fn check_onion(text: &str) -> Result<String, FieldError> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    if text.is_empty() {
        return Ok(text);
    }
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")).unwrap_or(&text);
    let name = rest.strip_suffix(".onion").unwrap_or_default();
    let label = name.rsplit('.').next().unwrap_or_default();
    let base32 = |c: char| c.is_ascii_lowercase() || ('2'..='7').contains(&c);
    match label.len() == 56 && label.chars().all(base32) && name == label {
        true if text.starts_with("http") => Ok(text),
        true => Ok(format!("http://{text}")),
        false => Err(FieldError::new("onion", "tips-onion-wrong")),
    }
}

/// Characters of the words that say where a fingerprint is printed.
const LONGEST_PRINTED: usize = 300;

/// Checks the words that say where the fingerprint is printed: one line, with an end, for a sentence follows.
///
/// # Errors
/// The field's message.
pub fn check_printed(text: &str) -> Result<String, FieldError> {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > LONGEST_PRINTED || words.chars().any(char::is_control) {
        return Err(FieldError::new("printed", "tips-printed-wrong"));
    }
    if !words.is_empty() && !words.ends_with(['.', '!', '?']) {
        words.push('.');
    }
    Ok(words)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn where_the_fingerprint_is_printed_is_one_sentence() {
        assert_eq!(check_printed(" page 2,\n at the foot ").unwrap(), "page 2, at the foot.");
        assert_eq!(check_printed("Page 2.").unwrap(), "Page 2.");
        assert_eq!(check_printed(" ").unwrap(), "");
        assert!(check_printed(&"x".repeat(301)).is_err() && check_printed("a\u{7}b").is_err());
    }

    #[test]
    fn an_onion_address_is_one() {
        let name = format!("{}.onion", "a2".repeat(28));
        assert_eq!(check_onion(&name).unwrap(), format!("http://{name}"));
        assert_eq!(check_onion(&format!("HTTP://{name}/")).unwrap(), format!("http://{name}"));
        assert_eq!(check_onion("").unwrap(), "");
        for bad in ["example.org", "http://short.onion", "http://evil.example/x.onion", "javascript:x"] {
            assert!(check_onion(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn settings_of_an_older_version_are_read() {
        let line: Line = serde_json::from_str(r#"{"newsroom":"00","key":"11"}"#).unwrap();
        assert_eq!(line.messages_an_hour, MESSAGES_AN_HOUR);
        assert_eq!((line.newsroom_id(), line.public_key()), (None, None));
    }
}
