//! Addresses of stories and pages: how they are made, written and compared.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use onrecord_base::Time;

use crate::slug;

/// Longest address kept; browsers and proxies take about 2,000 characters with the host.
pub const LONGEST: usize = 1500;

/// What an address is made of.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// Slug of the section, if it has one.
    pub section: Option<&'a str>,
    /// The story's slug.
    pub slug: &'a str,
    /// The story's id.
    pub id: &'a str,
    /// When it is published.
    pub published_at: Time,
}

/// Fills in a pattern such as `/{section}/{slug}`; a part that is missing is left out with its slash.
pub fn build(pattern: &str, parts: Parts<'_>, zone: &TimeZone) -> Option<String> {
    let day = parts.published_at.in_zone(zone);
    let filled = pattern
        .replace("{section}", parts.section.unwrap_or_default())
        .replace("{slug}", parts.slug)
        .replace("{id}", parts.id)
        .replace("{year}", &format!("{:04}", day.year()))
        .replace("{month}", &format!("{:02}", day.month()))
        .replace("{day}", &format!("{:02}", day.day()));
    let mut address = String::new();
    for part in filled.split('/').filter(|part| !part.is_empty()) {
        address.push('/');
        address.push_str(part);
    }
    if pattern.ends_with('/') {
        address.push('/');
    }
    normal(&address)
}

/// The one spelling of a path: percent-decoded where that is readable text, encoded again by one rule, without empty
/// and dotted parts. A closing slash is kept, since imported addresses may have one. None if it is no path of ours.
pub fn normal(path: &str) -> Option<String> {
    if !path.starts_with('/') || path.len() > LONGEST * 3 {
        return None;
    }
    let mut out = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let bytes = decode(part);
        if bytes == b"." || bytes == b".." || bytes.contains(&0) {
            return None;
        }
        out.push('/');
        for byte in bytes {
            match byte {
                // RFC 3986 `pchar` without percent signs; everything else is encoded.
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte as char),
                b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';'
                | b'=' | b':' | b'@' => out.push(byte as char),
                _ => {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    if path.ends_with('/') {
        out.push('/');
    }
    (out.len() <= LONGEST).then_some(out)
}

/// True if what a path says, decoded, is UTF-8: nothing of ours has another name.
pub fn is_text(path: &str) -> bool {
    String::from_utf8(decode(path)).is_ok()
}

fn decode(part: &str) -> Vec<u8> {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The same path with the closing slash the other way.
pub(crate) fn other_slash(path: &str) -> Option<String> {
    match path.strip_suffix('/') {
        Some("") => None,
        Some(without) => Some(without.to_owned()),
        None => Some(format!("{path}/")),
    }
}

/// True if the site or the desk answers there itself.
pub fn is_reserved(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    first.is_empty() || slug::is_reserved(&first.to_lowercase())
}

/// The address for people: percent-decoded where that is text.
pub fn readable(path: &str) -> String {
    String::from_utf8(decode(path)).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(pattern: &str, section: Option<&str>) -> Option<String> {
        let published_at = Time::parse("2026-11-22T23:30:00Z").unwrap();
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        build(pattern, Parts { section, slug: "harbour-wall", id: "7", published_at }, &zone)
    }

    #[test]
    fn patterns_are_filled_in_with_the_newsrooms_own_day() {
        assert_eq!(at("/{section}/{slug}", Some("town")).unwrap(), "/town/harbour-wall");
        assert_eq!(at("/{year}/{month}/{day}/{slug}/", None).unwrap(), "/2026/11/23/harbour-wall/");
        assert_eq!(at("/{section}/{slug}", None).unwrap(), "/harbour-wall");
        assert_eq!(at("/news/{id}", None).unwrap(), "/news/7");
    }

    #[test]
    fn one_path_has_one_spelling() {
        let same = |a: &str, b: &str| assert_eq!(normal(a), normal(b));
        same("/%E6%9D%B1", "/東");
        same("/%e6%9d%b1", "/東");
        same("//a//b", "/a/b");
        same("/%61", "/a");
        assert_eq!(normal("/a/").unwrap(), "/a/");
        assert_eq!(normal("/a/../b"), None);
        assert_eq!(normal("/%2e%2e/b"), None);
        assert_eq!(normal("/a%00"), None);
        assert_eq!(normal("a"), None);
        assert_eq!(normal("/a%2Fb").unwrap(), "/a%2Fb");
        assert_eq!(readable("/%E6%9D%B1"), "/東");
    }

    #[test]
    fn our_own_addresses_are_reserved() {
        for path in ["/desk", "/Desk/x", "/feed.xml", "/", "/.well-known/x", "/tags/wall"] {
            assert!(is_reserved(path), "{path}");
        }
        assert!(!is_reserved("/town/desk"));
    }

    proptest! {
        #[test]
        fn a_normal_path_stays(path in "/\\PC{0,80}") {
            if let Some(path) = normal(&path) {
                prop_assert!(path.is_ascii());
                prop_assert_eq!(normal(&path), Some(path.clone()));
            }
        }
    }
}
