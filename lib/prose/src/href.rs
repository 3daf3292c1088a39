//! Links that are safe to put on a page.

use crate::limits;
use std::fmt;

/// A checked link target: `http`, `https`, `mailto`, `tel`, or relative to the site (`/…`, `#…`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Href(String);

impl Href {
    /// Checks a link. Space around it and control characters inside are removed first, as browsers do
    /// before they look for a scheme; what remains must be of an allowed form.
    pub fn parse(raw: &str) -> Option<Href> {
        let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if trimmed.is_empty() || trimmed.len() > limits::HREF_BYTES {
            return None;
        }
        let mut text = String::with_capacity(trimmed.len());
        for c in trimmed.chars().filter(|c| !c.is_control() && !is_invisible(*c)) {
            match c {
                // Not legal in a URL and able to end an attribute in careless readers: percent-encoded.
                ' ' => text.push_str("%20"),
                '"' => text.push_str("%22"),
                '<' => text.push_str("%3C"),
                '>' => text.push_str("%3E"),
                '`' => text.push_str("%60"),
                '{' => text.push_str("%7B"),
                '}' => text.push_str("%7D"),
                '|' => text.push_str("%7C"),
                '^' => text.push_str("%5E"),
                '\\' => text.push('/'),
                c if c.is_whitespace() => text.push_str("%20"),
                c => text.push(c),
            }
        }
        let text = encode_stray_percent(&text);
        if text.len() > limits::HREF_BYTES || !allowed(&text) {
            return None;
        }
        Some(Href(text))
    }

    /// The link as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the link leads to another address than this site's own paths.
    pub fn is_outside(&self) -> bool {
        has_scheme(&self.0, "http:") || has_scheme(&self.0, "https:")
    }

    /// The host of an outside link, without `www.` and port.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?;
        let host = host.split(':').next()?;
        Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| !h.is_empty())
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn allowed(text: &str) -> bool {
    for scheme in ["http:", "https:"] {
        if has_scheme(text, scheme) {
            let Some(rest) = text[scheme.len()..].strip_prefix("//") else { return false };
            let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
            return is_authority(authority);
        }
    }
    if has_scheme(text, "mailto:") || has_scheme(text, "tel:") {
        return text.split_once(':').is_some_and(|(_, rest)| !rest.is_empty());
    }
    // `//host` would leave the site; `/…` and `#…` stay on it.
    (text.starts_with('/') && !text.starts_with("//")) || (text.starts_with('#') && !text[1..].contains('#'))
}

/// Host with optional user and port: no character that a URL parser would stumble over.
fn is_authority(authority: &str) -> bool {
    let host_port = authority.rsplit('@').next().unwrap_or("");
    let (host, port) = match host_port.rsplit_once(':') {
        Some((host, port)) if !host_port.ends_with(']') => (host, port),
        _ => (host_port, ""),
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host_ok = if let Some(v6) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        v6.parse::<std::net::Ipv6Addr>().is_ok()
    } else {
        !host.is_empty() && host.chars().all(plain) && host.chars().any(|c| c.is_alphanumeric())
    };
    host_ok && (port.is_empty() || port.parse::<u16>().is_ok())
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// A `%` that does not begin an escape is itself escaped, so that parsing twice gives the same link.
fn encode_stray_percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let escape = bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        if c == '%' && !escape {
            out.push_str("%25");
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters without a form that hide what a link says.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}
