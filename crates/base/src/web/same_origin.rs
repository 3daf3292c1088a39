//! Against forged requests (CSRF): what changes something must come from our own pages.
//!
//! Method: Fetch Metadata's `Sec-Fetch-Site`, which every current browser sends and no page can set, then `Origin`
//! compared with `Host`. Together with `SameSite` cookies no token in each form is needed.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header};

use crate::Error;

/// Refuses unsafe requests from other sites. Requests without cookies (webhooks, API keys) carry no authority of a
/// browser and pass.
pub async fn require(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe
        || !request.headers().contains_key(header::COOKIE) && !from_browser(request.headers())
        || ours(request.headers())
    {
        return next.run(request).await;
    }
    Error::Refused("base-other-site".into()).into_response()
}

fn from_browser(headers: &HeaderMap) -> bool {
    headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN)
}

fn ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(ours(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!ours(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!ours(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(ours(&headers(&[("origin", "https://news.example"), ("host", "news.example")])));
        assert!(!ours(&headers(&[("origin", "https://evil.example"), ("host", "news.example")])));
        assert!(!ours(&headers(&[("origin", "null"), ("host", "news.example")])));
        assert!(!ours(&headers(&[("host", "news.example")])));
    }
}
