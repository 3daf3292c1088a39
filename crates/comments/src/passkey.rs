//! Passkeys (W3C Web Authentication, level 3): whether what a browser sends was signed by a reader's authenticator, for
//! this site, in answer to this very challenge.
//!
//! ring, which TLS brings into the binary anyway, does the cryptography. Read here are the two things that an
//! authenticator signs: its own data (37 bytes, and a key when it is new) and the browser's account of what was asked.
//!
//! Invariants: no I/O; no bytes from outside make it panic. That a challenge was given out by us, has not run out and is
//! used once is the store's part ([`crate::store::passkeys`]). Absent on purpose: attestation. Which make of
//! authenticator a reader has is nobody's business here, so none is asked for and none is believed.

mod cose;

pub(crate) use cose::ALGORITHMS;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use url::{Host, Url};

/// Milliseconds in which a challenge is to be answered: people look for their phone.
pub const ANSWER: i64 = 5 * 60_000;
/// Bytes of a credential's name (section 4 of the standard).
const LONGEST_ID: usize = 1023;
/// Bytes of the browser's account: an origin, a challenge, and room for what browsers add.
const LONGEST_ACCOUNT: usize = 4096;
/// Bytes of the hash of the site's name, of flags, and of the counter.
const HEAD: usize = 37;
/// Somebody was there.
const PRESENT: u8 = 1;
/// A new key is enclosed.
const ENCLOSED: u8 = 1 << 6;
/// Extensions are enclosed.
const EXTENDED: u8 = 1 << 7;

/// This site as authenticators know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name that keys are bound to: a domain.
    pub id: String,
    /// Where pages that may ask for a signature come from.
    pub origin: String,
}

/// What is wrong, for the log; readers are told no more than that it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

/// A new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The credential's name, in base64url.
    pub id: String,
    /// Its public key (COSE), in base64url.
    pub public_key: String,
    /// How many signatures it has made; 0 from authenticators that do not count.
    pub signatures: u32,
}

impl Party {
    /// The party at a public address; none where browsers know no passkeys: at a number, or without HTTPS. A server on
    /// one's own machine goes by the name of localhost.
    pub fn of(base_url: &str) -> Option<Party> {
        let mut url = Url::parse(base_url).ok()?;
        let own = match url.host()? {
            Host::Domain(domain) => domain == "localhost" || domain.ends_with(".localhost"),
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        };
        if own && !matches!(url.host()?, Host::Domain(_)) {
            url.set_host(Some("localhost")).ok()?;
        }
        let Host::Domain(id) = url.host()? else { return None };
        let id = id.to_owned();
        (own || url.scheme() == "https").then(|| Party { id, origin: url.origin().ascii_serialization() })
    }
}

/// Bytes as they travel and are kept.
pub fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes that travelled.
///
/// # Errors
/// If they are not base64url.
pub fn from_text(text: &str) -> Result<Vec<u8>, Wrong> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Wrong("not base64url"))
}

/// The browser's account of what was signed.
#[derive(Deserialize)]
struct Account {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// The challenge that a browser says it answers. Whether it is one of ours the store knows.
///
/// # Errors
/// If the account cannot be read.
pub fn challenge(account: &[u8]) -> Result<String, Wrong> {
    read(account).map(|account| account.challenge)
}

fn read(account: &[u8]) -> Result<Account, Wrong> {
    if account.len() > LONGEST_ACCOUNT {
        return Err(Wrong("the account is too long"));
    }
    serde_json::from_slice(account).map_err(|_| Wrong("the account cannot be read"))
}

/// Takes a new key (section 7.1 of the standard, without attestation).
///
/// # Errors
/// With the step that failed.
pub fn make(party: &Party, challenge: &str, account: &[u8], data: &[u8]) -> Result<Made, Wrong> {
    told(party, challenge, "webauthn.create", account)?;
    let (flags, signatures) = head(party, data)?;
    if flags & ENCLOSED == 0 {
        return Err(Wrong("no key is enclosed"));
    }
    // 16 bytes that name the make of the authenticator, which we do not look at.
    let rest = data.get(HEAD + 16..).ok_or(Wrong("the data is cut off"))?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(Wrong("the data is cut off"))?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > LONGEST_ID || length > rest.len() {
        return Err(Wrong("the credential has no possible name"));
    }
    let (id, rest) = rest.split_at(length);
    let (_, used) = cose::read(rest)?;
    if flags & EXTENDED == 0 && used != rest.len() {
        return Err(Wrong("something follows the key"));
    }
    Ok(Made { id: to_text(id), public_key: to_text(&rest[..used]), signatures })
}

/// Whether a known key signed this (section 7.2 of the standard). The counter it signed with.
///
/// # Errors
/// With the step that failed.
pub fn verify(
    party: &Party,
    challenge: &str,
    known: &Made,
    account: &[u8],
    data: &[u8],
    signature: &[u8],
) -> Result<u32, Wrong> {
    told(party, challenge, "webauthn.get", account)?;
    let (_, signatures) = head(party, data)?;
    let kept = from_text(&known.public_key)?;
    let (key, _) = cose::read(&kept)?;
    let signed = [data, &Sha256::digest(account)].concat();
    key.verify(&signed, signature)?;
    // A counter that does not grow is that of a copy. Keys that are kept in step between devices count nothing: 0.
    if (signatures > 0 || known.signatures > 0) && signatures <= known.signatures {
        return Err(Wrong("the counter did not grow: there may be a copy of this key"));
    }
    Ok(signatures)
}

fn told(party: &Party, challenge: &str, kind: &str, account: &[u8]) -> Result<(), Wrong> {
    let account = read(account)?;
    let holds = [
        (account.kind == kind, "another ceremony"),
        (account.challenge == challenge && !challenge.is_empty(), "another challenge"),
        (account.origin == party.origin, "another origin"),
        (!account.cross_origin, "from inside another site"),
    ];
    holds.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, wrong)| Err(Wrong(wrong)))
}

/// Flags and counter of an authenticator's data, if it was made for this site and somebody was there.
fn head(party: &Party, data: &[u8]) -> Result<(u8, u32), Wrong> {
    let (head, _) = data.split_first_chunk::<HEAD>().ok_or(Wrong("the data is cut off"))?;
    if head[..32] != Sha256::digest(party.id.as_bytes())[..] {
        return Err(Wrong("made for another site"));
    }
    let flags = head[32];
    if flags & PRESENT == 0 {
        return Err(Wrong("nobody was there"));
    }
    Ok((flags, u32::from_be_bytes([head[33], head[34], head[35], head[36]])))
}

#[cfg(test)]
pub(crate) mod tests;
