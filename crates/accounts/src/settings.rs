//! The settings as a form: texts in, checked settings out.

use std::net::IpAddr;

use onrecord_base::{
    FieldError, Settings, mail,
    settings::{Cdn, Crawlers, Gate, Rules, Smtp, pattern},
};
use serde::{Deserialize, Serialize};

/// Characters of the name; it stands in every title.
const LONGEST_NAME: usize = 80;
/// Characters of the line below the name.
const LONGEST_TAGLINE: usize = 200;
/// Languages a newsroom may list; each is looked at for every page.
const MOST_LANGUAGES: usize = 20;
/// Proxies; each is compared with the peer of a request.
const MOST_PROXIES: usize = 20;
/// Hubs; each is told of every story.
const MOST_HUBS: usize = 5;
/// Characters of an address of a machine elsewhere.
const LONGEST_ADDRESS: usize = 500;

/// What the settings page shows and sends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsForm {
    pub name: String,
    pub tagline: String,
    pub logo: String,
    pub tip_phone: String,
    pub time_zone: String,
    pub languages: String,
    pub url_pattern: String,
    pub base_url: String,
    pub trusted_proxies: String,
    pub smtp_host: String,
    pub smtp_port: String,
    pub smtp_security: String,
    pub smtp_user: String,
    /// Comes in, never goes out.
    #[serde(skip_serializing)]
    pub smtp_password: String,
    pub smtp_from: String,
    #[serde(default)]
    pub quotation_gate: String,
    #[serde(default)]
    pub quotation_profile: String,
    /// A checkbox: absent for no.
    #[serde(default)]
    pub quotation_gate_imported: String,
    #[serde(default)]
    pub crawlers: String,
    #[serde(default)]
    pub hubs: String,
    #[serde(default)]
    pub purge_url: String,
    /// Comes in, never goes out.
    #[serde(default, skip_serializing)]
    pub purge_token: String,
}

impl SettingsForm {
    /// The settings as they stand, without the password.
    pub fn of(settings: &Settings) -> SettingsForm {
        let smtp = settings.smtp.as_ref();
        let text = |field: fn(&Smtp) -> &str| smtp.map(field).unwrap_or_default().to_owned();
        SettingsForm {
            name: settings.name.clone(),
            tagline: settings.tagline.clone(),
            logo: settings.logo.clone(),
            tip_phone: settings.tip_phone.clone(),
            time_zone: settings.time_zone.clone(),
            languages: settings.languages.join(", "),
            url_pattern: settings.url_pattern.clone(),
            base_url: settings.base_url.clone(),
            trusted_proxies: settings.trusted_proxies.join(", "),
            smtp_host: text(|s| &s.host),
            smtp_port: smtp.map_or("587".into(), |s| s.port.to_string()),
            smtp_security: smtp.map_or("starttls".into(), |s| s.security.clone()),
            smtp_user: text(|s| &s.user),
            smtp_password: String::new(),
            smtp_from: text(|s| &s.from),
            quotation_gate: settings.quotation_gate.name().into(),
            quotation_profile: settings.quotation_profile.name().into(),
            quotation_gate_imported: if settings.quotation_gate_imported { "1".into() } else { String::new() },
            crawlers: settings.crawlers.name().into(),
            hubs: settings.hubs.join(" "),
            purge_url: settings.cdn.as_ref().map(|cdn| cdn.purge_url.clone()).unwrap_or_default(),
            purge_token: String::new(),
        }
    }

