//! The scripts and styles of the desk and of the tip page, built by `web/` and embedded here.

use std::{borrow::Cow, io::Read};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use flate2::read::GzDecoder;
use onrecord_base::{
    App,
    web::{conditional, headers::Policy},
};
use sha2::{Digest, Sha256};

struct File {
    name: &'static str,
    kind: &'static str,
    policy: Policy,
    bytes: Bytes,
}

/// What is embedded of a file.
#[derive(Clone, Copy)]
enum Bytes {
    /// Itself.
    Plain(&'static [u8]),
    /// The compressed copies of a library, which is some megabytes: `npm run wasm` makes them.
    Packed { br: &'static [u8], gzip: &'static [u8] },
}

impl Bytes {
    /// The file itself. Seldom asked for: every browser takes a compressed copy.
    fn plain(self) -> Cow<'static, [u8]> {
        match self {
            Bytes::Plain(bytes) => bytes.into(),
            Bytes::Packed { gzip, .. } => {
                let mut bytes = Vec::new();
                // What is embedded was compressed by us, and a test unpacks it.
                let _ = GzDecoder::new(gzip).read_to_end(&mut bytes);
                bytes.into()
            }
        }
    }

    /// What is sent to who takes these encodings, and its own.
    fn for_who_takes(self, headers: &HeaderMap) -> (Cow<'static, [u8]>, Option<&'static str>) {
        let takes = |coding: &str| {
            let all = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
            all.flat_map(|value| value.split(',')).any(|one| {
                let (name, quality) = one.split_once(';').unwrap_or((one, ""));
                let refused = quality.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0f32));
                name.trim().eq_ignore_ascii_case(coding) && !refused
            })
        };
        match self {
            Bytes::Packed { br, .. } if takes("br") => (br.into(), Some("br")),
            Bytes::Packed { gzip, .. } if takes("gzip") => (gzip.into(), Some("gzip")),
            other => (other.plain(), None),
        }
    }
}

macro_rules! file {
    ($name:literal, $kind:literal, $policy:ident) => {
        File {
            name: $name,
            kind: $kind,
            policy: Policy::$policy,
            bytes: Bytes::Plain(include_bytes!(concat!("../../../web/dist/", $name))),
        }
    };
}

macro_rules! library {
    ($name:literal) => {
        File {
            name: $name,
            kind: "application/wasm",
            policy: Policy::Page,
            bytes: Bytes::Packed {
                br: include_bytes!(concat!("../../../web/dist/", $name, ".br")),
                gzip: include_bytes!(concat!("../../../web/dist/", $name, ".gz")),
            },
        }
    };
}

const FILES: &[File] = &[
    file!("desk.css", "text/css; charset=utf-8", Page),
    file!("desk.js", "text/javascript; charset=utf-8", Page),
    file!("editor.js", "text/javascript; charset=utf-8", Page),
    // The worker that finds quotations while one types, and the library it compiles.
    file!("quotations.js", "text/javascript; charset=utf-8", Engine),
    library!("quotation.wasm"),
    // The desk's side of the tip line: what it opens stays in the tab.
    file!("tips.js", "text/javascript; charset=utf-8", Page),
    // The worker that seals and opens tips, and its library.
    file!("sealed.js", "text/javascript; charset=utf-8", Engine),
    library!("sealed.wasm"),
    // The worker that makes previews and publication copies of a tip's files, and its library.
    file!("strip.js", "text/javascript; charset=utf-8", Engine),
    library!("strip.wasm"),
];

/// What the tip page loads; the worker stands beside its library there too.
const TIP_FILES: &[File] = &[
    file!("tip.js", "text/javascript; charset=utf-8", Page),
    file!("sealed.js", "text/javascript; charset=utf-8", Engine),
    library!("sealed.wasm"),
];

/// `/desk/assets/…`, `/tip/assets/…`
pub fn routes() -> Router<App> {
    Router::new().route("/desk/assets/{name}", get(show)).route("/tip/assets/{name}", get(show_to_sources))
}

