//! The session cookie and how cookies are read.

use http::{HeaderMap, HeaderValue, header};
use onrecord_base::Settings;

use crate::session::ABSOLUTE;

/// Over plain HTTP (a laptop, a first look).
const PLAIN: &str = "onrecord_session";
/// Over HTTPS; browsers take a name that begins so only with Secure, Path=/ and without Domain (RFC 6265bis), so that
/// neither a neighbouring subdomain nor a plain-HTTP attacker can plant a session.
const SECURE: &str = "__Host-onrecord_session";

/// True if the newsroom is reached over HTTPS.
pub(crate) fn secure(settings: &Settings) -> bool {
    settings.base_url.starts_with("https://")
}

/// The value of a cookie, the first if a name comes twice.
pub(crate) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// The session's token, as the browser sent it.
pub(crate) fn session<'a>(headers: &'a HeaderMap, settings: &Settings) -> Option<&'a str> {
    get(headers, name(settings)).filter(|token| !token.is_empty())
}

/// Sets the session's cookie.
pub(crate) fn set_session(headers: &mut HeaderMap, settings: &Settings, token: &str) {
    append(headers, settings, token, ABSOLUTE / 1000);
}

/// Takes the session's cookie back.
pub(crate) fn end_session(headers: &mut HeaderMap, settings: &Settings) {
    append(headers, settings, "", 0);
}

/// What a browser with that session sends, for tests.
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used)]
pub(crate) fn header(settings: &Settings, token: &str) -> HeaderValue {
    HeaderValue::try_from(format!("{}={token}", name(settings))).expect("a token is plain text")
}

fn name(settings: &Settings) -> &'static str {
    if secure(settings) { SECURE } else { PLAIN }
}

fn append(headers: &mut HeaderMap, settings: &Settings, token: &str, seconds: i64) {
    let flag = if secure(settings) { "; Secure" } else { "" };
    let cookie = format!("{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}", name(settings));
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie_for(base_url: &str) -> String {
        let settings = Settings { base_url: base_url.into(), ..Settings::default() };
        let mut headers = HeaderMap::new();
        set_session(&mut headers, &settings, "abc");
        headers[header::SET_COOKIE].to_str().unwrap().to_owned()
    }

    #[test]
    fn the_cookie_is_as_strict_as_the_address_allows() {
        assert_eq!(
            cookie_for("https://news.example"),
            "__Host-onrecord_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            cookie_for("http://localhost:8080"),
            "onrecord_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; b=2=3;c".parse().unwrap());
        headers.append(header::COOKIE, "d=4".parse().unwrap());
        assert_eq!(get(&headers, "b"), Some("2=3"));
        assert_eq!(get(&headers, "d"), Some("4"));
        assert_eq!(get(&headers, "c"), None);
        headers.insert(header::COOKIE, HeaderValue::from_bytes(b"a=\xff").unwrap());
        assert_eq!(get(&headers, "a"), None);
    }
}
