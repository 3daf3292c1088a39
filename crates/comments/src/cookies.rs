//! The one cookie a reader may get, and only by signing in.

use http::{HeaderMap, HeaderValue, header};
use onrecord_base::Settings;

use crate::reader::SESSION;

const PLAIN: &str = "onrecord_reader";
/// Browsers take a name that begins so only with Secure, Path=/ and without Domain (RFC 6265bis).
const SECURE: &str = "__Host-onrecord_reader";

fn name(settings: &Settings) -> &'static str {
    if settings.base_url.starts_with("https://") { SECURE } else { PLAIN }
}

/// The session's token, as the browser sent it.
pub(crate) fn session<'a>(headers: &'a HeaderMap, settings: &Settings) -> Option<&'a str> {
    let wanted = name(settings);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == wanted && !value.is_empty()).then_some(value))
}

/// Sets the session's cookie.
pub(crate) fn begin(headers: &mut HeaderMap, settings: &Settings, token: &str) {
    append(headers, settings, token, SESSION / 1000);
}

/// Takes it back.
pub(crate) fn end(headers: &mut HeaderMap, settings: &Settings) {
    append(headers, settings, "", 0);
}

fn append(headers: &mut HeaderMap, settings: &Settings, token: &str, seconds: i64) {
    let flag = if name(settings) == SECURE { "; Secure" } else { "" };
    let cookie = format!("{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}", name(settings));
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