    /// The settings the form asks for, on top of `old`.
    ///
    /// # Errors
    /// All fields that are wrong.
    pub fn check(&self, old: &Settings) -> Result<Settings, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let settings = Settings {
            name: keep(line("name", &self.name, LONGEST_NAME, true), &mut wrong),
            tagline: keep(line("tagline", &self.tagline, LONGEST_TAGLINE, false), &mut wrong),
            logo: keep(logo(&self.logo), &mut wrong),
            tip_phone: keep(phone(&self.tip_phone), &mut wrong),
            time_zone: keep(zone(&self.time_zone), &mut wrong),
            languages: keep(languages(&self.languages), &mut wrong),
            url_pattern: keep(url_pattern(&self.url_pattern), &mut wrong),
            base_url: keep(base_url(&self.base_url), &mut wrong),
            trusted_proxies: keep(proxies(&self.trusted_proxies), &mut wrong),
            smtp: self.smtp(old.smtp.as_ref(), &mut wrong),
            quotation_gate: keep(one_of("quotation_gate", &self.quotation_gate, &Gate::ALL, Gate::name), &mut wrong),
            quotation_profile: keep(
                one_of("quotation_profile", &self.quotation_profile, &Rules::ALL, Rules::name),
                &mut wrong,
            ),
            quotation_gate_imported: !self.quotation_gate_imported.is_empty(),
            crawlers: keep(one_of("crawlers", &self.crawlers, &Crawlers::ALL, Crawlers::name), &mut wrong),
            hubs: keep(hubs(&self.hubs), &mut wrong),
            cdn: self.cdn(old.cdn.as_ref(), &mut wrong),
        };
        if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
    }

    fn cdn(&self, old: Option<&Cdn>, wrong: &mut Vec<FieldError>) -> Option<Cdn> {
        let purge_url = self.purge_url.trim();
        if purge_url.is_empty() {
            return None;
        }
        let purge_url = keep(machine("purge_url", purge_url), wrong);
        let token = match old {
            _ if !self.purge_token.is_empty() => self.purge_token.clone(),
            Some(old) if old.purge_url == purge_url => old.token.clone(),
            // Otherwise whoever may change the settings could have the token sent to a server of their own.
            Some(old) if !old.token.is_empty() => {
                wrong.push(FieldError::new("purge_token", "accounts-settings-token-again"));
                String::new()
            }
            _ => String::new(),
        };
        Some(Cdn { purge_url, token })
    }

    fn smtp(&self, old: Option<&Smtp>, wrong: &mut Vec<FieldError>) -> Option<Smtp> {
        let host = self.smtp_host.trim().trim_end_matches('.').to_owned();
        if host.is_empty() {
            return None;
        }
        if host.len() > 253 || !host.chars().all(|c| c.is_alphanumeric() || "-._:[]".contains(c)) {
            wrong.push(FieldError::new("smtp_host", "accounts-smtp-host-wrong"));
        }
        let port = self.smtp_port.trim().parse().ok().filter(|port| *port != 0).unwrap_or_else(|| {
            wrong.push(FieldError::new("smtp_port", "accounts-smtp-port-wrong"));
            0
        });
        match self.smtp_security.as_str() {
            "tls" | "starttls" => {}
            "none" if mail::is_loopback(&host) => {}
            "none" => wrong.push(FieldError::new("smtp_security", "accounts-smtp-unencrypted")),
            _ => wrong.push(FieldError::new("smtp_security", "accounts-smtp-security-wrong")),
        }
        let from = self.smtp_from.trim().to_owned();
        if !mail::is_address(&from) {
            wrong.push(FieldError::new("smtp_from", "accounts-email-wrong"));
        }
        let user = self.smtp_user.trim().to_owned();
        let same = old.is_some_and(|old| old.host == host && old.user == user);
        let password = match old {
            _ if user.is_empty() => String::new(),
            _ if !self.smtp_password.is_empty() => self.smtp_password.clone(),
            Some(old) if same => old.password.clone(),
            // Otherwise whoever may change the settings could have the password sent to a server of their own.
            _ => {
                wrong.push(FieldError::new("smtp_password", "accounts-smtp-password-again"));
                String::new()
            }
        };
        Some(Smtp { host, port, security: self.smtp_security.clone(), user, password, from })
    }
}

/// A choice by its name; the house's usual one if the form has no such field.
fn one_of<T: Copy + Default>(
    field: &str,
    name: &str,
    all: &[T],
    named: fn(T) -> &'static str,
) -> Result<T, FieldError> {
    match all.iter().find(|choice| named(**choice) == name) {
        Some(choice) => Ok(*choice),
        None if name.is_empty() => Ok(T::default()),
        None => Err(FieldError::new(field, "accounts-settings-choice")),
    }
}

fn keep<T: Default>(checked: Result<T, FieldError>, wrong: &mut Vec<FieldError>) -> T {
    checked.map_err(|e| wrong.push(e)).unwrap_or_default()
}

fn line(field: &str, text: &str, most: usize, needed: bool) -> Result<String, FieldError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if needed && text.is_empty() {
        return Err(FieldError::new(field, "accounts-settings-missing"));
    }
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(FieldError::new(field, "accounts-settings-long").arg("most", most));
    }
    Ok(text)
}

fn logo(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let ours = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    match text.strip_prefix("/media/") {
        _ if text.is_empty() => Ok(String::new()),
        Some(name) if ours(name) => Ok(text.to_owned()),
        _ => Err(FieldError::new("logo", "accounts-logo-wrong")),
    }
}

fn phone(text: &str) -> Result<String, FieldError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " ()-./".contains(c) || c == '+');
    // ITU-T E.164: 15 digits at most; three, for short numbers of a country.
    let fits = plain && (3..=15).contains(&digits) && text.rfind('+').is_none_or(|at| at == 0);
    if text.is_empty() || fits { Ok(text) } else { Err(FieldError::new("tip_phone", "accounts-phone-wrong")) }
}

