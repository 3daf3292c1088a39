//! `onrecord tips verify-page`: what anybody can check from outside. A server that sends one visitor something else than
//! us is not found out by this, only one that sends it to everybody, or to whoever looks as we do.

mod markup;
mod rules;

use std::{collections::BTreeSet, process::ExitCode};

use onrecord_base::{
    fetch::{self, Reach},
    web::headers::Policy,
};
use onrecord_sealed::SignedList;
use sha2::{Digest, Sha256};

use self::rules::Expected;
use crate::{assets, failure::Failure};

/// Examples and limits.
pub const HELP: &str = "Example:
  onrecord tips verify-page https://news.example --fingerprint \"1f2e 3d4c 5b6a …\"

Fetches the pages in all their languages, their scripts and the signed list, and compares what takes words, runs or sends
with what this program holds, and the key with the fingerprint you have from elsewhere. Ends with 1 if anything differs.
What the pages say in words is not compared: read them. A server under an attacker's control can still send other code to
one visitor and this to you: call it from different places, and through Tor.";

/// The pages on which a source writes.
const PAGES: [&str; 2] = ["/tip", "/tip/return"];
/// What they load.
const LOADED: [&str; 3] = ["tip.js", "sealed.js", "sealed.wasm"];
/// Headers that tell others of a visit, lead away, or keep something.
const NEVER: [&str; 8] = [
    "set-cookie",
    "refresh",
    "link",
    "content-security-policy-report-only",
    "reporting-endpoints",
    "report-to",
    "nel",
    "service-worker-allowed",
];

/// Look from outside at a site's tip page.
#[derive(Debug, clap::Args)]
pub struct VerifyPage {
    /// The site's address.
    url: String,
    /// The newsroom key's fingerprint as it is printed elsewhere.
    #[arg(long)]
    fingerprint: Option<String>,
}

struct Look {
    base: String,
    faults: usize,
}

