//! The guarded fetcher: the one way out to other people's servers.
//!
//! An address that a person typed must not reach what only this machine or its network can see (server-side request
//! forgery). So names are resolved here, every address is checked, and the connection is made to the addresses that
//! were checked and no others; each redirect goes through the same gate. Size and time are bounded.

mod address;
mod coding;
mod message;
mod provider;

use std::{net::SocketAddr, time::Duration};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tokio::sync::Semaphore;
use url::{Host, Url};

use self::address::allowed;
pub use self::{
    message::{Message, post},
    provider::{Answer, Provider},
};

/// The largest answer kept: far above any article, small enough that a few at once do no harm.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// For the whole fetch, redirects included: a person waits for it at the desk.
pub const DEADLINE: Duration = Duration::from_secs(15);
/// Browsers follow 20; an article that needs more than 5 is a loop or a trap.
pub const MAX_REDIRECTS: usize = 5;
/// Fetches at a time: each may hold its answer twice, packed and unpacked.
const AT_ONCE: usize = 8;

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// What came back.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: Url,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, unpacked: no coding is asked for, but some servers pack whoever asks.
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
    /// A provider's redirect leads to a host that is not among its own.
    #[error("the answer leads to another host")]
    Elsewhere,
    /// More than [`MAX_REDIRECTS`].
    #[error("too many redirects")]
    Redirects,
    /// More than [`MAX_BYTES`].
    #[error("the answer is too large")]
    TooLarge,
    /// Packed in a way that was not asked for, or not in the way it says.
    #[error("the answer cannot be unpacked")]
    Packed,
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
            Refusal::Elsewhere => "base-fetch-elsewhere",
            Refusal::Redirects => "base-fetch-redirects",
            Refusal::TooLarge => "base-fetch-too-large",
            Refusal::Packed => "base-fetch-packed",
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
    within(DEADLINE, address, reach).await
}

async fn within(deadline: Duration, address: &str, reach: Reach) -> Result<Fetched, Refusal> {
    tokio::time::timeout(deadline, follow(address, reach)).await.map_err(|_| Refusal::TooSlow)?
}

async fn follow(address: &str, reach: Reach) -> Result<Fetched, Refusal> {
    let _room = ROOM.acquire().await.map_err(|e| Refusal::Failed(e.to_string()))?;
    let mut url = Url::parse(address.trim()).map_err(|_| Refusal::NotWeb)?;
    for _ in 0..=MAX_REDIRECTS {
        let response = ask(Method::GET, &url, None, reach).await?;
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

async fn ask(
    method: Method,
    url: &Url,
    account: Option<(&str, &str)>,
    reach: Reach,
) -> Result<reqwest::Response, Refusal> {
    let mut request = client(url, reach).await?.request(method, url.clone());
    if let Some((user, password)) = account {
        request = request.basic_auth(user, Some(password));
    }
    send(request).await
}

async fn send(request: reqwest::RequestBuilder) -> Result<reqwest::Response, Refusal> {
    request.send().await.map_err(|e| Refusal::Failed(e.without_url().to_string()))
}

/// A client that connects to the addresses that were checked and no others.
async fn client(url: &Url, reach: Reach) -> Result<reqwest::Client, Refusal> {
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
    reqwest::Client::builder()
        .resolve_to_addrs(host, &addresses)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .default_headers(asking())
        .user_agent(concat!("Onrecord/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| Refusal::Failed(e.to_string()))
}

/// What a reader's browser asks for, but unpacked: then there is nothing to blow up.
fn asking() -> HeaderMap {
    let accept = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.5";
    let pairs = [(header::ACCEPT, accept), (header::ACCEPT_ENCODING, "identity")];
    pairs.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
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
    if response.content_length().is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(Refusal::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| Refusal::Failed(e.without_url().to_string()))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    let body = coding::unpack(&headers, body.freeze()).await?;
    Ok(Fetched { url, status, headers, body })
}

#[cfg(test)]
mod tests;
