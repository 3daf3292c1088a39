//! Caller data: what a telephone system knows of a recording besides its sound.

use serde::Deserialize;

/// Bytes of the file that goes with a recording.
pub const LARGEST: u64 = 16 * 1024;

/// What is known of a call; sealed with the recording.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Caller {
    /// The caller's number.
    pub from: String,
    /// The number that was called.
    pub to: String,
    /// When, as the telephone system writes it.
    pub at: String,
    /// The telephone system's own id of the call.
    pub id: String,
}

impl Caller {
    /// Reads the file beside a recording: a flat object of JSON. What is no such object tells nothing.
    pub fn read(bytes: &[u8]) -> Option<Caller> {
        serde_json::from_slice(bytes).ok()
    }

    /// As facts of a message; `received` is used where the telephone system does not say when.
    pub fn facts(&self, received: &str) -> Vec<(String, String)> {
        let at = if self.at.is_empty() { received } else { &self.at };
        let all = [("from", self.from.as_str()), ("to", &self.to), ("received", at)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_known_becomes_facts() {
        let caller = Caller::read(br#"{"from":"+1 555 0142","id":"1763.4","extra":[1]}"#).unwrap();
        let facts = caller.facts("2026-11-22T10:00:00Z");
        assert_eq!(
            facts,
            [("from", "+1 555 0142"), ("received", "2026-11-22T10:00:00Z")].map(|(n, v)| (n.into(), v.into()))
        );
        assert_eq!(Caller { at: "then".into(), ..Caller::default() }.facts("now")[0].1, "then");
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Caller::read(&bytes);
        }
    }
}
