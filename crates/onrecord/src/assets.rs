//! The scripts and styles of the desk and of the tip page, built by `web/` and embedded here.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use onrecord_base::{App, web::headers::Policy};
use sha2::{Digest, Sha256};

struct File {
    name: &'static str,
    kind: &'static str,
    policy: Policy,
    bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal, $kind:literal, $policy:ident) => {
        File {
            name: $name,
            kind: $kind,
            policy: Policy::$policy,
            bytes: include_bytes!(concat!("../../../web/dist/", $name)),
        }
    };
}

const FILES: &[File] = &[
    file!("desk.css", "text/css; charset=utf-8", Page),
    file!("desk.js", "text/javascript; charset=utf-8", Page),
    file!("editor.js", "text/javascript; charset=utf-8", Page),
    // The worker that finds quotations while one types, and the library it compiles.
    file!("quotations.js", "text/javascript; charset=utf-8", Engine),
    file!("quotation.wasm", "application/wasm", Page),
    // The desk's side of the tip line: what it opens stays in the tab.
    file!("tips.js", "text/javascript; charset=utf-8", Page),
    // The worker that seals and opens tips, and its library.
    file!("sealed.js", "text/javascript; charset=utf-8", Engine),
    file!("sealed.wasm", "application/wasm", Page),
    // The worker that makes previews and publication copies of a tip's files, and its library.
    file!("strip.js", "text/javascript; charset=utf-8", Engine),
    file!("strip.wasm", "application/wasm", Page),
];

/// What the tip page loads; the worker stands beside its library there too.
const TIP_FILES: &[File] = &[
    file!("tip.js", "text/javascript; charset=utf-8", Page),
    file!("sealed.js", "text/javascript; charset=utf-8", Engine),
    file!("sealed.wasm", "application/wasm", Page),
];

/// `/desk/assets/…`, `/tip/assets/…`
pub fn routes() -> Router<App> {
    Router::new().route("/desk/assets/{name}", get(show)).route("/tip/assets/{name}", get(show_to_sources))
}

/// A file of the tip page, for comparing it with what a site serves.
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    TIP_FILES.iter().find(|file| file.name == name).map(|file| file.bytes)
}

/// For sources: nothing that a browser keeps may tell that it was here, so there is no validator either.
async fn show_to_sources(Path(name): Path<String>) -> Response {
    let Some(file) = TIP_FILES.iter().find(|file| file.name == name) else {
        return onrecord_base::Error::NotFound.into_response();
    };
    let mut response = file.bytes.into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(file.policy.text()));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    set.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return onrecord_base::Error::NotFound.into_response();
    };
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(file.bytes))[..16]);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => file.bytes.into_response(),
    };
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(file.policy.text()));
    // Asked for again on each page, so that a new version of the binary is used at once; nearly always a 304.
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = etag.parse() {
        set.insert(header::ETAG, etag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(name: &str) -> Response {
        show(Path(name.into()), HeaderMap::new()).await
    }

    #[tokio::test]
    async fn only_the_workers_may_compile() {
        for file in FILES {
            may_compile(file.name, answer(file.name).await);
        }
        for file in TIP_FILES {
            may_compile(file.name, show_to_sources(Path(file.name.into())).await);
        }
    }

    fn may_compile(name: &str, answer: Response) {
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert_eq!(
            policy.contains("wasm-unsafe-eval"),
            ["quotations.js", "sealed.js", "strip.js"].contains(&name),
            "{name}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
    }

    #[tokio::test]
    async fn a_sources_browser_keeps_nothing() {
        for file in TIP_FILES {
            let answer = show_to_sources(Path(file.name.into())).await;
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
            assert!(!answer.headers().contains_key(header::ETAG) && !answer.headers().contains_key(header::SET_COOKIE));
        }
        assert_eq!(show_to_sources(Path("desk.js".into())).await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_library_is_served_as_what_browsers_compile_while_it_arrives() {
        let first = answer("quotation.wasm").await;
        assert_eq!(first.headers()[header::CONTENT_TYPE], "application/wasm");
        let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone())]);
        assert_eq!(show(Path("quotation.wasm".into()), known).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer("other.wasm").await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn no_path_of_the_building_machine_is_in_the_libraries() {
        for file in FILES.iter().filter(|file| file.name.ends_with(".wasm")) {
            let text = String::from_utf8_lossy(file.bytes);
            for root in [".cargo", "rustup", "registry/src"] {
                assert!(!text.contains(root), "{root} in {}", file.name);
            }
        }
    }
}