fn zone(text: &str) -> Result<String, FieldError> {
    let wrong = || FieldError::new("time_zone", "accounts-zone-wrong");
    let zone = jiff::tz::TimeZone::get(text.trim()).map_err(|_| wrong())?;
    // The database's own spelling: `europe/madrid` is found too, but is not what other programs know.
    zone.iana_name().map(str::to_owned).ok_or_else(wrong)
}

fn languages(text: &str) -> Result<Vec<String>, FieldError> {
    let mut found: Vec<String> = Vec::new();
    for tag in text.split([',', ';', ' ', '\n', '\r', '\t']).filter(|tag| !tag.is_empty()) {
        let known: Result<unic_langid::LanguageIdentifier, _> = tag.parse();
        let wrong = || FieldError::new("languages", "accounts-language-wrong").arg("tag", tag);
        let canonical = known.map_err(|_| wrong())?.to_string();
        if canonical.starts_with("und") || tag.len() > 35 {
            return Err(wrong());
        }
        if !found.contains(&canonical) {
            found.push(canonical);
        }
    }
    match found.len() {
        0 => Err(FieldError::new("languages", "accounts-languages-missing")),
        1..=MOST_LANGUAGES => Ok(found),
        _ => Err(FieldError::new("languages", "accounts-languages-many").arg("most", MOST_LANGUAGES)),
    }
}

fn url_pattern(text: &str) -> Result<String, FieldError> {
    pattern::check(text.trim()).map(|()| text.trim().to_owned())
}

fn base_url(text: &str) -> Result<String, FieldError> {
    let wrong = || FieldError::new("base_url", "accounts-base-url-wrong");
    let uri: http::Uri = text.trim().parse().map_err(|_| wrong())?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or_else(wrong)?;
    let authority = uri.authority().ok_or_else(wrong)?;
    let bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
    if bare && !authority.host().is_empty() {
        return Ok(format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()));
    }
    Err(wrong())
}

/// The address of a machine elsewhere that we write to.
fn machine(field: &str, text: &str) -> Result<String, FieldError> {
    let wrong = || FieldError::new(field, "accounts-settings-address").arg("address", text);
    let uri: http::Uri = text.parse().map_err(|_| wrong())?;
    let fits = matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
        && text.len() <= LONGEST_ADDRESS;
    if fits { Ok(text.to_owned()) } else { Err(wrong()) }
}

fn hubs(text: &str) -> Result<Vec<String>, FieldError> {
    let found =
        text.split_whitespace().map(|text| machine("hubs", text)).collect::<Result<Vec<String>, FieldError>>()?;
    if found.len() > MOST_HUBS {
        return Err(FieldError::new("hubs", "accounts-settings-hubs-many").arg("most", MOST_HUBS));
    }
    Ok(found)
}

