//! The signature of a provider's webhook: HMAC-SHA1 over the public address as the provider was given it, followed by the
//! names and values of all parameters in the order of the names (all values of a repeated one, each once, in order),
//! keyed with the account's secret.
//!
//! Providers sign with and without the port, whichever their own machines see, so both are tried. Nothing here looks at
//! what a proxy says about host or scheme: the address is the configured one.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{digest, hmac};

/// The parameter that carries the hash of a body that is no form.
const BODY_HASH: &str = "bodySHA256";

/// What is signed.
pub fn base(url: &str, params: &[(String, String)]) -> String {
    let mut pairs: Vec<&(String, String)> = params.iter().collect();
    pairs.sort();
    pairs.dedup();
    let mut text = url.to_owned();
    for (name, value) in pairs {
        text += name;
        text += value;
    }
    text
}

/// The signature, as it stands in the header.
pub fn sign(secret: &str, url: &str, params: &[(String, String)]) -> String {
    STANDARD.encode(hmac::sign(&key(secret), base(url, params).as_bytes()))
}

/// Whether a signature is the account's, for a form.
pub fn check(secret: &str, url: &str, params: &[(String, String)], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature.trim()) else { return false };
    let key = key(secret);
    // Each is compared in constant time; that there are two is no secret.
    [with_port(url), without_port(url)].iter().any(|url| {
        let text = base(url, params);
        hmac::verify(&key, text.as_bytes(), &signature).is_ok()
    })
}

/// Whether a signature is the account's, for a body that is no form: its hash stands in the address, which is signed.
pub fn check_body(secret: &str, url: &str, body: &[u8], signature: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let named = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == BODY_HASH);
    let hash = hex::encode(digest::digest(&digest::SHA256, body));
    named.is_some_and(|(_, value)| value.eq_ignore_ascii_case(&hash)) && check(secret, url, &[], signature)
}

fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes())
}

/// An address apart at its port: what stands before it, the port, what stands behind.
fn parts(url: &str) -> (&str, Option<&str>, &str) {
    let begin = url.find("://").map_or(0, |at| at + 3);
    let end = url[begin..].find(['/', '?', '#']).map_or(url.len(), |at| begin + at);
    let host = &url[..end];
    match host.rfind(':') {
        Some(at) if at >= begin && !host[at..].contains(']') && host[at + 1..].bytes().all(|b| b.is_ascii_digit()) => {
            (&url[..at], Some(&url[at + 1..end]), &url[end..])
        }
        _ => (host, None, &url[end..]),
    }
}

fn with_port(url: &str) -> String {
    let (host, port, rest) = parts(url);
    let usual = if url.starts_with("https:") { "443" } else { "80" };
    format!("{host}:{}{rest}", port.unwrap_or(usual))
}

fn without_port(url: &str) -> String {
    let (host, _, rest) = parts(url);
    format!("{host}{rest}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The example of the provider's own documentation.
    #[test]
    fn the_documented_example_is_signed_alike() {
        let params = pairs(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+12349013030"),
            ("Digits", "1234"),
            ("From", "+12349013030"),
            ("To", "+18005551212"),
        ]);
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
        assert_eq!(sign("12345", url, &params), signature);
        assert!(check("12345", url, &params, signature));
        assert!(check("12345", "https://mycompany.com:443/myapp.php?foo=1&bar=2", &params, signature));
        assert!(!check("12346", url, &params, signature));
        assert!(!check("12345", "http://mycompany.com/myapp.php?foo=1&bar=2", &params, signature));
        assert!(!check("12345", url, &params[1..], signature));
    }

    #[test]
    fn ports_are_put_in_and_left_out() {
        for (url, with, without) in [
            ("https://a.example/x?y", "https://a.example:443/x?y", "https://a.example/x?y"),
            ("http://a.example", "http://a.example:80", "http://a.example"),
            ("https://a.example:8443/x", "https://a.example:8443/x", "https://a.example/x"),
            ("https://[::1]/x:9", "https://[::1]:443/x:9", "https://[::1]/x:9"),
            ("https://[::1]:5/x", "https://[::1]:5/x", "https://[::1]/x"),
        ] {
            assert_eq!((with_port(url).as_str(), without_port(url).as_str()), (with, without), "{url}");
        }
    }

    #[test]
    fn a_body_that_is_no_form_is_bound_by_its_hash() {
        let hash = hex::encode(digest::digest(&digest::SHA256, b"{}"));
        let url = format!("https://a.example/x?bodySHA256={hash}");
        let signature = sign("s", &url, &[]);
        assert!(check_body("s", &url, b"{}", &signature));
        assert!(!check_body("s", &url, b"{ }", &signature));
        let without = "https://a.example/x";
        assert!(!check_body("s", without, b"{}", &sign("s", without, &[])));
    }

    proptest! {
        #[test]
        fn the_order_and_repetition_of_parameters_do_not_matter(
            mut params in prop::collection::vec(("[a-zA-Z0-9]{1,8}", ".{0,12}"), 0..12),
            at in 0..12usize,
        ) {
            let signature = sign("secret", "https://a.example/x", &params);
            if let Some(pair) = params.get(at).cloned() {
                params.push(pair);
            }
            params.reverse();
            prop_assert!(check("secret", "https://a.example/x", &params, &signature));
            params.push(("Zz".into(), "more".into()));
            prop_assert!(!check("secret", "https://a.example/x", &params, &signature));
        }

        #[test]
        fn nothing_breaks_the_check(url in ".{0,60}", name in ".{0,10}", value in ".{0,10}", signature in ".{0,40}") {
            prop_assert!(!check("secret", &url, &[(name, value)], &signature));
            prop_assert!(!check_body("secret", &url, b"x", &signature));
        }
    }
}
