//! `onrecord tips verify-page`: what anybody can check from outside. A server that sends one visitor something else than
//! us is not found out by this, only one that sends it to everybody, or to whoever looks as we do.

use std::process::ExitCode;

use onrecord_base::fetch::{self, Reach};
use onrecord_sealed::SignedList;
use sha2::{Digest, Sha256};

use crate::{assets, failure::Failure};

/// Examples and limits.
pub const HELP: &str = "Example:
  onrecord tips verify-page https://news.example --fingerprint \"1f2e 3d4c 5b6a …\"

Fetches the page, its scripts and the signed list, and compares them with what this program holds and with the fingerprint
you have from elsewhere. Ends with 1 if anything differs. A server under an attacker's control can still send other code to
one visitor and this to you: call it from different places, and through Tor.";

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
        let page = look.get("/tip").await?;
        look.headers(&page);
        let html = String::from_utf8_lossy(&page.body).into_owned();
        look.scripts(&html).await?;
        look.keys(&html, self.fingerprint.as_deref()).await?;
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

impl Look {
    async fn get(&self, path: &str) -> Result<fetch::Fetched, Failure> {
        let address = format!("{}{path}", self.base);
        let fetched = fetch::get(&address, Reach::Loopback).await;
        let fetched = fetched.map_err(|e| Failure::new(format!("{address} cannot be fetched: {e}")))?;
        match fetched.status.is_success() {
            true => Ok(fetched),
            false => Err(Failure::new(format!("{address} answers {}", fetched.status))),
        }
    }

    fn say(&mut self, good: bool, what: &str) {
        println!("{:<7} {what}", if good { "ok" } else { "DIFFERS" });
        self.faults += usize::from(!good);
    }

    fn headers(&mut self, page: &fetch::Fetched) {
        let header = |name: &str| page.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        let script = policy.split(';').map(str::trim).find(|part| part.starts_with("script-src"));
        self.say(script == Some("script-src 'self'"), "scripts may come from the site alone");
        self.say(policy.contains("default-src 'none'"), "nothing else is loaded from elsewhere");
        self.say(header("cache-control").contains("no-store"), "the page is stored by nobody");
        self.say(header("referrer-policy") == "no-referrer", "no other page is told of it");
        self.say(!page.headers.contains_key("set-cookie"), "no cookie is set");
    }

    /// Every script of the page must be ours, byte for byte.
    async fn scripts(&mut self, html: &str) -> Result<(), Failure> {
        let mut names: Vec<&str> = html.split("<script").skip(1).filter_map(|tag| attribute(tag, "src")).collect();
        names.extend(attribute(html, "data-worker-url"));
        names.push("/tip/assets/sealed.wasm");
        for name in names {
            let Some(file) = name.strip_prefix("/tip/assets/") else {
                self.say(false, &format!("{name} is no script of the tip page"));
                continue;
            };
            let served = self.get(name).await?.body;
            let ours = assets::bytes(file);
            let hash = hex::encode(Sha256::digest(&served));
            self.say(ours.is_some_and(|ours| *ours == served[..]), &format!("{name} sha256 {hash}"));
        }
        Ok(())
    }

    async fn keys(&mut self, html: &str, expected: Option<&str>) -> Result<(), Failure> {
        let signed = self.get("/tip/keys").await?.body;
        let list = match SignedList::parse(&signed) {
            Ok(list) => list,
            Err(e) => {
                self.say(false, &format!("the list of keys: {e}"));
                return Ok(());
            }
        };
        let signer = *list.signer();
        let fingerprint = signer.fingerprint();
        let shown = attribute(html, "data-newsroom-key") == Some(hex::encode(signer.0).as_str());
        self.say(shown, "the page names the key that signed the list");
        let day = onrecord_base::Clock::system().now().millis() / 1000;
        let verified = list.verify(&signer, onrecord_sealed::Day::of_unix_seconds(day), 0);
        self.say(verified.is_ok(), "the list is signed and in its time");
        if let Ok(list) = verified {
            let contents = list.contents();
            println!("        list {}, {} desks, {} keys", contents.serial, contents.desks.len(), contents.keys.len());
        }
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
        Ok(())
    }
}

/// The value of the first attribute of that name.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let tag = html.split_once(&format!(" {name}=\""))?.1;
    tag.split_once('"').map(|(value, _)| value)
}