fn proxies(text: &str) -> Result<Vec<String>, FieldError> {
    let wrong = |text: &str| FieldError::new("trusted_proxies", "accounts-proxy-wrong").arg("address", text);
    let found = text
        .split([',', ' ', '\n', '\r', '\t'])
        .filter(|text| !text.is_empty())
        .map(|text| text.parse::<IpAddr>().map(|ip| ip.to_canonical().to_string()).map_err(|_| wrong(text)))
        .collect::<Result<Vec<String>, FieldError>>()?;
    if found.len() > MOST_PROXIES {
        return Err(FieldError::new("trusted_proxies", "accounts-proxies-many").arg("most", MOST_PROXIES));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SettingsForm {
        SettingsForm::of(&Settings::default())
    }

    fn refused(change: impl Fn(&mut SettingsForm)) -> Vec<String> {
        let mut form = form();
        change(&mut form);
        form.check(&Settings::default()).unwrap_err().into_iter().map(|e| e.field).collect()
    }

    #[test]
    fn a_form_that_was_not_touched_changes_nothing() {
        let settings = Settings {
            name: "The Salt Harbour".into(),
            languages: vec!["es".into(), "pt-BR".into()],
            time_zone: "Europe/Madrid".into(),
            tip_phone: "+34 600 000 000".into(),
            logo: "/media/0a1b.png".into(),
            trusted_proxies: vec!["10.0.0.9".into()],
            smtp: Some(Smtp {
                host: "mail.example.org".into(),
                port: 465,
                security: "tls".into(),
                user: "desk".into(),
                password: "secret".into(),
                from: "desk@example.org".into(),
            }),
            crawlers: Crawlers::NoTraining,
            hubs: vec!["https://hub.example/".into(), "https://other.example/hub".into()],
            cdn: Some(Cdn { purge_url: "https://cdn.example/purge".into(), token: "secret".into() }),
            ..Settings::default()
        };
        assert_eq!(SettingsForm::of(&settings).check(&settings), Ok(settings));
    }

    #[test]
    fn texts_are_put_in_their_usual_form() {
        let mut form = form();
        form.name = " The  Salt Harbour ".into();
        form.time_zone = "europe/madrid".into();
        form.languages = "EN; pt-br, en".into();
        form.base_url = "https://News.Example/".into();
        let settings = form.check(&Settings::default()).unwrap();
        assert_eq!(settings.name, "The Salt Harbour");
        assert_eq!(settings.time_zone, "Europe/Madrid");
        assert_eq!(settings.languages, ["en", "pt-BR"]);
        assert_eq!(settings.base_url, "https://news.example");
    }

    #[test]
    fn what_is_wrong_is_said_of_each_field() {
        assert_eq!(refused(|f| f.name = " ".into()), ["name"]);
        assert_eq!(refused(|f| f.tagline = "x".repeat(201)), ["tagline"]);
        for logo in ["https://evil.example/x.png", "/media/../desk", "/media/", "javascript:x"] {
            assert_eq!(refused(|f| f.logo = logo.into()), ["logo"]);
        }
        for phone in ["call us", "+34+600", "12", "1234567890123456"] {
            assert_eq!(refused(|f| f.tip_phone = phone.into()), ["tip_phone"]);
        }
        assert_eq!(refused(|f| f.time_zone = "Mars/Olympus".into()), ["time_zone"]);
        for tags in ["", "english!", "und", "123"] {
            assert_eq!(refused(|f| f.languages = tags.into()), ["languages"], "{tags}");
        }
        for url in ["", "news.example", "ftp://news.example", "https://news.example/blog", "https://a@b", "https://"] {
            assert_eq!(refused(|f| f.base_url = url.into()), ["base_url"], "{url}");
        }
        assert_eq!(refused(|f| f.trusted_proxies = "10.0.0.1, proxy".into()), ["trusted_proxies"]);
        for hub in ["hub.example", "ftp://hub.example/", "https://a@hub.example/", "javascript:x"] {
            assert_eq!(refused(|f| f.hubs = hub.into()), ["hubs"], "{hub}");
            assert_eq!(refused(|f| f.purge_url = hub.into()), ["purge_url"], "{hub}");
        }
        assert_eq!(refused(|f| f.crawlers = "none".into()), ["crawlers"]);
        assert_eq!(refused(|f| f.url_pattern = "/desk/{slug}".into()), ["url_pattern"]);
        let many = refused(|f| {
            f.name.clear();
            f.smtp_host = "mail.example.org".into();
            f.smtp_port = "many".into();
            f.smtp_security = "none".into();
            f.smtp_from = "desk".into();
        });
        assert_eq!(many, ["name", "smtp_port", "smtp_security", "smtp_from"]);
    }

    #[test]
    fn the_mail_password_stays_with_its_server() {
        let smtp = |host: &str, password: &str| {
            let mut form = form();
            form.smtp_host = host.into();
            form.smtp_user = "desk".into();
            form.smtp_from = "desk@example.org".into();
            form.smtp_password = password.into();
            form
        };
        let old = smtp("mail.example.org", "secret").check(&Settings::default()).unwrap();
        let kept = smtp("mail.example.org", "").check(&old).unwrap();
        assert_eq!(kept.smtp.unwrap().password, "secret");
        let moved = smtp("mail.evil.example", "").check(&old).unwrap_err();
        assert_eq!(moved[0].field, "smtp_password");
        assert!(!format!("{old:?}").contains("secret"), "a password is never printed");
        assert!(!serde_json::to_string(&SettingsForm::of(&old)).unwrap().contains("secret"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_is_refused_or_fits_in_one_line(text in "\\PC{0,60}|[a-z0-9:/@.{}+-]{0,40}") {
            let one = |change: fn(&mut SettingsForm) -> &mut String| {
                let mut form = form();
                *change(&mut form) = text.clone();
                form.check(&Settings::default())
            };
            let fields: [fn(&mut SettingsForm) -> &mut String; 8] = [
                |f| &mut f.name, |f| &mut f.logo, |f| &mut f.tip_phone, |f| &mut f.time_zone, |f| &mut f.languages,
                |f| &mut f.url_pattern, |f| &mut f.base_url, |f| &mut f.smtp_host,
            ];
            for field in fields {
                if let Ok(settings) = one(field) {
                    let again = SettingsForm::of(&settings).check(&settings);
                    proptest::prop_assert_eq!(again.as_ref(), Ok(&settings), "what was accepted is accepted again");
                    // A backslash that somebody typed is written twice, and is none of a line's end.
                    let json = serde_json::to_string(&settings).unwrap().replace(r"\\", "");
                    proptest::prop_assert!(!json.contains(r"\n"));
                }
            }
        }
    }
}
