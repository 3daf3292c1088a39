//! The guarded fetcher: the one way out to other people's servers.
//!
//! An address that a person typed must not reach what only this machine or its network can see (server-side request
//! forgery). So names are resolved here, every address is checked, and the connection is made to the addresses that
//! were checked and no others; each redirect goes through the same gate. Size and time are bounded.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use url::{Host, Url};

/// The largest answer kept: far above any article, small enough that a few at once do no harm.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// For the whole fetch, redirects included: a person waits for it at the desk.
pub const DEADLINE: Duration = Duration::from_secs(15);
/// Browsers follow 20; an article that needs more than 5 is a loop or a trap.
pub const MAX_REDIRECTS: usize = 5;

/// What came back.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: Url,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, decoded from no content encoding, since none is asked for.
    pub body: Bytes,
}

/// Why nothing came back. Each has a message `base-fetch-…` for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an http or https address, or one with a password in it.
    #[error("not a web address")]
    NotWeb,
    /// The name does not resolve.
    #[error("no such host")]
    NoHost,
    /// The name leads to a private, local or reserved address.
    #[error("the address is not on the public internet")]
    Private,
    /// More than [`MAX_REDIRECTS`].
    #[error("too many redirects")]
    Redirects,
    /// More than [`MAX_BYTES`].
    #[error("the answer is too large")]
    TooLarge,
    /// Longer than [`DEADLINE`].
    #[error("no answer in time")]
    TooSlow,
    /// The connection failed.
    #[error("the connection failed: {0}")]
    Failed(String),
}

impl Refusal {
    /// The key of the sentence for people.
    pub fn message(&self) -> &'static str {
        match self {
            Refusal::NotWeb => "base-fetch-not-web",
            Refusal::NoHost => "base-fetch-no-host",
            Refusal::Private => "base-fetch-private",
            Refusal::Redirects => "base-fetch-redirects",
            Refusal::TooLarge => "base-fetch-too-large",
            Refusal::TooSlow => "base-fetch-too-slow",
            Refusal::Failed(_) => "base-fetch-failed",
        }
    }
}

/// Which addresses may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The public internet only.
    Public,
    /// Loopback too: for tests against a server of their own.
    Loopback,
}

/// Fetches a page as a reader without an account would see it.
///
/// # Errors
/// With the [`Refusal`].
pub async fn get(address: &str, reach: Reach) -> Result<Fetched, Refusal> {
    tokio::time::timeout(DEADLINE, follow(address, reach)).await.map_err(|_| Refusal::TooSlow)?
}

async fn follow(address: &str, reach: Reach) -> Result<Fetched, Refusal> {
    let mut url = Url::parse(address.trim()).map_err(|_| Refusal::NotWeb)?;
    for _ in 0..=MAX_REDIRECTS {
        let response = one(&url, reach).await?;
        let next = response.headers().get(header::LOCATION).filter(|_| response.status().is_redirection());
        match next {
            Some(next) => {
                let next = next.to_str().map_err(|_| Refusal::NotWeb)?;
                url = url.join(next).map_err(|_| Refusal::NotWeb)?;
            }
            None => return read(url, response).await,
        }
    }
    Err(Refusal::Redirects)
}

async fn one(url: &Url, reach: Reach) -> Result<reqwest::Response, Refusal> {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::NotWeb);
    }
    let addresses = resolve(url).await?;
    if addresses.is_empty() {
        return Err(Refusal::NoHost);
    }
    // One bad address spoils the name: which of them is used is not for the name's owner to choose.
    if !addresses.iter().all(|address| allowed(address.ip(), reach)) {
        return Err(Refusal::Private);
    }
    let host = url.host_str().unwrap_or_default();
    // Ring, as for mail; installing it again is an error that says it is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .resolve_to_addrs(host, &addresses)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .user_agent(concat!("Onrecord/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| Refusal::Failed(e.to_string()))?;
    client.get(url.clone()).send().await.map_err(|e| Refusal::Failed(e.without_url().to_string()))
}

async fn resolve(url: &Url) -> Result<Vec<SocketAddr>, Refusal> {
    let port = url.port_or_known_default().ok_or(Refusal::NotWeb)?;
    match url.host().ok_or(Refusal::NotWeb)? {
        Host::Ipv4(ip) => Ok(vec![(ip, port).into()]),
        Host::Ipv6(ip) => Ok(vec![(ip, port).into()]),
        Host::Domain(name) => Ok(tokio::net::lookup_host((name, port)).await.map_err(|_| Refusal::NoHost)?.collect()),
    }
}

async fn read(url: Url, mut response: reqwest::Response) -> Result<Fetched, Refusal> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| Refusal::Failed(e.without_url().to_string()))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Fetched { url, status, headers, body: body.freeze() })
}

fn allowed(ip: IpAddr, reach: Reach) -> bool {
    if reach == Reach::Loopback && ip.is_loopback() {
        return true;
    }
    match ip {
        IpAddr::V4(ip) => public_v4(ip),
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(inner) => public_v4(inner),
            None => public_v6(ip),
        },
    }
}

/// Not in the IANA IPv4 special-purpose registry (RFC 6890 and later entries).
fn public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

/// In the global unicast range, and not one of its special blocks.
fn public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    (a & 0xe000) == 0x2000 && !(a == 0x2001 && b < 0x0200) && !(a == 0x2001 && b == 0x0db8) && a != 0x3fff
}

/// The IPv4 address inside a mapped, NAT64, 6to4 or compatible one: a second way to write a private address.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(v4(g, h)),
        (0, 0, 0, 0, 0, 0) if (g, h) != (0, 0) && (g, h) != (0, 1) => Some(v4(g, h)),
        (0x2002, ..) => Some(v4(b, c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_can_be_reached() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::7f00:1",
        ] {
            assert!(!allowed(private.parse().unwrap(), Reach::Public), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:2800:220:1::1", "64:ff9b::101:101"] {
            assert!(allowed(public.parse().unwrap(), Reach::Public), "{public}");
        }
        assert!(allowed("127.0.0.1".parse().unwrap(), Reach::Loopback));
        assert!(!allowed("10.0.0.1".parse().unwrap(), Reach::Loopback));
    }

    #[tokio::test]
    async fn addresses_that_are_no_web_pages_are_refused() {
        for address in
            ["ftp://example.org/x", "file:///etc/passwd", "http://user:secret@example.org/", "no address", "http://"]
        {
            assert_eq!(get(address, Reach::Public).await.unwrap_err(), Refusal::NotWeb, "{address}");
        }
        for address in
            ["http://127.0.0.1:1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/"]
        {
            assert_eq!(get(address, Reach::Public).await.unwrap_err(), Refusal::Private, "{address}");
        }
    }
}
