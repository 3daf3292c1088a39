//! From draft to publication and back: publish, update, schedule, withdraw, kill, restore.
//!
//! Functions over one [`Conn`], each one transaction's whole work. Publishing takes the version somebody looked at, so
//! that nothing is published that its publisher has not seen.

use onrecord_base::{Conn, Error, Random, Result, Settings, Time, jobs};
use serde::{Deserialize, Serialize};

use crate::{
    Checks, Draft, Finding, Kind, Override, State, Weight,
    store::{self, addresses, drafts, overrides, publications, revisions, revisions::Mark, states},
};

/// The kind of job that publishes what is due.
pub const JOB: &str = "stories.publication";

/// Longest reason of a kill, or of a publication in spite of what was found.
pub const LONGEST_REASON: usize = 2000;

/// What came of a wish to publish.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Readers see it, at this path.
    Published(String),
    /// They will, at this time.
    Scheduled(Time),
    /// Checks found something that blocks, or that nobody has said yes to. Nothing was changed.
    Held(Vec<Finding>),
}

/// A wish to publish.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// The story.
    pub story: &'a str,
    /// The version that was looked at.
    pub version: i64,
    /// Who wishes it: staff id, none for the command line.
    pub by: Option<&'a str>,
    /// True once somebody has seen the warnings and means it.
    pub despite_warnings: bool,
    /// Why it is published in spite of findings that need a reason; none from those who may not override them.
    pub reason: Option<&'a str>,
}

impl Wish<'_> {
    /// The reason, as it is kept.
    fn reason(&self) -> Result<Option<String>> {
        let reason = self.reason.map(crate::text::paragraph).filter(|reason| !reason.is_empty());
        match reason {
            Some(reason) if reason.len() > LONGEST_REASON => {
                Err(Error::field("override_reason", "stories-override-reason-too-long"))
            }
            reason => Ok(reason),
        }
    }

    fn lets_pass(&self, finding: &Finding, reason: Option<&str>) -> bool {
        match finding.weight {
            Weight::Blocks => false,
            Weight::NeedsReason => reason.is_some(),
            Weight::Warns => self.despite_warnings,
        }
    }
}

/// What publishing needs of the newsroom.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// Its settings.
    pub settings: &'a Settings,
    /// Its checks.
    pub checks: &'a Checks,
    /// Its ids.
    pub random: &'a Random,
}

#[derive(Debug, Serialize, Deserialize)]
struct Due {
    story: String,
}

/// Publishes a story's draft, or sets it to be published if its time is to come.
///
/// # Errors
/// `Error::NotFound`; `Error::Stale` if the version is not the newest; `Error::Refused` while it is killed.
pub fn publish(conn: &mut Conn<'_>, house: House<'_>, wish: Wish<'_>, now: Time) -> Result<Outcome> {
    store::lock(conn, wish.story)?;
    let mut draft = drafts::get(conn, wish.story)?;
    if draft.version != wish.version {
        return Err(Error::Stale);
    }
    let state = states::of(conn, wish.story)?;
    if let State::Killed(_) = state {
        return Err(Error::refused("stories-killed-not-publishable"));
    }
    let due = draft.content.published_at.filter(|at| *at > now);
    let at = due.unwrap_or(now);
    let findings = findings(conn, house, &draft, at)?;
    let reason = wish.reason()?;
    if !findings.iter().all(|finding| wish.lets_pass(finding, reason.as_deref())) {
        return Ok(Outcome::Held(findings));
    }
    settle_slug(conn, &mut draft, wish.by, now)?;
    if let Some(reason) = reason {
        keep_reason(conn, house, &draft, findings, reason, wish.by, now)?;
    }
    match due {
        Some(due) => {
            revisions::mark(conn, &draft.id, draft.version, Mark::Scheduled)?;
            states::schedule(conn, &draft.id, draft.version, due, wish.by, now)?;
            let job = Due { story: draft.id.clone() };
            jobs::enqueue(conn, &job_id(&draft.id), JOB, &job, due, now)?;
            Ok(Outcome::Scheduled(due))
        }
        None => {
            unschedule(conn, &draft.id)?;
            let path = put(conn, house, &draft, &state, wish.by, now)?;
            Ok(Outcome::Published(path))
        }
    }
}

/// What the checks and the address say about publishing a draft at a time.
///
/// # Errors
/// If a check could not look.
pub fn findings(conn: &mut Conn<'_>, house: House<'_>, draft: &Draft, at: Time) -> Result<Vec<Finding>> {
    let mut findings = house.checks.run(conn, house, draft)?;
    // Without a slug the checks have said so already.
    if !draft.content.effective_slug().is_empty() {
        match addresses::choose(conn, house.settings, draft, at) {
            Ok(_) => {}
            Err(Error::Invalid(fields)) => findings.splice(0..0, fields.into_iter().map(Finding::from)).for_each(drop),
            Err(other) => return Err(other),
        }
    }
    Ok(findings)
}

/// A reason that nothing needed is not kept: it would accuse a sound story.
fn keep_reason(
    conn: &mut Conn<'_>,
    house: House<'_>,
    draft: &Draft,
    mut findings: Vec<Finding>,
    reason: String,
    by: Option<&str>,
    now: Time,
) -> Result<()> {
    findings.retain(|finding| finding.weight == Weight::NeedsReason);
    if findings.is_empty() {
        return Ok(());
    }
    let by = by.map(str::to_owned);
    let kept = Override { version: draft.version, at: now, by, reason, findings };
    overrides::insert(conn, &house.random.id(now), &draft.id, &kept)
}

