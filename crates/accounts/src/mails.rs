//! The mails of this area.

use onrecord_base::{
    App, Conn, Result, Time,
    jobs::{self, Job, Registry},
    mail::{self, Mail},
    messages::Arg,
    web::chrome,
};
use serde::{Deserialize, Serialize};

use crate::{Purpose, Staff, operator, store};

const RECOVERY: &str = "accounts.recovery";

/// What the recovery job needs. No link stands here: it is made when the mail is sent, so that no working link ever
/// lies in the database.
#[derive(Serialize, Deserialize)]
struct Recovery {
    email: String,
}

/// The jobs of this area.
pub fn jobs(registry: &mut Registry) {
    registry.job(RECOVERY, |app, job| async move { recovery(&app, &job).await });
}

/// Puts a recovery mail in line, whether or not anybody has the address: only the job finds out, and nobody waits for
/// the job.
pub(crate) fn request_recovery(conn: &mut Conn<'_>, id: &str, email: &str, now: Time) -> Result<()> {
    jobs::enqueue(conn, id, RECOVERY, &Recovery { email: email.to_owned() }, now, now)
}

async fn recovery(app: &App, job: &Job) -> Result<()> {
    let Recovery { email } = job.read()?;
    let found = app.db.read(move |conn| store::staff::by_email(conn, &email)).await?;
    let Some(staff) = found.filter(Staff::active) else { return Ok(()) };
    let link = operator::make_link(app, Purpose::Recovery, &staff.id).await?;
    let address = link.url(&app.settings());
    send(app, &staff.email, "accounts-mail-recovery", vec![("name", staff.name), ("link", address)]).await
}

/// The invitation's mail.
pub(crate) async fn invitation(app: &App, to: &str, by: &str, link: &str) -> Result<()> {
    send(app, to, "accounts-mail-invitation", vec![("by", by.into()), ("link", link.into())]).await
}

/// A mail that only says that mail works.
pub(crate) async fn test(app: &App, to: &str) -> Result<()> {
    send(app, to, "accounts-mail-test", Vec::new()).await
}

async fn send(app: &App, to: &str, key: &str, args: Vec<(&'static str, String)>) -> Result<()> {
    let language = chrome::language(app);
    let say = |part: &str| {
        let site = ("site", Arg::from(app.settings().name.clone()));
        let args = args.iter().map(|(name, value)| (*name, Arg::from(value.clone())));
        app.messages.text(&language, &format!("{key}-{part}"), args.chain([site]))
    };
    mail::send(app, Mail { to: to.to_owned(), subject: say("subject"), body: say("body"), unsubscribe: None }).await
}
