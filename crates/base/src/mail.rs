//! Outgoing mail: plain text through the relay that the settings name.
//!
//! Invariants: a mail says that a machine sent it (RFC 3834), its lines and headers are encoded by the mail library
//! and never put together here; a relay that hangs is given up on after [`PATIENCE`]; a password travels only
//! encrypted, or to this same machine.

use std::time::{Duration, SystemTime};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{authentication::Credentials, extension::ClientId},
};

use crate::{App, Error, Result, settings::Smtp};

/// How long a relay may take for one mail, everything together; the library's own limit covers the connection only.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Address that ends mails of this kind: by opening it, or with one press in a mail program (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Whether the newsroom can send mail at all.
pub fn is_set_up(app: &App) -> bool {
    app.settings().smtp.is_some()
}

/// Sends a mail now. Where a lost mail matters, call it from a job, which is tried again.
///
/// # Errors
/// `Error::Refused` if no relay is set; `Error::Unavailable` with the relay's answer.
pub async fn send(app: &App, mail: Mail) -> Result<()> {
    let settings = app.settings();
    let smtp = settings.smtp.as_ref().ok_or_else(|| Error::refused("base-mail-off"))?;
    let message = compose(app, &settings.name, smtp, mail)?;
    let sending = transport(smtp)?;
    match tokio::time::timeout(PATIENCE, sending.send(message)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) => Err(Error::unavailable(format!("{} does not take the mail: {}", smtp.host, causes(&e)))),
        Err(_) => Err(Error::unavailable(format!("{} did not answer within {} s", smtp.host, PATIENCE.as_secs()))),
    }
}

/// True for a host that is this machine: the only one that may be spoken to without encryption.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// True if an address can be written to, as far as its form tells.
pub fn is_address(address: &str) -> bool {
    address.parse::<lettre::Address>().is_ok()
}

fn compose(app: &App, name: &str, smtp: &Smtp, mail: Mail) -> Result<Message> {
    let address = |text: &str| {
        text.trim().parse::<lettre::Address>().map_err(|e| Error::unavailable(format!("the address {text:?}: {e}")))
    };
    let from = address(&smtp.from)?;
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(app.now().millis()).unwrap_or(0));
    let id = format!("<{}@{}>", app.id(), from.domain());
    let mut message = Message::builder()
        .from(Mailbox::new(Some(name.to_owned()), from))
        .to(Mailbox::new(None, address(&mail.to)?))
        .subject(mail.subject)
        .date(now)
        .message_id(Some(id))
        .header(AutoSubmitted);
    if let Some(address) = &mail.unsubscribe {
        message = message.header(ListUnsubscribe(format!("<{address}>"))).header(ListUnsubscribePost);
    }
    message
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.body))
        .map_err(|e| Error::unavailable(format!("the mail cannot be put together: {e}")))
}

fn transport(smtp: &Smtp) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = match smtp.security.as_str() {
        "tls" => AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host),
        "starttls" => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host),
        _ if is_loopback(&smtp.host) => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)),
        _ => return Err(Error::unavailable(format!("{} is another machine: mail to it must be encrypted", smtp.host))),
    };
    // Our own machine's name is nobody's business: the relay is greeted with the sender's domain.
    let domain = smtp.from.rsplit('@').next().unwrap_or("localhost").to_owned();
    let mut builder = builder
        .map_err(|e| Error::unavailable(format!("the mail relay {}: {}", smtp.host, causes(&e))))?
        .port(smtp.port)
        .hello_name(ClientId::Domain(domain))
        .timeout(Some(PATIENCE));
    if !smtp.user.is_empty() {
        builder = builder.credentials(Credentials::new(smtp.user.clone(), smtp.password.clone()));
    }
    Ok(builder.build())
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let more = cause.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        next = cause.source();
    }
    text
}

/// `Auto-Submitted: auto-generated` (RFC 3834): no out-of-office answers, please.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// `List-Unsubscribe` (RFC 2369): where mails of this kind are ended.
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ListUnsubscribe(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// `List-Unsubscribe-Post` (RFC 8058): a mail program may end them by one request.
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ListUnsubscribePost)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".into())
    }
}
