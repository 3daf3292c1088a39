//! Link targets as they stand in other people's HTML, made absolute or relative to the site.

use super::HtmlOptions;
use crate::Href;
use std::borrow::Cow;

/// Resolves and checks a link's target.
pub(super) fn resolve(raw: &str, options: &HtmlOptions<'_>) -> Option<Href> {
    let rewritten = options.link.and_then(|rewrite| rewrite(raw));
    let raw = rewritten.as_deref().unwrap_or(raw);
    let unwrapped = unwrap_redirect(raw);
    let raw = unwrapped.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if let Some(rest) = raw.strip_prefix("//") {
        return Href::parse(&format!("https://{rest}"));
    }
    if let Some(href) = Href::parse(raw) {
        return Some(href);
    }
    if raw.is_empty() || has_scheme(raw) {
        return None;
    }
    if raw.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        return Href::parse(&format!("https://{raw}"));
    }
    let base = options.base?;
    let (scheme, rest) = base.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.split(['?', '#']).next().unwrap_or("");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = if raw.starts_with('?') { format!("{path}{raw}") } else { format!("{folder}/{raw}") };
    Href::parse(&format!("{scheme}://{host}/{}", file.trim_start_matches('/').trim_start_matches("./")))
}

/// A scheme is letters before a colon that stands before any slash.
fn has_scheme(raw: &str) -> bool {
    raw.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'))
}

/// Word processors on the web send readers through their own redirect; the real target stands inside.
fn unwrap_redirect(raw: &str) -> Cow<'_, str> {
    for prefix in ["https://www.google.com/url?", "http://www.google.com/url?"] {
        let Some(query) = raw.strip_prefix(prefix) else { continue };
        let target = query.split('&').find_map(|pair| pair.strip_prefix("q=").or_else(|| pair.strip_prefix("url=")));
        if let Some(target) = target {
            return Cow::Owned(percent_decoded(target));
        }
    }
    Cow::Borrowed(raw)
}

pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(byte) = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
