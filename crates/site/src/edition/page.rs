//! One page of the edition: its bodies, its headers ready to send, and what it was made of.

use std::{
    fmt::Write as _,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use onrecord_base::{
    Time,
    web::{conditional, headers::DEFAULTS},
};

use super::{
    ask::{Ask, Coding},
    deps::Deps,
    encode,
};

/// What a page with scripts of nobody may do. Stricter than the desk's, and shorter on every answer.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a network in front of us may do with a page (RFC 9213, RFC 5861). A day, should it ever not hear of a change; and
/// whoever comes while it asks for the new page gets the old one.
const EDGE: &str = "public, max-age=86400, stale-while-revalidate=60, stale-if-error=86400";

/// Status line and headers that are the same on every found page, as they travel.
pub static FOUND: LazyLock<Bytes> = LazyLock::new(|| {
    let mut text = String::from("HTTP/1.1 200 OK\r\n");
    for (name, value) in security() {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text.into()
});

/// How long others may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Kept, but asked about before each use: a correction is seen at once.
    Revalidate,
    /// The same for browsers; a network in front of us keeps it until it is told to drop one of its keys.
    Edge,
    /// Its address names its content: kept for ever.
    Forever,
}

impl Keep {
    fn header(self) -> &'static str {
        match self {
            Keep::Revalidate | Keep::Edge => "no-cache",
            Keep::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// A page as a template leaves it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Status.
    pub status: StatusCode,
    /// `Content-Type`.
    pub media: &'static str,
    /// For how long others keep it.
    pub keep: Keep,
    /// What is read.
    pub body: Bytes,
    /// What it was made of.
    pub deps: Deps,
}

/// A page of the edition.
pub struct Page {
    status: StatusCode,
    media: &'static str,
    keep: Keep,
    tag: String,
    modified: String,
    /// Bytes of the text itself.
    length: usize,
    br: Option<Body>,
    gzip: Option<Body>,
    /// Only of what does not become smaller: fonts, short texts.
    plain: Option<Body>,
    deps: Deps,
    /// The keys under which a network in front of us keeps it; empty where there is none.
    keys: Box<str>,
    /// How often it was asked for since it was made.
    asked: AtomicU32,
    best: bool,
}

/// One body with the headers that belong to it.
#[derive(Clone)]
pub struct Body {
    /// Header lines, without the empty one at the end.
    pub head: Bytes,
    /// The content.
    pub bytes: Bytes,
}

impl Page {
    /// Compresses a page quickly and writes down its headers.
    pub fn new(draft: Draft, now: Time) -> Page {
        let mut page = Page {
            status: draft.status,
            media: draft.media,
            keep: draft.keep,
            tag: conditional::tag(&draft.body),
            modified: now.http_date(),
            length: draft.body.len(),
            br: None,
            gzip: None,
            plain: None,
            keys: if draft.keep == Keep::Edge { draft.deps.keys().into() } else { Box::default() },
            deps: draft.deps,
            asked: AtomicU32::new(0),
            best: false,
        };
        if !draft.media.starts_with("font/")
            && !draft.media.starts_with("image/x-")
            && draft.body.len() >= encode::SHORTEST
        {
            page.br = Some(page.body(Coding::Br, encode::brotli(&draft.body, encode::QUICK).into()));
        } else {
            page.plain = Some(page.body(Coding::Identity, draft.body));
        }
        page
    }

    /// The same page with a gzip body.
    pub fn with_gzip(&self, gzip: Bytes) -> Page {
        Page { gzip: Some(self.body(Coding::Gzip, gzip)), ..self.copy() }
    }

    /// The same page in the best compression.
    pub fn with_best(&self, br: Bytes) -> Page {
        Page { br: Some(self.body(Coding::Br, br)), best: true, ..self.copy() }
    }

    /// The page as the next one after `before`: if it says the same, readers need not fetch it again.
    pub fn after(self, before: &Page) -> Page {
        let asked = AtomicU32::new(before.asked() / 2);
        if before.tag != self.tag {
            return Page { asked, ..self };
        }
        let mut page = Page { asked, modified: before.modified.clone(), ..self };
        page.br = page.br.take().map(|b| page.body(Coding::Br, b.bytes));
        page.plain = page.plain.take().map(|b| page.body(Coding::Identity, b.bytes));
        page
    }

    fn copy(&self) -> Page {
        Page {
            status: self.status,
            media: self.media,
            keep: self.keep,
            tag: self.tag.clone(),
            modified: self.modified.clone(),
            length: self.length,
            br: self.br.clone(),
            gzip: self.gzip.clone(),
            plain: self.plain.clone(),
            deps: self.deps.clone(),
            keys: self.keys.clone(),
            asked: AtomicU32::new(self.asked.load(Ordering::Relaxed)),
            best: self.best,
        }
    }

    fn body(&self, coding: Coding, bytes: Bytes) -> Body {
        let mut head = String::with_capacity(256);
        for (name, value) in self.headers(coding) {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "content-length: {}\r\n", bytes.len());
        Body { head: Bytes::from(head.into_bytes().into_boxed_slice()), bytes }
    }

    fn headers(&self, coding: Coding) -> impl Iterator<Item = (HeaderName, &str)> {
        let varies = self.br.is_some() || coding != Coding::Identity;
        [
            (header::CONTENT_TYPE, Some(self.media)),
            (header::CONTENT_ENCODING, coding.name()),
            (header::VARY, varies.then_some("accept-encoding")),
            (header::ETAG, Some(self.tag.as_str())),
            (header::LAST_MODIFIED, Some(self.modified.as_str())),
            (header::CACHE_CONTROL, Some(self.keep.header())),
            (HeaderName::from_static("cdn-cache-control"), (self.keep == Keep::Edge).then_some(EDGE)),
            (HeaderName::from_static("surrogate-control"), (self.keep == Keep::Edge).then_some(EDGE)),
            (HeaderName::from_static("surrogate-key"), (self.keep == Keep::Edge).then_some(&*self.keys)),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
    }

    /// The coding this page is sent in; what does not become smaller travels as it is.
    pub fn coding(&self, ask: &Ask<'_>) -> Coding {
        if self.br.is_some() { ask.accept.best() } else { Coding::Identity }
    }

    /// The body in a coding, if it is at hand.
    pub fn ready(&self, coding: Coding) -> Option<&Body> {
        match coding {
            Coding::Br => self.br.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Identity => self.plain.as_ref(),
        }
    }

    /// What the fast lane may send as it stands: a found page that the reader does not have.
    pub fn hit(&self, ask: &Ask<'_>) -> Option<&Body> {
        if self.status != StatusCode::OK || ask.has(&self.tag, &self.modified) {
            return None;
        }
        self.ready(self.coding(ask))
    }

    /// The whole answer to a request. Bodies that are not at hand are made; see [`Page::with_gzip`] for keeping one.
    pub fn answer(&self, ask: &Ask<'_>) -> Response<Bytes> {
        let same = self.status == StatusCode::OK && ask.has(&self.tag, &self.modified);
        let coding = self.coding(ask);
        let body = if same { Bytes::new() } else { self.bytes(coding) };
        let mut response = Response::new(Bytes::new());
        let headers = response.headers_mut();
        for (name, value) in security() {
            headers.insert(name, HeaderValue::from_static(value));
        }
        for (name, value) in self.headers(coding) {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        if same {
            headers.remove(header::CONTENT_ENCODING);
            headers.remove(header::CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        *response.status_mut() = self.status;
        if !ask.head {
            *response.body_mut() = body;
        }
        response
    }

    fn bytes(&self, coding: Coding) -> Bytes {
        match (self.ready(coding), coding) {
            (Some(body), _) => body.bytes.clone(),
            (None, Coding::Gzip) => encode::gzip(&self.text()).into(),
            (None, _) => self.text(),
        }
    }

    /// What is read.
    pub fn text(&self) -> Bytes {
        match (&self.plain, &self.br) {
            (Some(plain), _) => plain.bytes.clone(),
            (None, Some(br)) => encode::plain(&br.bytes, self.length).into(),
            (None, None) => Bytes::new(),
        }
    }

    /// What it was made of.
    pub fn deps(&self) -> &Deps {
        &self.deps
    }

    /// The status it is sent with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Counts a reader.
    pub fn count(&self) -> u32 {
        self.asked.fetch_add(1, Ordering::Relaxed)
    }

    /// How many readers asked for it.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// True if a better compression could still be made.
    pub fn may_improve(&self) -> bool {
        !self.best && self.br.is_some() && self.length <= encode::LONGEST_FOR_BEST
    }

    /// Bytes it holds in memory, about: each allocation has a few bytes of its own.
    pub fn weight(&self) -> usize {
        const OWN: usize = size_of::<Page>() + 256;
        let bodies = [&self.br, &self.gzip, &self.plain].into_iter().flatten();
        OWN + self.tag.len()
            + self.keys.len()
            + self.deps.weight()
            + bodies.map(|b| b.head.len() + b.bytes.len() + 128).sum::<usize>()
    }
}

/// Headers against what a page could be made to do.
pub fn security() -> impl Iterator<Item = (HeaderName, &'static str)> {
    DEFAULTS.into_iter().map(|(name, value)| {
        let own = name == header::CONTENT_SECURITY_POLICY;
        (name, if own { CONTENT_SECURITY_POLICY } else { value })
    })
}
