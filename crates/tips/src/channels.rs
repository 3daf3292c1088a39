//! The ways besides the web: a telephone number at a provider, the newsroom's own telephone system, e-mail.
//!
//! None of them can be sealed on the way, and the tip page says so. What comes is sealed here on arrival, before anything
//! of it touches the disk; a number or an address goes sealed with it and stands in no row, no job and no log. What has
//! to be remembered about a delivery is a hash of its id.

pub mod audio;
pub mod caller;
pub mod mail;
pub mod params;
pub mod signature;
pub mod twiml;
pub mod watch;

pub(crate) mod calls;
pub(crate) mod errand;
pub(crate) mod mime;
pub(crate) mod phone;

use onrecord_base::{
    FieldError, Settings,
    fetch::{Provider, Reach, Refusal},
};
use serde::{Deserialize, Serialize};

/// Where the provider whose shape we speak answers.
pub const API: &str = "https://api.twilio.com";
/// Where that provider's redirects for media lead.
pub const MEDIA_HOSTS: &str = "mms.twiliocdn.com media.twiliocdn.com s3-external-1.amazonaws.com";
/// Characters of a setting: longer than any address or key.
const LONGEST: usize = 300;

/// What the newsroom set about its channels. One row of the line's settings; secrets in it are shown to nobody.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Channels {
    /// A number at a provider.
    pub phone: Phone,
    /// Recordings from the newsroom's own telephone system.
    pub recordings: Recordings,
    /// E-mail.
    pub mail: Mail,
}

/// A number at a provider that speaks in signed webhooks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Phone {
    /// The account's id.
    pub account: String,
    /// The account's secret: what requests are signed with, and what media are fetched with.
    pub token: String,
    /// Whether text messages are taken.
    pub sms: bool,
    /// Whether calls are answered.
    pub voice: bool,
    /// The desk that gets them; the first if empty.
    pub desk: String,
    /// The address at which the provider reaches this site, if it is another than the site's own.
    pub public_url: String,
    /// The provider's interface.
    pub api: String,
    /// Hosts that its redirects may lead to, apart by spaces.
    pub media_hosts: String,
}

/// Recordings by upload.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recordings {
    /// What an upload must carry; none are taken while it is empty.
    pub secret: String,
    /// The desk that gets them.
    pub desk: String,
}

/// E-mail.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// The address as it is printed.
    pub address: String,
    /// What a delivery by webhook must carry; none are taken while it is empty.
    pub secret: String,
    /// The desk that gets it.
    pub desk: String,
}

/// What the public page may know of the channels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ways {
    /// Text messages by a provider.
    pub sms: bool,
    /// Calls by a provider.
    pub voice: bool,
    /// Calls to the newsroom's own telephone system.
    pub own: bool,
    /// The address for e-mail; empty for none.
    pub mail: String,
}

impl std::fmt::Debug for Phone {
    /// Neither account nor secret, which must not stand in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phone {{ sms: {}, voice: {}, at {} }}", self.sms, self.voice, self.api)
    }
}

impl Default for Phone {
    fn default() -> Phone {
        Phone {
            account: String::new(),
            token: String::new(),
            sms: false,
            voice: false,
            desk: String::new(),
            public_url: String::new(),
            api: API.into(),
            media_hosts: MEDIA_HOSTS.into(),
        }
    }
}

impl Channels {
    /// What the public page may know, before it is asked which folders are watched.
    pub fn ways(&self) -> Ways {
        let ready = self.phone.ready();
        Ways {
            sms: ready && self.phone.sms,
            voice: ready && self.phone.voice,
            own: !self.recordings.secret.is_empty(),
            mail: if self.mail.secret.is_empty() { String::new() } else { self.mail.address.clone() },
        }
    }
}

impl Phone {
    /// Whether requests can be checked at all.
    pub fn ready(&self) -> bool {
        !self.account.is_empty() && !self.token.is_empty()
    }

    /// The address that the provider was given for a path of ours: what it signs.
    pub fn public(&self, settings: &Settings, path: &str) -> String {
        let base = if self.public_url.is_empty() { &settings.base_url } else { &self.public_url };
        format!("{}{path}", base.trim_end_matches('/'))
    }

    /// The provider, to fetch from and to delete at.
    ///
    /// # Errors
    /// If its address is not one that may be reached.
    pub fn provider(&self, reach: Reach) -> Result<Provider, Refusal> {
        let hosts: Vec<String> = self.media_hosts.split_whitespace().map(str::to_owned).collect();
        Provider::new(&self.api, &hosts, &self.account, &self.token, reach)
    }

    /// A resource of the account, as the provider's interface names it.
    pub fn resource(&self, kind: &str, id: &str) -> String {
        format!("2010-04-01/Accounts/{}/{kind}/{id}.json", self.account)
    }
}

