//! A provider that the newsroom has an account with: its own hosts and no others, with the account's credentials for the
//! first of them alone.
//!
//! What comes back is handed out as it comes, so that a long recording need not fit into memory. Addresses are checked as
//! for every fetch; a redirect leads to the named hosts or nowhere, and takes no credentials along.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use url::Url;

use super::{DEADLINE, Reach, Refusal, ask};

/// A provider hands out media over one redirect; two more are patience.
const MOST_REDIRECTS: usize = 3;
/// How long an answer may pause.
const PAUSE: Duration = Duration::from_secs(20);

/// The provider.
#[derive(Clone)]
pub struct Provider {
    api: Url,
    media: Vec<String>,
    user: String,
    password: String,
    reach: Reach,
}

impl std::fmt::Debug for Provider {
    /// Neither account nor password, which must not stand in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider {{ {} }}", self.api.host_str().unwrap_or_default())
    }
}

/// An answer whose body is still to come.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    response: reqwest::Response,
}

impl Answer {
    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// If the connection fails or pauses for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Refusal> {
        let next = tokio::time::timeout(PAUSE, self.response.chunk()).await.map_err(|_| Refusal::TooSlow)?;
        next.map_err(|e| Refusal::Failed(e.without_url().to_string()))
    }
}

impl Provider {
    /// A provider by the address of its interface, such as `https://api.example.com`, and the further hosts that its
    /// redirects may lead to. Plain HTTP only where loopback may be reached: in tests.
    ///
    /// # Errors
    /// [`Refusal::NotWeb`] for another kind of address.
    pub fn new(api: &str, media: &[String], user: &str, password: &str, reach: Reach) -> Result<Provider, Refusal> {
        let api = Url::parse(api.trim()).map_err(|_| Refusal::NotWeb)?;
        let bare = api.username().is_empty() && api.password().is_none() && api.query().is_none();
        if !bare || api.fragment().is_some() || api.host_str().is_none() || !safe(&api, reach) {
            return Err(Refusal::NotWeb);
        }
        let media = media.iter().map(|host| host.trim().to_ascii_lowercase()).filter(|host| !host.is_empty()).collect();
        Ok(Provider { api, media, user: user.to_owned(), password: password.to_owned(), reach })
    }

    /// The path of a resource below the interface's own address.
    pub fn below(&self, resource: &str) -> String {
        format!("{}/{}", self.api.path().trim_end_matches('/'), resource.trim_start_matches('/'))
    }

    /// The path of an address that somebody says is this provider's; none if it is another's, or holds more than a path of
    /// plain letters.
    pub fn path(&self, address: &str) -> Option<String> {
        let url = Url::parse(address).ok()?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
        let ours = url.origin() == self.api.origin() && url.username().is_empty() && url.password().is_none();
        let bare = url.query().is_none() && url.fragment().is_none();
        (ours && bare && url.path().bytes().all(plain) && !url.path().contains("..")).then(|| url.path().to_owned())
    }

    /// Asks for a resource, following redirects to the named hosts.
    ///
    /// # Errors
    /// With the [`Refusal`].
    pub async fn get(&self, path: &str) -> Result<Answer, Refusal> {
        let mut url = self.at(path)?;
        for _ in 0..=MOST_REDIRECTS {
            let response = self.send(Method::GET, &url).await?;
            let next = response.headers().get(header::LOCATION).filter(|_| response.status().is_redirection());
            let Some(next) = next else {
                let coded = response.headers().get(header::CONTENT_ENCODING);
                if coded.is_some_and(|coding| coding != "identity") {
                    return Err(Refusal::Packed);
                }
                return Ok(Answer { status: response.status(), headers: response.headers().clone(), response });
            };
            let next = next.to_str().map_err(|_| Refusal::NotWeb)?;
            url = url.join(next).map_err(|_| Refusal::NotWeb)?;
        }
        Err(Refusal::Redirects)
    }

    /// Deletes a resource. A redirect is an answer like any other.
    ///
    /// # Errors
    /// With the [`Refusal`].
    pub async fn delete(&self, path: &str) -> Result<StatusCode, Refusal> {
        Ok(self.send(Method::DELETE, &self.at(path)?).await?.status())
    }

    fn at(&self, path: &str) -> Result<Url, Refusal> {
        let mut url = self.api.clone();
        url.set_path(path);
        Ok(url)
    }

    async fn send(&self, method: Method, url: &Url) -> Result<reqwest::Response, Refusal> {
        let home = url.origin() == self.api.origin();
        if !home && !self.leads_to(url) {
            return Err(Refusal::Elsewhere);
        }
        let account = home.then_some((self.user.as_str(), self.password.as_str()));
        tokio::time::timeout(DEADLINE, ask(method, url, account, self.reach)).await.map_err(|_| Refusal::TooSlow)?
    }

    fn leads_to(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let name = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        safe(url, self.reach) && self.media.contains(&name)
    }
}

fn safe(url: &Url, reach: Reach) -> bool {
    url.scheme() == "https" || url.scheme() == "http" && reach == Reach::Loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(reach: Reach) -> Provider {
        Provider::new("https://api.example.com/v1", &["media.example.com".into()], "AC1", "s", reach).unwrap()
    }

    #[test]
    fn only_the_providers_own_addresses_have_a_path() {
        let ours = provider(Reach::Public);
        assert_eq!(ours.path("https://api.example.com/v1/Media/ME1").as_deref(), Some("/v1/Media/ME1"));
        assert_eq!(ours.path("https://api.example.com:443/a.wav").as_deref(), Some("/a.wav"));
        for other in [
            "https://api.example.com.evil.org/a",
            "http://api.example.com/a",
            "https://api.example.com:8443/a",
            "https://u:p@api.example.com/a",
            "https://api.example.com/a?x=1",
            "https://api.example.com/a%2fb",
            "https://media.example.com/a",
            "file:///etc/passwd",
            "not an address",
        ] {
            assert_eq!(ours.path(other), None, "{other}");
        }
        assert_eq!(ours.below("Calls/CA1.json"), "/v1/Calls/CA1.json");
    }

    #[test]
    fn redirects_lead_to_named_hosts_over_https() {
        let ours = provider(Reach::Public);
        let leads = |text: &str| ours.leads_to(&Url::parse(text).unwrap());
        assert!(leads("https://media.example.com/x?sig=1"));
        for other in ["http://media.example.com/x", "https://media.example.com:8443/x", "https://example.com/x"] {
            assert!(!leads(other), "{other}");
        }
    }

    #[test]
    fn an_interface_is_a_plain_https_address() {
        for bad in ["http://api.example.com", "https://u@api.example.com", "https://api.example.com/?x", "ftp://x", ""]
        {
            assert!(Provider::new(bad, &[], "", "", Reach::Public).is_err(), "{bad}");
        }
        assert!(Provider::new("http://127.0.0.1:9", &[], "", "", Reach::Loopback).is_ok());
        assert!(!format!("{:?}", provider(Reach::Public)).contains("AC1"));
    }
}