impl VerifyPage {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let base = self.url.trim().trim_end_matches('/').trim_end_matches("/tip").to_owned();
        let mut look = Look { base, faults: 0 };
        if let Some(expected) = look.keys(self.fingerprint.as_deref()).await? {
            let mut hosts = BTreeSet::new();
            for path in PAGES {
                for query in std::iter::once(String::new()).chain(languages()) {
                    hosts.append(&mut look.page(path, &query, &expected).await?);
                }
            }
            for host in hosts {
                println!("        the frame around it links to {host}");
            }
        }
        look.scripts().await?;
        match look.faults {
            0 => {
                println!("Nothing differs.");
                Ok(ExitCode::SUCCESS)
            }
            faults => {
                println!("{faults} things differ: do not trust this page before you know why.");
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

fn languages() -> impl Iterator<Item = String> {
    onrecord_tips::LANGUAGES.iter().map(|(tag, _)| format!("?lang={tag}"))
}

impl Look {
    async fn get(&mut self, path: &str) -> Result<fetch::Fetched, Failure> {
        let address = format!("{}{path}", self.base);
        let fetched = fetch::get(&address, Reach::Loopback).await;
        let fetched = fetched.map_err(|e| Failure::new(format!("{address} cannot be fetched: {e}")))?;
        if !fetched.url.as_str().eq_ignore_ascii_case(&address) {
            self.say(false, &format!("{path} leads to {}", fetched.url));
        }
        match fetched.status.is_success() {
            true => Ok(fetched),
            false => Err(Failure::new(format!("{address} answers {}", fetched.status))),
        }
    }

    fn say(&mut self, good: bool, what: &str) {
        println!("{:<7} {what}", if good { "ok" } else { "DIFFERS" });
        self.faults += usize::from(!good);
    }

    /// One page in one language; answers the hosts it links to.
    async fn page(&mut self, path: &str, query: &str, expected: &Expected) -> Result<BTreeSet<String>, Failure> {
        let address = format!("{path}{query}");
        let page = self.get(&address).await?;
        let mut faults = wrong_headers(&page, onrecord_tips::POLICY);
        let header = |name: &str| page.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !header("content-type").starts_with("text/html") {
            faults.push(format!("it is {:?}", header("content-type")));
        }
        let found = match markup::read(&page.body) {
            Ok(pieces) => Some(rules::look(&pieces, path, query, expected)),
            Err(why) => {
                faults.push(why);
                None
            }
        };
        faults.extend(found.iter().flat_map(|found| found.faults.iter().cloned()));
        for fault in &faults {
            self.say(false, &format!("{address}: {fault}"));
        }
        if faults.is_empty() {
            self.say(true, &format!("{address}: its headers, scripts, forms and fields are ours"));
        }
        Ok(found.map_or_else(BTreeSet::new, |found| found.hosts))
    }

    /// Every script must be ours, byte for byte, and may do what ours may.
    async fn scripts(&mut self) -> Result<(), Failure> {
        for name in LOADED {
            let address = format!("/tip/assets/{name}");
            let served = self.get(&address).await?;
            let hash = hex::encode(Sha256::digest(&served.body));
            self.say(
                assets::bytes(name).is_some_and(|ours| *ours == served.body[..]),
                &format!("{address} sha256 {hash}"),
            );
            let policy = if name == "sealed.js" { Policy::Engine } else { Policy::Page };
            for fault in wrong_headers(&served, policy.text()) {
                self.say(false, &format!("{address}: {fault}"));
            }
        }
        Ok(())
    }

    /// The signed list; answers what the pages must say of it.
    async fn keys(&mut self, expected: Option<&str>) -> Result<Option<Expected>, Failure> {
        let signed = self.get("/tip/keys").await?.body;
        let list = match SignedList::parse(&signed) {
            Ok(list) => list,
            Err(e) => {
                self.say(false, &format!("the list of keys: {e}"));
                return Ok(None);
            }
        };
        let signer = *list.signer();
        let fingerprint = signer.fingerprint();
        let day = onrecord_base::Clock::system().now().millis() / 1000;
        let verified = list.verify(&signer, onrecord_sealed::Day::of_unix_seconds(day), 0);
        self.say(verified.is_ok(), "the list is signed and in its time");
        match expected {
            Some(expected) => {
                let plain =
                    |text: &str| text.chars().filter(|c| c.is_ascii_hexdigit()).collect::<String>().to_lowercase();
                let words = expected.split_whitespace().eq(signer.fingerprint_words().split_whitespace());
                let same = words || plain(expected) == plain(&fingerprint);
                self.say(same, &format!("fingerprint {fingerprint}"));
            }
            None => println!("compare fingerprint {fingerprint}"),
        }
        let Ok(list) = verified else { return Ok(None) };
        let contents = list.contents();
        println!("        list {}, {} desks, {} keys", contents.serial, contents.desks.len(), contents.keys.len());
        Ok(Some(Expected {
            newsroom: hex::encode(contents.newsroom.0),
            newsroom_key: hex::encode(signer.0),
            fingerprint,
        }))
    }
}

/// A second policy can only forbid more, but what it forbids may be our own script: there is to be one, and ours.
fn wrong_headers(page: &fetch::Fetched, policy: &str) -> Vec<String> {
    let header = |name: &str| {
        let all: Vec<_> = page.headers.get_all(name).iter().map(|v| v.to_str().unwrap_or("?")).collect();
        all.join(" | ")
    };
    let mut faults = Vec::new();
    if header("content-security-policy") != policy {
        faults.push(format!("it may do this in a browser: {:?}", header("content-security-policy")));
    }
    if header("cache-control") != "no-store" {
        faults.push("it may be stored".to_owned());
    }
    if header("referrer-policy") != "no-referrer" {
        faults.push("other pages are told of it".to_owned());
    }
    for name in NEVER.into_iter().filter(|name| page.headers.contains_key(*name)) {
        faults.push(format!("it comes with the header {name}: {:?}", header(name)));
    }
    faults
}
