//! The network address of whoever asks, as far as it can be known.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::{HeaderMap, request::Parts};

use crate::App;

/// Whoever asks, by network address; used to count tries, never written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(Option<IpAddr>);

impl Client {
    /// The key under which this client's tries are counted. A home or an attacker gets a whole /64 of IPv6 addresses,
    /// so those count as one.
    pub fn key(&self) -> String {
        match self.0 {
            Some(IpAddr::V4(ip)) => format!("client:{ip}"),
            Some(IpAddr::V6(ip)) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("client:{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "client:unknown".into(),
        }
    }

    /// The network this client's address is of: 256 addresses of IPv4, a /48 of IPv6, which is what one customer is given.
    /// For what no single one of them may count for more than once.
    pub fn network(&self) -> String {
        match self.0 {
            Some(IpAddr::V4(ip)) => {
                let [a, b, c, _] = ip.octets();
                format!("network:{a}.{b}.{c}")
            }
            Some(IpAddr::V6(ip)) => {
                let [a, b, c, ..] = ip.segments();
                format!("network:{a:x}:{b:x}:{c:x}::/48")
            }
            None => "network:unknown".into(),
        }
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Client, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Ok(Client(address(peer, &parts.headers, &app.settings().trusted_proxies)))
    }
}

/// The peer's address; behind a proxy that we trust (one on this machine, or named in the settings), the last address
/// in `X-Forwarded-For` that is not a trusted proxy's. What stands further left could have been written by anybody.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[String]) -> Option<IpAddr> {
    let trusts = |ip: &IpAddr| ip.is_loopback() || trusted.iter().any(|known| known.parse() == Ok(*ip));
    let peer = peer?.to_canonical();
    if !trusts(&peer) {
        return Some(peer);
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let mut nearest = peer;
    for text in forwarded.into_iter().rev() {
        let Ok(ip) = text.trim().parse::<IpAddr>() else { break };
        nearest = ip.to_canonical();
        if !trusts(&nearest) {
            break;
        }
    }
    Some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded: &[&'static str], expected: &str) {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let found = address(Some(peer.parse().unwrap()), &headers, &["10.0.0.9".into()]);
        assert_eq!(found, Some(expected.parse().unwrap()), "{peer} {forwarded:?}");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        check("203.0.113.7", &["198.51.100.1"], "203.0.113.7");
        check("127.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::ffff:127.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &["6.6.6.6, 198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &["6.6.6.6, 198.51.100.1", "10.0.0.9"], "198.51.100.1");
        check("127.0.0.1", &["nonsense"], "127.0.0.1");
        check("127.0.0.1", &["198.51.100.1, nonsense"], "127.0.0.1");
        check("127.0.0.1", &[], "127.0.0.1");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        let key = |ip: &str| Client(Some(ip.parse().unwrap())).key();
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("203.0.113.7"), key("203.0.113.8"));
        assert_eq!(Client(None).key(), "client:unknown");
        let network = |ip: &str| Client(Some(ip.parse().unwrap())).network();
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:2:2::1"));
        assert_eq!(network("203.0.113.7"), network("203.0.113.255"));
        assert_ne!(network("203.0.113.7"), network("203.0.114.7"));
    }
}
