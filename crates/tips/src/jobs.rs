//! Work in the background: the mail that says nothing but that somebody wrote, and the nightly round.
//!
//! Neither tells when. Both stand in line always, whether something came or not: the round for the night, the mails' job for
//! the next full hour, without a desk's name. What that job has told of, it remembers in memory and nowhere else, so no row
//! says "not told yet"; after a restart it tells once more of what is still unread, and so may, once, another node.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use onrecord_accounts::{Action, Staff, store::staff};
use onrecord_base::{
    App, Conn, Result, Time,
    fetch::Reach,
    jobs::{self, Job, Registry},
    mail::{self, Mail},
    messages::Arg,
    web::chrome,
};

use crate::{
    Day, Epoch,
    channels::errand,
    erase, keys, store,
    store::{arrivals, desks, line, messages, places, tips},
    tip::today,
    vault,
};

/// Kinds that were put in line when a tip came, up to version 0.1: they are taken out of it.
const OLD: &str = "tips.notice";
const NOTICES: &str = "tips.notices";
const ROUND: &str = "tips.round";
const HOUR: i64 = 3_600_000;
/// The round's hour, UTC.
const ROUND_HOUR: i64 = 3;
/// Days before a month's end from which journalists are reminded to make keys for the next.
const REMIND: i64 = 5;

/// Unread threads that desks were told of, and how far each had come.
type Told = HashSet<(String, i64)>;

/// The jobs of this area.
pub fn register(registry: &mut Registry) {
    register_reaching(registry, Reach::Public);
}

/// The same, for tests: providers on this machine can be reached.
pub(crate) fn register_reaching(registry: &mut Registry, reach: Reach) {
    let told = Arc::new(Mutex::new(Told::new()));
    registry
        .job(errand::KIND, move |app, job| async move { errand::handle(&app, &job, reach).await })
        .job(NOTICES, move |app, _| {
            let told = told.clone();
            async move { notices(&app, &told).await }
        })
        .job(ROUND, |app, job| async move { round(&app, &job).await });
}

/// Sees to it that the nightly round is made; called when a server starts.
///
/// # Errors
/// If the job cannot be kept.
pub async fn keep_order(app: &App) -> Result<()> {
    vault::sweep(&app.data)?;
    if app.db.read(line::load).await?.is_some() {
        vault::furnish(&app.data)?;
    }
    let now = app.now();
    app.db
        .write(move |conn| {
            store::jobs::remove(conn, OLD)?;
            next_notices(conn, now)?;
            next_round(conn, now)
        })
        .await
}

/// Puts the mails in line, for the next full hour.
fn next_notices(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    let hour = Time::from_millis((now.millis().div_euclid(HOUR) + 1) * HOUR);
    let id = format!("{NOTICES}:{}", hour.millis() / HOUR);
    jobs::enqueue(conn, &id, NOTICES, &(), hour, Day::of(now).begins())
}

/// When the next nightly round is made.
pub(crate) fn next_night(now: Time) -> Time {
    let today = Day::of(now).begins().plus(ROUND_HOUR * HOUR);
    if today > now { today } else { Day::of(now).plus(1).begins().plus(ROUND_HOUR * HOUR) }
}

fn next_round(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    let next = next_night(now);
    // An id of its own for each night: the round that runs puts the next in line.
    let id = format!("{ROUND}:{}", Day::of(next).text());
    jobs::enqueue(conn, &id, ROUND, &(), next, Day::of(now).begins())
}

/// Tells those at the desks in which something is unread that they have not been told of.
async fn notices(app: &App, told: &Mutex<Told>) -> Result<()> {
    let now = app.now();
    // First, so that a fault below does not end the mails.
    app.db.write(move |conn| next_notices(conn, now)).await?;
    let unread = app.db.read(tips::unread).await?;
    let before = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let new = |(_, tip, next): &&(String, String, i64)| !before.contains(&(tip.clone(), *next));
    let wanted: BTreeSet<String> = unread.iter().filter(new).map(|(desk, ..)| desk.clone()).collect();
    let people = app
        .db
        .read(move |conn| {
            let mut people = BTreeMap::new();
            for desk in &wanted {
                for id in desks::members(conn, desk)? {
                    let person = staff::find(conn, &id)?;
                    let person = person.filter(|person| person.active() && person.role.can(Action::ReadTips));
                    people.extend(person.map(|person| (id, person)));
                }
            }
            Ok(people.into_values().collect::<Vec<Staff>>())
        })
        .await?;
    send_all(app, &people, "tips-mail-notice").await?;
    let now_told = unread.into_iter().map(|(_, tip, next)| (tip, next)).collect();
    *told.lock().unwrap_or_else(PoisonError::into_inner) = now_told;
    Ok(())
}

/// Erases what is due, forgets old deliveries, takes hour and order from what came before today, reminds of keys.
async fn round(app: &App, _: &Job) -> Result<()> {
    let now = app.now();
    // First, so that a fault below does not end the rounds.
    app.db.write(move |conn| next_round(conn, now)).await?;
    let today = today(app);
    erase::due(app).await?;
    app.db.write(move |conn| arrivals::trim(conn, today)).await?;
    mix(app, today).await?;
    remind(app).await
}

/// Makes the files of the days before this one anew, and puts their rows elsewhere: nothing on the disk shall tell in which
/// order, and at what hour, what is there has come.
async fn mix(app: &App, today: Day) -> Result<()> {
    let (random, data) = (app.random.clone(), app.data.clone());
    let (since, files, keys) = app
        .db
        .read(move |conn| {
            let since = line::mixed(conn)?;
            let files = messages::files_of_days(conn, since, today)?;
            Ok((since, files, places::of_days(conn, since, today, &random)?))
        })
        .await?;
    let nothing = keys.is_empty();
    let work = move || files.iter().try_for_each(|(file, day)| vault::blur(&data, file, *day));
    tokio::task::spawn_blocking(work).await.map_err(|e| onrecord_base::Error::internal(e.to_string()))??;
    for batch in keys.chunks(places::BATCH) {
        let batch = batch.to_vec();
        app.db.write(move |conn| places::mix_messages(conn, &batch)).await?;
    }
    app.db
        .write(move |conn| {
            places::mix_threads(conn, since, today)?;
            line::save_mixed(conn, today.plus(-1))
        })
        .await?;
    if nothing { Ok(()) } else { erase::scrub(app, &["tip_messages", "tips"]).await }
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
