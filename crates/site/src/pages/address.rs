//! Addresses of public pages: one spelling each, so that no page stands in memory twice.

use http::StatusCode;
use onrecord_stories::{
    address,
    published::{Cursor, Place},
};

/// First parts of addresses that the router answers; all others are pages of the edition.
const ROUTED: [&str; 8] = ["desk", "api", "media", "preview", "healthz", "comments", "tip", "search"];

/// Where a page of the edition stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    key: Box<str>,
    /// Bytes of the key that are its path.
    path: usize,
    /// The page of a list, if it is not the first.
    pub place: Place,
}

impl Address {
    /// Reads what a reader asked for.
    ///
    /// # Errors
    /// The address in its one spelling if it was another, none if no page can stand there.
    pub fn read(path: &str, query: Option<&str>) -> Result<Address, Option<String>> {
        let normal = address::normal(path).ok_or(None)?;
        let address = Address::new(&normal, place(query));
        if normal == path { Ok(address) } else { Err(Some(address.key.into())) }
    }

    /// The address behind a key.
    pub fn kept(key: &str) -> Option<Address> {
        if let Some(status) = key.strip_prefix('!') {
            return StatusCode::from_bytes(status.as_bytes()).ok().map(Address::error);
        }
        let (path, query) = key.split_once('?').map_or((key, None), |(path, query)| (path, Some(query)));
        Address::read(path, query).ok()
    }

    /// Where the page of an error is kept: no reader can ask for it.
    pub fn error(status: StatusCode) -> Address {
        Address::new(&format!("!{}", status.as_u16()), Place::Newest)
    }

    fn new(path: &str, place: Place) -> Address {
        let key = match &place {
            Place::Newest => path.to_owned(),
            Place::OlderThan(cursor) => format!("{path}?before={}", cursor.to_text()),
            Place::NewerThan(cursor) => format!("{path}?after={}", cursor.to_text()),
        };
        Address { key: key.into(), path: path.len(), place }
    }

    /// What it is kept under.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its path.
    pub fn path(&self) -> &str {
        &self.key[..self.path]
    }

    /// The status of the error it shows.
    pub fn as_error(&self) -> Option<StatusCode> {
        StatusCode::from_bytes(self.key.strip_prefix('!')?.as_bytes()).ok()
    }
}

/// True if the router answers there.
pub fn is_routed(path: &str) -> bool {
    let first = path.get(1..).and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
    ROUTED.contains(&first)
}

/// True if a query can name another page than its path alone; all other queries (campaign marks) change nothing.
pub fn has_place(query: &str) -> bool {
    query.contains("before=") || query.contains("after=")
}

fn place(query: Option<&str>) -> Place {
    for pair in query.unwrap_or_default().split('&') {
        let place = match pair.split_once('=') {
            Some(("before", text)) => Cursor::parse(text).map(Place::OlderThan),
            Some(("after", text)) => Cursor::parse(text).map(Place::NewerThan),
            _ => None,
        };
        if let Some(place) = place {
            return place;
        }
    }
    Place::Newest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        let read = |path, query| Address::read(path, query).map(|a| a.key().to_owned());
        assert_eq!(read("/town", Some("utm_source=x&y")), Ok("/town".into()));
        assert_eq!(read("/town", Some("a=b&before=5-x")), Ok("/town?before=5-x".into()));
        assert_eq!(read("/town", Some("before=zzz")), Ok("/town".into()));
        assert_eq!(read("//town", None), Err(Some("/town".into())));
        assert_eq!(read("/%74own", None), Err(Some("/town".into())));
        assert_eq!(read("/..", None), Err(None));
        assert_eq!(Address::kept("/town?before=5-x"), Address::read("/town", Some("before=5-x")).ok());
        let gone = Address::error(StatusCode::GONE);
        assert_eq!((Address::kept(gone.key()), gone.as_error()), (Some(gone.clone()), Some(StatusCode::GONE)));
        assert_eq!(read("!404", None), Err(None));
    }

    #[test]
    fn the_router_keeps_its_own() {
        for path in
            ["/desk", "/desk/stories", "/desk?x", "/media/ab.jpg", "/preview/x", "/tip", "/tip/return", "/search?q=x"]
        {
            assert!(is_routed(path), "{path}");
        }
        for path in ["/", "/deskjet", "/town/desk", "", "/medias", "/tips"] {
            assert!(!is_routed(path), "{path}");
        }
    }
}
