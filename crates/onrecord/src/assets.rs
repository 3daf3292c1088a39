//! The desk's scripts and styles, built by `web/` and embedded here.

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
];

/// `/desk/assets/…`
pub fn routes() -> Router<App> {
    Router::new().route("/desk/assets/{name}", get(show))
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
    async fn only_the_worker_may_compile() {
        for file in FILES {
            let answer = answer(file.name).await;
            let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
            assert_eq!(policy.contains("wasm-unsafe-eval"), file.name == "quotations.js", "{}", file.name);
            assert!(policy.starts_with("default-src 'none'"), "{policy}");
        }
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
    fn no_path_of_the_building_machine_is_in_the_library() {
        let file = FILES.iter().find(|file| file.name == "quotation.wasm").expect("is there");
        let text = String::from_utf8_lossy(file.bytes);
        for root in [".cargo", "rustup", "registry/src"] {
            assert!(!text.contains(root), "{root}");
        }
    }
}
