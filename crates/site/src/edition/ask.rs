//! What a reader's request says about the form of the answer (RFC 9110, sections 12.5.3 and 13.1).

use onrecord_base::web::conditional;

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Br,
    /// Gzip.
    Gzip,
    /// None.
    Identity,
}

impl Coding {
    /// As it stands in `Content-Encoding`; none for identity.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Br => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Identity => None,
        }
    }
}

/// How welcome each coding is, in thousandths; 0 is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accept {
    /// Brotli.
    pub br: u16,
    /// Gzip.
    pub gzip: u16,
}

impl Accept {
    /// No compression: what a request without `Accept-Encoding` gets, since old tools send none and read none.
    pub const PLAIN: Accept = Accept { br: 0, gzip: 0 };

    /// Reads a value of `Accept-Encoding`; what cannot be read is not accepted.
    pub fn parse(value: &[u8]) -> Accept {
        if value == b"br" {
            return Accept { br: 1000, gzip: 0 };
        }
        let (mut br, mut gzip, mut any) = (None, None, 0);
        for item in value.split(|b| *b == b',') {
            let (name, rest) = match item.iter().position(|b| *b == b';') {
                Some(at) => (&item[..at], &item[at + 1..]),
                None => (item, &[][..]),
            };
            let name = name.trim_ascii();
            let quality = quality(rest);
            if name.eq_ignore_ascii_case(b"br") {
                br = Some(quality);
            } else if name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"x-gzip") {
                gzip = Some(quality);
            } else if name == b"*" {
                any = quality;
            }
        }
        Accept { br: br.unwrap_or(any), gzip: gzip.unwrap_or(any) }
    }

    /// The coding to answer with: the reader's favourite, of equals the smallest.
    pub fn best(self) -> Coding {
        match (self.br, self.gzip) {
            (0, 0) => Coding::Identity,
            (br, gzip) if br >= gzip => Coding::Br,
            _ => Coding::Gzip,
        }
    }
}

/// `q=0.5` in thousandths; 1 where nothing is said.
fn quality(parameters: &[u8]) -> u16 {
    let text = parameters.trim_ascii();
    let Some(value) = text.strip_prefix(b"q=").or_else(|| text.strip_prefix(b"Q=")) else { return 1000 };
    let digit = |at: usize| value.get(at).filter(|b| b.is_ascii_digit()).map_or(0, |b| u16::from(b - b'0'));
    match value.first() {
        Some(b'0') => digit(2) * 100 + digit(3) * 10 + digit(4),
        Some(b'1') => 1000,
        _ => 0,
    }
}

/// A request for a page, as far as its answer depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// `HEAD`: everything but the body.
    pub head: bool,
    /// The codings that are welcome.
    pub accept: Accept,
    /// `If-None-Match`.
    pub none_match: Option<&'a [u8]>,
    /// `If-Modified-Since`.
    pub modified_since: Option<&'a [u8]>,
}

impl<'a> Ask<'a> {
    /// Reads the headers of a parsed request.
    pub fn of(method: &http::Method, headers: &'a http::HeaderMap) -> Ask<'a> {
        let bytes = |name: http::HeaderName| headers.get(name).map(http::HeaderValue::as_bytes);
        Ask {
            head: *method == http::Method::HEAD,
            accept: bytes(http::header::ACCEPT_ENCODING).map_or(Accept::PLAIN, Accept::parse),
            none_match: bytes(http::header::IF_NONE_MATCH),
            modified_since: bytes(http::header::IF_MODIFIED_SINCE),
        }
    }

    /// True if the reader has this very page: `tag` is our entity tag, `modified` our `Last-Modified`.
    pub fn has(&self, tag: &str, modified: &str) -> bool {
        conditional::has(self.none_match, self.modified_since, tag, Some(modified))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_chooses_the_coding() {
        let best = |value: &str| Accept::parse(value.as_bytes()).best();
        for (value, expected) in [
            ("br", Coding::Br),
            ("gzip, deflate, br, zstd", Coding::Br),
            ("gzip;q=1.0, br;q=0.5", Coding::Gzip),
            ("gzip;q=0.5,br;q=0.5", Coding::Br),
            ("br;q=0, gzip", Coding::Gzip),
            ("br;q=0", Coding::Identity),
            ("br;q=0.000", Coding::Identity),
            ("br;q=0.001", Coding::Br),
            ("*", Coding::Br),
            ("*;q=0", Coding::Identity),
            ("*;q=0, gzip", Coding::Gzip),
            ("identity", Coding::Identity),
            ("GZip ; q=1", Coding::Gzip),
            ("", Coding::Identity),
            ("brotli", Coding::Identity),
            (";;,,q=,br;q=x", Coding::Identity),
        ] {
            assert_eq!(best(value), expected, "{value}");
        }
    }
}
