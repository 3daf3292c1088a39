//! The gate before publication, and what publication writes: readers see exactly what passed, in the same commit.

use std::collections::HashSet;

use onrecord_base::{Conn, Result, Settings, Time, settings::Gate as Weighs};
use onrecord_quotation::verify::Profile;
use onrecord_stories::{Check, Draft, Finding, Kind, publishing::House};

use crate::{
    State,
    follow::{self, Text},
    judge,
    quotation::Quotation,
    scan::Found,
    store::standing::{self, PublishedStanding, Standing},
};

/// Findings named one by one; a story with more is counted. Nobody reads a list of a hundred.
const NAMED: usize = 50;
/// Characters of a quotation's words in a sentence of the desk.
const SHOWN: usize = 80;

/// The check of quotations before publication.
pub struct Gate;

impl Check for Gate {
    fn check(&self, conn: &mut Conn<'_>, house: House<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let Some(weighs) = weighs(house.settings, draft) else { return Ok(Vec::new()) };
        let found = follow::found(&draft.content.body);
        let records = follow::plan(conn, &draft.id, &found)?;
        let judged = judged(conn, house.settings, &found, &records)?;
        let told = told(conn, &draft.id, &judged)?;
        let mut findings = Vec::new();
        for (number, (found, (record, judged))) in (1..).zip(found.iter().zip(records.iter().zip(judged))) {
            let url = || format!("{}#quotation-{number}", record_url(&draft.id));
            let about = |finding: Finding| finding.arg("words", shortened(&found.words)).at(url());
            match judged.words {
                State::Unsourced => findings.push(about(weighs("record-check-unsourced"))),
                State::Altered => findings.push(about(weighs("record-check-altered"))),
                _ => {}
            }
            if judged.state == State::Disputed {
                // Somebody has answered for it once, and readers are told: it holds up no correction.
                let known = told.contains(&record.id);
                let weighs: fn(&str) -> Finding =
                    if known { |message| Finding::warns("body", message) } else { weighs };
                findings.push(about(weighs("record-check-disputed")));
            }
        }
        let more = findings.len().saturating_sub(NAMED);
        if more > 0 {
            findings.truncate(NAMED);
            findings.push(weighs("record-check-more").arg("count", more).at(record_url(&draft.id)));
        }
        Ok(findings)
    }

    fn prepare(&self, conn: &mut Conn<'_>, house: House<'_>, draft: &Draft) -> Result<()> {
        // What is found and compared is remembered.
        self.check(conn, house, draft).map(drop)
    }

    fn published(
        &self,
        conn: &mut Conn<'_>,
        house: House<'_>,
        draft: &Draft,
        by: Option<&str>,
        now: Time,
    ) -> Result<()> {
        if draft.kind == Kind::Page {
            return Ok(());
        }
        let found = follow::found(&draft.content.body);
        let text = Text { story: &draft.id, version: draft.version, found: &found };
        let placed = follow::follow(conn, house.random, text, by.unwrap_or_default(), now)?;
        publish(conn, house.settings, &draft.id, draft.version, placed, now)
    }

    fn withdrawn(&self, conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
        standing::follow_publication(conn, story, None)?;
        standing::withdraw(conn, story, now)
    }
}

/// Where a story's quotations are looked at.
pub(crate) fn record_url(story: &str) -> String {
    format!("/desk/stories/{story}/record")
}

/// The house's rules for comparing.
pub(crate) fn profile(settings: &Settings) -> Profile {
    judge::profile(settings.quotation_profile.name())
}

/// Copies what stands in a text to what readers see, with the verdicts of this moment. The gate does it for what is
/// published at the desk; others call it for what is public already.
///
/// # Errors
/// As [`Conn::query`].
pub fn publish(
    conn: &mut Conn<'_>,
    settings: &Settings,
    story: &str,
    revision: i64,
    placed: Vec<(Standing, Quotation)>,
    now: Time,
) -> Result<()> {
    let pairs: Vec<(&str, &Quotation)> = placed.iter().map(|(s, record)| (s.words.as_str(), record)).collect();
    let judged = judge::all(conn, &pairs, profile(settings))?;
    let copies: Vec<PublishedStanding> = placed
        .into_iter()
        .zip(judged)
        .map(|((standing, record), judged)| PublishedStanding::of(standing, &record, judged.state))
        .collect();
    standing::publish(conn, story, &copies, now)?;
    standing::follow_publication(conn, story, Some(revision))
}

/// The quotations of a story that readers are told are disputed; not asked for where nothing is.
fn told(conn: &mut Conn<'_>, story: &str, judged: &[judge::Judgement]) -> Result<HashSet<String>> {
    if judged.iter().all(|judged| judged.state != State::Disputed) {
        return Ok(HashSet::new());
    }
    let public = standing::of_published(conn, story)?;
    Ok(public.into_iter().filter(|copy| copy.disputed.is_some()).map(|copy| copy.standing.quotation).collect())
}

fn judged(
    conn: &mut Conn<'_>,
    settings: &Settings,
    found: &[Found],
    records: &[Quotation],
) -> Result<Vec<judge::Judgement>> {
    let pairs: Vec<(&str, &Quotation)> = found.iter().map(|f| f.words.as_str()).zip(records).collect();
    judge::all(conn, &pairs, profile(settings))
}

/// How much a finding weighs for this story; none if quotations are not looked at.
fn weighs(settings: &Settings, draft: &Draft) -> Option<fn(&str) -> Finding> {
    let imported = draft.created_by.is_none() && !settings.quotation_gate_imported;
    match settings.quotation_gate {
        Weighs::Off => None,
        _ if draft.kind == Kind::Page => None,
        Weighs::Block if !imported => Some(|message| Finding::needs_reason("body", message)),
        Weighs::Block | Weighs::Warn => Some(|message| Finding::warns("body", message)),
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        None => words.to_owned(),
        Some((at, _)) => {
            let cut = words.get(..at).unwrap_or(words);
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
        }
    }
}