/// Whether a text is an id as providers give them: letters, digits and hyphens, so that it can stand in a path.
pub fn is_id(text: &str) -> bool {
    (2..=80).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Checks what somebody typed about the number. The secret stays as it was if the field is empty.
///
/// # Errors
/// The fields' messages.
pub fn check_phone(typed: Phone, old: &Phone, reach: Reach) -> Result<Phone, Vec<FieldError>> {
    let trim = |text: &str| text.trim().trim_end_matches('/').to_owned();
    let mut phone = Phone {
        account: trim(&typed.account),
        token: typed.token.trim().to_owned(),
        public_url: trim(&typed.public_url),
        api: trim(&typed.api),
        media_hosts: typed.media_hosts.split_whitespace().collect::<Vec<_>>().join(" "),
        ..typed
    };
    if phone.token.is_empty() {
        phone.token.clone_from(&old.token);
    }
    if phone.api.is_empty() {
        phone.api = API.into();
    }
    let mut wrong = Vec::new();
    if !phone.account.is_empty() && !is_id(&phone.account) {
        wrong.push(FieldError::new("account", "tips-phone-account-wrong"));
    }
    if phone.token.chars().any(char::is_control) || phone.token.len() > LONGEST {
        wrong.push(FieldError::new("token", "tips-phone-token-wrong"));
    }
    if (phone.sms || phone.voice) && phone.account.is_empty() {
        wrong.push(FieldError::new("account", "tips-phone-account-needed"));
    }
    if (phone.sms || phone.voice) && phone.token.is_empty() {
        wrong.push(FieldError::new("token", "tips-phone-token-needed"));
    }
    let host = |url: &str| {
        let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', ' ']))
    };
    if !phone.public_url.is_empty() && (!host(&phone.public_url) || phone.public_url.len() > LONGEST) {
        wrong.push(FieldError::new("public_url", "tips-phone-public-wrong"));
    }
    if phone.provider(reach).is_err() || phone.api.len() > LONGEST {
        wrong.push(FieldError::new("api", "tips-phone-api-wrong"));
    }
    let plain = |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    if phone.media_hosts.len() > LONGEST || !phone.media_hosts.split(' ').all(plain) {
        wrong.push(FieldError::new("media_hosts", "tips-phone-hosts-wrong"));
    }
    if wrong.is_empty() { Ok(phone) } else { Err(wrong) }
}

/// Checks an address for e-mail as it is printed; empty for none.
///
/// # Errors
/// The field's message.
pub fn check_address(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let fine = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'(),;:\\".contains(c);
    let good = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if text.is_empty() || good && text.len() <= LONGEST && text.matches('@').count() == 1 && text.chars().all(fine) {
        return Ok(text.to_owned());
    }
    Err(FieldError::new("address", "tips-mail-address-wrong"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked_and_secrets_stay() {
        let old = Phone { token: "kept".into(), ..Phone::default() };
        let typed = Phone {
            account: " AC1 ".into(),
            sms: true,
            public_url: "https://x.example/".into(),
            api: String::new(),
            ..Phone::default()
        };
        let phone = check_phone(typed.clone(), &old, Reach::Public).unwrap();
        assert_eq!((phone.account.as_str(), phone.token.as_str(), phone.api.as_str()), ("AC1", "kept", API));
        assert_eq!(phone.public(&Settings::default(), "/tip/sms"), "https://x.example/tip/sms");
        let names = |typed: Phone| -> Vec<String> {
            check_phone(typed, &Phone::default(), Reach::Public).unwrap_err().into_iter().map(|e| e.field).collect()
        };
        assert_eq!(names(typed.clone()), ["token"]);
        assert_eq!(names(Phone { api: "http://169.254.169.254".into(), token: "t".into(), ..typed.clone() }), ["api"]);
        assert_eq!(names(Phone { account: "../x".into(), token: "t".into(), ..typed.clone() }), ["account"]);
        assert_eq!(names(Phone { media_hosts: "a/b".into(), token: "t".into(), ..typed }), ["media_hosts"]);
    }

    #[test]
    fn only_what_can_take_something_is_shown() {
        let mut channels = Channels::default();
        channels.phone.sms = true;
        channels.mail.address = "tips@example.org".into();
        assert_eq!(channels.ways(), Ways::default());
        (channels.phone.account, channels.phone.token) = ("AC1".into(), "t".into());
        (channels.mail.secret, channels.recordings.secret) = ("s".into(), "s".into());
        let ways = channels.ways();
        assert!(ways.sms && !ways.voice && ways.own && ways.mail == "tips@example.org");
    }

    #[test]
    fn an_address_is_one() {
        assert_eq!(check_address(" tips@example.org ").unwrap(), "tips@example.org");
        assert_eq!(check_address("").unwrap(), "");
        for bad in ["tips", "a@b", "a@b@c.org", "a b@c.org", "<a@b.org>"] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }
}
