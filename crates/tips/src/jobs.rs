//! Work in the background: the mail that says nothing but that somebody wrote, and the nightly round.

use onrecord_accounts::{Action, Staff, store::staff};
use onrecord_base::{
    App, Conn, Result, Time,
    fetch::Reach,
    jobs::{self, Job, Registry},
    mail::{self, Mail},
    messages::Arg,
    web::chrome,
};
use serde::{Deserialize, Serialize};

use crate::{
    Day, Epoch,
    channels::errand,
    erase, keys,
    store::{arrivals, desks, messages},
    tip::today,
    vault,
};

const NOTICE: &str = "tips.notice";
const ROUND: &str = "tips.round";
const HOUR: i64 = 3_600_000;
/// The round's hour, UTC.
const ROUND_HOUR: i64 = 3;
/// Days before a month's end from which journalists are reminded to make keys for the next.
const REMIND: i64 = 5;

#[derive(Serialize, Deserialize)]
struct ForDesk {
    desk: String,
}

/// The jobs of this area.
pub fn register(registry: &mut Registry) {
    register_reaching(registry, Reach::Public);
}

/// The same, for tests: providers on this machine can be reached.
pub(crate) fn register_reaching(registry: &mut Registry, reach: Reach) {
    registry
        .job(errand::KIND, move |app, job| async move { errand::handle(&app, &job, reach).await })
        .job(NOTICE, |app, job| async move { notice(&app, &job).await })
        .job(ROUND, |app, job| async move { round(&app, &job).await });
}

/// Sees to it that the nightly round is made; called when a server starts.
///
/// # Errors
/// If the job cannot be kept.
pub async fn keep_order(app: &App) -> Result<()> {
    vault::sweep(&app.data)?;
    let now = app.now();
    app.db.write(move |conn| next_round(conn, now)).await
}

/// Puts the desk's mail in line: with the next full hour, one for all that comes before it, so that neither the mail nor
/// the line tells when the source wrote.
pub(crate) fn notify(conn: &mut Conn<'_>, desk: &str, now: Time) -> Result<()> {
    let hour = Time::from_millis((now.millis().div_euclid(HOUR) + 1) * HOUR);
    let payload = ForDesk { desk: desk.to_owned() };
    jobs::enqueue(conn, &format!("{NOTICE}:{desk}"), NOTICE, &payload, hour, Day::of(now).begins())
}

fn next_round(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    let today = Day::of(now).begins().plus(ROUND_HOUR * HOUR);
    let next = if today > now { today } else { Day::of(now).plus(1).begins().plus(ROUND_HOUR * HOUR) };
    // An id of its own for each night: the round that runs puts the next in line.
    let id = format!("{ROUND}:{}", Day::of(next).text());
    jobs::enqueue(conn, &id, ROUND, &(), next, Day::of(now).begins())
}

async fn notice(app: &App, job: &Job) -> Result<()> {
    let ForDesk { desk } = job.read()?;
    let people = app
        .db
        .read(move |conn| {
            let mut people = Vec::new();
            for id in desks::members(conn, &desk)? {
                people.extend(
                    staff::find(conn, &id)?.filter(|person| person.active() && person.role.can(Action::ReadTips)),
                );
            }
            Ok(people)
        })
        .await?;
    send_all(app, &people, "tips-mail-notice").await
}

/// Erases what is due, forgets old deliveries, takes the hour from yesterday's files, reminds of keys.
async fn round(app: &App, _: &Job) -> Result<()> {
    let now = app.now();
    // First, so that a fault below does not end the rounds.
    app.db.write(move |conn| next_round(conn, now)).await?;
    let today = today(app);
    erase::due(app).await?;
    app.db.write(move |conn| arrivals::trim(conn, today)).await?;
    let yesterday = today.plus(-1);
    let (files, data) = (app.db.read(move |conn| messages::files_of_day(conn, yesterday)).await?, app.data.clone());
    let work = move || files.iter().try_for_each(|file| vault::blur(&data, file, yesterday));
    tokio::task::spawn_blocking(work).await.map_err(|e| onrecord_base::Error::internal(e.to_string()))??;
    remind(app).await
}

async fn remind(app: &App) -> Result<()> {
    let (now, today) = (app.now(), today(app));
    let (current, soon) = (Epoch::of(now), Epoch::of(today.plus(REMIND).begins()));
    let month_ends = soon != current;
    let (without, managers, ends) = app
        .db
        .read(move |conn| {
            let mut without = Vec::new();
            for person in keys::readers(conn)? {
                if keys::lacks_keys(conn, &person.id, &current)?
                    || month_ends && keys::lacks_keys(conn, &person.id, &soon)?
                {
                    without.push(person);
                }
            }
            let all = staff::list(conn)?.into_iter();
            let managers: Vec<Staff> =
                all.filter(|person| person.active() && person.role.can(Action::ManageTipKeys)).collect();
            Ok((without, managers, keys::list_ends(conn)?))
        })
        .await?;
    // Twice a week is enough: nobody reads a mail that comes every day.
    if today.number() % 3 == 0 {
        send_all(app, &without, "tips-mail-keys").await?;
        if ends.is_some_and(|until| keys::ends_soon(app, until)) {
            send_all(app, &managers, "tips-mail-list").await?;
        }
    }
    Ok(())
}

/// Sends the same few words to some people. No tip, no desk, no number, no source is in them.
async fn send_all(app: &App, people: &[Staff], key: &str) -> Result<()> {
    if !mail::is_set_up(app) {
        return Ok(());
    }
    let settings = app.settings();
    let language = chrome::language(app);
    for person in people {
        let say = |part: &str| {
            let site = ("site", Arg::from(settings.name.clone()));
            let link = ("link", Arg::from(format!("{}/desk/tips", settings.base_url)));
            app.messages.text(&language, &format!("{key}-{part}"), [site, link])
        };
        let mail = Mail { to: person.email.clone(), subject: say("subject"), body: say("body"), unsubscribe: None };
        mail::send(app, mail).await?;
    }
    Ok(())
}