/// A file of the tip page, for comparing it with what a site serves.
pub fn bytes(name: &str) -> Option<Cow<'static, [u8]>> {
    TIP_FILES.iter().find(|file| file.name == name).map(|file| file.bytes.plain())
}

/// For sources: nothing that a browser keeps may tell that it was here, so there is no validator, and [`onrecord_tips::unkept`].
async fn show_to_sources(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = TIP_FILES.iter().find(|file| file.name == name) else {
        return onrecord_base::Error::NotFound.into_response();
    };
    let (bytes, coding) = file.bytes.for_who_takes(&headers);
    let mut response = bytes.into_response();
    let set = response.headers_mut();
    encoded(set, coding);
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(file.policy.text()));
    response
}

fn encoded(set: &mut HeaderMap, coding: Option<&'static str>) {
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
}

async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return onrecord_base::Error::NotFound.into_response();
    };
    let (bytes, coding) = file.bytes.for_who_takes(&headers);
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(&bytes))[..16]);
    let known = conditional::known(&headers, &etag, None);
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => bytes.into_response(),
    };
    let set = response.headers_mut();
    encoded(set, coding);
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

    async fn to_sources(name: &str) -> Response {
        show_to_sources(Path(name.into()), HeaderMap::new()).await
    }

    #[tokio::test]
    async fn only_the_workers_may_compile() {
        for file in FILES {
            may_compile(file.name, answer(file.name).await);
        }
        for file in TIP_FILES {
            may_compile(file.name, to_sources(file.name).await);
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
            let answer = to_sources(file.name).await;
            assert!(!answer.headers().contains_key(header::ETAG) && !answer.headers().contains_key(header::SET_COOKIE));
        }
        assert_eq!(to_sources("desk.js").await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_library_is_served_as_what_browsers_compile_while_it_arrives() {
        let first = answer("quotation.wasm").await;
        assert_eq!(first.headers()[header::CONTENT_TYPE], "application/wasm");
        let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone())]);
        assert_eq!(show(Path("quotation.wasm".into()), known).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer("other.wasm").await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn libraries_are_sent_compressed_to_who_takes_that_and_are_what_was_built() {
        for file in FILES.iter().filter(|file| file.name.ends_with(".wasm")) {
            let built = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist").join(file.name);
            let built = std::fs::read(built).expect("the library");
            for (accepts, coding) in
                [("br, gzip", Some("br")), ("gzip, deflate", Some("gzip")), ("br;q=0, identity", None), ("", None)]
            {
                let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepts.parse().expect("a value"))]);
                let answer = show(Path(file.name.into()), headers).await;
                let encoding =
                    answer.headers().get(header::CONTENT_ENCODING).map(|v| v.to_str().expect("text").to_owned());
                assert_eq!(encoding.as_deref(), coding, "{} {accepts}", file.name);
                let sent = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
                let mut plain = Vec::new();
                let read = match coding {
                    Some("br") => brotli::Decompressor::new(&sent[..], 4096).read_to_end(&mut plain),
                    Some(_) => GzDecoder::new(&sent[..]).read_to_end(&mut plain),
                    None => (&sent[..]).read_to_end(&mut plain),
                };
                assert!(read.is_ok() && plain == built, "{} is not what was built: npm run wasm", file.name);
                assert!(coding.is_none() || sent.len() < built.len() / 2, "{}", sent.len());
            }
        }
    }

    #[test]
    fn no_path_of_the_building_machine_is_in_the_libraries() {
        for file in FILES.iter().filter(|file| file.name.ends_with(".wasm")) {
            let bytes = file.bytes.plain();
            let text = String::from_utf8_lossy(&bytes);
            for root in [".cargo", "rustup", "registry/src"] {
                assert!(!text.contains(root), "{root} in {}", file.name);
            }
        }
    }
}