/// The slug that was made of the headline is written down, so that a later headline does not move the story.
fn settle_slug(conn: &mut Conn<'_>, draft: &mut Draft, by: Option<&str>, now: Time) -> Result<()> {
    let slug = draft.content.effective_slug();
    if slug != draft.content.slug {
        draft.content.slug = slug;
        draft.version = drafts::write(conn, &draft.id, draft.version, &draft.content, None, by, now)?;
    }
    Ok(())
}

fn put(
    conn: &mut Conn<'_>,
    house: House<'_>,
    draft: &Draft,
    state: &State,
    by: Option<&str>,
    now: Time,
) -> Result<String> {
    let public = state.publication();
    let first = match public {
        Some(publication) => Some(publication.published_at),
        None => drafts::first_published_at(conn, &draft.id)?,
    };
    let published_at = draft.content.published_at.or(first).unwrap_or(now);
    let path = addresses::choose(conn, house.settings, draft, published_at)?;
    let ids = || house.random.id(now);
    let tags = match draft.kind {
        Kind::Story => publications::tags(conn, &draft.content.tags, &ids, now)?,
        Kind::Page => Vec::new(),
    };
    let updated_at = first.map(|_| now).filter(|now| *now > published_at);
    revisions::mark(conn, &draft.id, draft.version, Mark::Published)?;
    let new = publications::New { draft, path: &path, published_at, updated_at, by, tags: &tags };
    publications::put(conn, &new, now)?;
    house.checks.published(conn, house, draft, by, now)?;
    Ok(path)
}

/// Publishes what its hour has come for. Called by the job; does nothing if the schedule was changed or dropped.
///
/// # Errors
/// As [`Conn::query`].
pub fn publish_due(conn: &mut Conn<'_>, house: House<'_>, story: &str, now: Time) -> Result<()> {
    store::lock(conn, story)?;
    let Some(schedule) = states::schedule_of(conn, story)? else { return Ok(()) };
    if schedule.due_at > now || schedule.failed.is_some() {
        return Ok(());
    }
    let Some(mut draft) = drafts::find(conn, story)? else { return Ok(()) };
    let Some((_, mut content)) = revisions::find(conn, story, schedule.revision)? else {
        return states::schedule_failed(conn, story, &Finding::blocks("", "stories-schedule-failed"));
    };
    drafts::link_names(conn, &mut content)?;
    content.published_at = Some(schedule.due_at);
    draft.version = schedule.revision;
    draft.content = content;
    let findings = findings(conn, house, &draft, schedule.due_at)?;
    // What somebody gave a reason for when it was set stands; what came up since does not.
    let meant = overrides::of_version(conn, story, schedule.revision)?;
    let holds = |finding: &&Finding| match finding.weight {
        Weight::Blocks => true,
        Weight::NeedsReason => !meant.iter().flat_map(|o| &o.findings).any(|known| known.says_what(finding)),
        Weight::Warns => false,
    };
    if let Some(finding) = findings.iter().find(holds) {
        return states::schedule_failed(conn, story, finding);
    }
    let state = states::of(conn, story)?;
    states::unschedule(conn, story)?;
    put(conn, house, &draft, &state, schedule.by.as_deref(), now).map(drop)
}

/// Drops a schedule. False if there is none.
///
/// # Errors
/// As [`Conn::query`].
pub fn unschedule(conn: &mut Conn<'_>, story: &str) -> Result<bool> {
    jobs::cancel(conn, &job_id(story))?;
    states::unschedule(conn, story)
}

/// Takes a story down. It stays at the desk and may be published again, at the same address.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` if it is not published.
pub fn withdraw(conn: &mut Conn<'_>, checks: &Checks, story: &str, now: Time) -> Result<()> {
    store::lock(conn, story)?;
    let kind = states::kind(conn, story)?;
    let scheduled = unschedule(conn, story)?;
    let published = publications::remove(conn, kind, story, now)?;
    match published || scheduled {
        true => checks.withdrawn(conn, story, now),
        false => Err(Error::refused("stories-not-published")),
    }
}

/// Kills a story: taken down, its links for previews dead, and not to be published until it is restored.
///
/// # Errors
/// `Error::NotFound`; `Error::Invalid` without a reason.
pub fn kill(
    conn: &mut Conn<'_>,
    checks: &Checks,
    story: &str,
    reason: &str,
    by: Option<&str>,
    now: Time,
) -> Result<()> {
    let reason = crate::text::paragraph(reason);
    if reason.is_empty() {
        return Err(Error::field("reason", "stories-kill-reason-missing"));
    }
    if reason.len() > LONGEST_REASON {
        return Err(Error::field("reason", "stories-kill-reason-too-long"));
    }
    store::lock(conn, story)?;
    let kind = states::kind(conn, story)?;
    unschedule(conn, story)?;
    publications::remove(conn, kind, story, now)?;
    checks.withdrawn(conn, story, now)?;
    store::previews::revoke_all(conn, story)?;
    states::kill(conn, story, &reason, by, now)?;
    conn.changed("story", story, now)
}

/// Lifts a kill: the story is a draft again, published only if somebody publishes it.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` if it is not killed.
pub fn restore(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    store::lock(conn, story)?;
    match states::unkill(conn, story)? {
        true => conn.changed("story", story, now),
        false => Err(Error::refused("stories-not-killed")),
    }
}

fn job_id(story: &str) -> String {
    format!("publish:{story}")
}
