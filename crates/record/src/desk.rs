//! What the desk sees of a story's quotations: the page and its script show the same.

use std::collections::HashMap;

use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Conn, Error, Result, Settings};
use onrecord_stories::store::index;
use serde::Serialize;

use crate::{
    State,
    gate::{profile, record_url},
    judge::{self, Judgement, Piece},
    person::{Person, folded},
    quotation::{CHANNELS, Quotation},
    source::SourceKind,
    store::{
        people, quotations as records,
        sources::{self, Narrow, SourceLine},
        standing::{self, Standing},
    },
};

/// Sources offered besides those that are used: what one looks for is mostly what one took last.
const NEWEST: usize = 30;
/// Other stories named for one quotation.
const ELSEWHERE: usize = 20;

/// Who looks.
#[derive(Clone)]
pub(crate) struct Viewer {
    staff: String,
    any_story: bool,
    may_override: bool,
    names: HashMap<String, String>,
    sources: Narrow,
}

impl Viewer {
    pub(crate) async fn of(app: &App, actor: &Actor) -> Result<Viewer> {
        let staff = app.db.read(onrecord_accounts::store::staff::list).await?;
        Ok(Viewer {
            staff: actor.staff_id.clone(),
            any_story: actor.can(Action::EditAnyStory),
            may_override: actor.can(Action::OverrideRecord),
            names: staff.into_iter().map(|person| (person.id, person.name)).collect(),
            sources: Narrow::seen_by(actor),
        })
    }
}

/// A story's record.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordShown {
    /// The version of the draft it was read from.
    pub version: i64,
    pub gate: &'static str,
    pub profile: &'static str,
    pub may_override: bool,
    pub channels: Vec<&'static str>,
    pub quotations: Vec<QuotationShown>,
    pub sources: Vec<SourceShown>,
}

/// A quotation where it stands in the story.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct QuotationShown {
    pub id: String,
    /// Of the record, for corrections.
    pub version: i64,
    pub position: i64,
    pub words: String,
    pub prefix: String,
    pub suffix: String,
    pub kind: String,
    pub state: State,
    pub speaker: String,
    pub person: Option<PersonShown>,
    pub channel: String,
    pub outlet: String,
    pub addressee: String,
    pub said_on: String,
    pub confirmed: bool,
    pub disputed: Option<String>,
    pub source: Option<SourceShown>,
    pub aligned: Vec<Piece>,
    pub before: String,
    pub after: String,
    pub elsewhere: Vec<ElsewhereShown>,
    pub variant_of: Option<VariantShown>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PersonShown {
    pub id: String,
    pub name: String,
    pub slug: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourceShown {
    pub id: String,
    pub kind: SourceKind,
    pub title: String,
    pub url: String,
    pub captured_at: String,
    pub captured_by: String,
    pub confidential: bool,
    /// False for a confidential one of somebody else: then nothing more stands here.
    pub seen: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ElsewhereShown {
    pub story: String,
    pub headline: String,
    pub url: String,
    pub published: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct VariantShown {
    pub id: String,
    pub words: String,
    /// Where those words stand still.
    pub elsewhere: Vec<ElsewhereShown>,
}

/// The record of a story, as it was followed last.
///
/// # Errors
/// As [`Conn::query`].
pub(crate) fn load(conn: &mut Conn<'_>, settings: &Settings, viewer: &Viewer, story: &str) -> Result<RecordShown> {
    let standings = standing::of_draft(conn, story)?;
    let known = records::of_draft(conn, story)?;
    let around = Around::read(conn, viewer, story, &known)?;
    let mut lines = sources::of_draft(conn, story)?;
    for line in sources::list(conn, &viewer.sources, 0, NEWEST)? {
        if lines.iter().all(|known| known.id != line.id) {
            lines.push(line);
        }
    }
    let shown: Vec<SourceShown> = lines.iter().map(|line| source_shown(viewer, line)).collect();
    let places: Vec<(Standing, Quotation)> = standings
        .into_iter()
        .filter_map(|standing| known.get(&standing.quotation).cloned().map(|record| (standing, record)))
        .collect();
    let pairs: Vec<(&str, &Quotation)> = places.iter().map(|(s, record)| (s.words.as_str(), record)).collect();
    let judged = judge::all(conn, &pairs, profile(settings))?;
    let quotation = |((standing, record), judged): ((Standing, Quotation), Judgement)| {
        let source = shown.iter().find(|source| Some(&source.id) == record.source.as_ref()).cloned();
        around.quotation(standing, record, judged, source)
    };
    let quotations = places.into_iter().zip(judged).map(quotation).collect();
    Ok(RecordShown {
        version: standing::followed_draft(conn, story)?.unwrap_or(0),
        gate: settings.quotation_gate.name(),
        profile: settings.quotation_profile.name(),
        may_override: viewer.may_override,
        channels: CHANNELS.to_vec(),
        quotations,
        sources: shown,
    })
}

/// What is shown beside the quotations of a story, read for all of them together.
struct Around {
    /// By id.
    people: HashMap<String, Person>,
    /// By the folded name.
    named: HashMap<String, Person>,
    /// The records whose words were changed into a story's, by id.
    variants: HashMap<String, Quotation>,
    /// Other stories, by quotation.
    elsewhere: HashMap<String, Vec<ElsewhereShown>>,
}

impl Around {
    fn read(conn: &mut Conn<'_>, viewer: &Viewer, story: &str, records: &HashMap<String, Quotation>) -> Result<Around> {
        // Somebody may have been entered since the text was followed.
        let unread = records.values().filter(|record| record.person.is_none() && !record.confirmed);
        Ok(Around {
            people: people::with_ids(conn, records.values().filter_map(|record| record.person.as_deref()))?,
            named: people::by_names(conn, unread.map(|record| record.speaker.as_str()))?,
            variants: records::with_ids(conn, records.values().filter_map(|record| record.variant_of.as_deref()))?,
            elsewhere: elsewhere(conn, viewer, story)?,
        })
    }

    fn elsewhere(&self, quotation: &str) -> Vec<ElsewhereShown> {
        self.elsewhere.get(quotation).cloned().unwrap_or_default()
    }

    fn quotation(
        &self,
        standing: Standing,
        record: Quotation,
        judged: Judgement,
        source: Option<SourceShown>,
    ) -> QuotationShown {
        let person = match &record.person {
            Some(id) => self.people.get(id),
            None if !record.confirmed => self.named.get(&folded(&record.speaker)),
            None => None,
        };
        let variant = record.variant_of.as_ref().and_then(|id| self.variants.get(id));
        let compared = ComparisonShown::of(&judged, source.as_ref());
        QuotationShown {
            elsewhere: self.elsewhere(&record.id),
            id: record.id,
            version: record.version,
            position: standing.position,
            words: standing.words,
            prefix: standing.prefix,
            suffix: standing.suffix,
            kind: standing.kind,
            state: compared.state,
            speaker: record.speaker,
            person: person.cloned().map(|it| PersonShown { id: it.id, name: it.name, slug: it.slug }),
            channel: record.channel,
            outlet: record.outlet,
            addressee: record.addressee,
            said_on: record.said_on,
            confirmed: record.confirmed,
            disputed: record.disputed,
            source,
            aligned: compared.aligned,
            before: compared.before,
            after: compared.after,
            variant_of: variant.map(|it| VariantShown {
                id: it.id.clone(),
                words: it.words.clone(),
                elsewhere: self.elsewhere(&it.id),
            }),
        }
    }
}

/// How words stand with their source.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ComparisonShown {
    pub state: State,
    pub aligned: Vec<Piece>,
    pub before: String,
    pub after: String,
}

impl ComparisonShown {
    fn of(judged: &Judgement, source: Option<&SourceShown>) -> ComparisonShown {
        let (aligned, before, after) = match &judged.comparison {
            // What stands around and between the words may say whose they are; words that leave much out would show all
            // of a source, bit by bit.
            Some(comparison) if source.is_none_or(|source| !source.seen) => {
                let unsaid = |piece: &Piece| match piece.op {
                    "same" => piece.clone(),
                    _ => Piece { original: String::new(), ..piece.clone() },
                };
                (comparison.aligned.iter().map(unsaid).collect(), String::new(), String::new())
            }
            Some(comparison) => (comparison.aligned.clone(), comparison.before.clone(), comparison.after.clone()),
            None => Default::default(),
        };
        ComparisonShown { state: judged.state, aligned, before, after }
    }
}

/// How other words would stand with the source of a record: what is being typed, before it is saved.
///
/// # Errors
/// `Error::NotFound` without such a record.
pub(crate) fn compare(
    conn: &mut Conn<'_>,
    settings: &Settings,
    viewer: &Viewer,
    id: &str,
    words: &str,
) -> Result<ComparisonShown> {
    let record = records::find(conn, id)?.ok_or(Error::NotFound)?;
    let mut judged = judge::all(conn, &[(words, &record)], profile(settings))?;
    let source = match &record.source {
        Some(source) => sources::line(conn, source)?.map(|line| source_shown(viewer, &line)),
        None => None,
    };
    let judged = judged.pop().ok_or(Error::NotFound)?;
    Ok(ComparisonShown::of(&judged, source.as_ref()))
}

/// Who may not see a confidential source still sees that there is one, and whether it bears the words out.
fn source_shown(viewer: &Viewer, source: &SourceLine) -> SourceShown {
    let seen = !source.confidential || viewer.sources.seen_by.as_ref().is_none_or(|staff| *staff == source.captured_by);
    let text = |text: &str| if seen { text.to_owned() } else { String::new() };
    SourceShown {
        id: source.id.clone(),
        kind: source.kind,
        title: text(&source.title),
        url: text(&source.url),
        captured_at: source.captured_at.rfc3339(),
        captured_by: text(viewer.names.get(&source.captured_by).map_or("", String::as_str)),
        confidential: source.confidential,
        seen,
    }
}

/// The other stories a story's quotations stand in, as far as the viewer may know of them, by quotation.
fn elsewhere(conn: &mut Conn<'_>, viewer: &Viewer, story: &str) -> Result<HashMap<String, Vec<ElsewhereShown>>> {
    let mut shown: HashMap<String, Vec<ElsewhereShown>> = HashMap::new();
    for (quotation, other) in standing::elsewhere_of(conn, story)? {
        let list = shown.entry(quotation).or_default();
        if list.len() == ELSEWHERE {
            continue;
        }
        let Some((headline, path)) = index::glance(conn, &other)? else { continue };
        let desk = viewer.any_story || index::is_own(conn, &other, &viewer.staff)?;
        let published = path.is_some();
        if let Some(url) = if desk { Some(record_url(&other)) } else { path } {
            list.push(ElsewhereShown { story: other, headline, url, published });
        }
    }
    Ok(shown)
}

impl RecordShown {
    /// For samples of views.
    pub(crate) fn sample() -> RecordShown {
        let source = SourceShown {
            id: "s".into(),
            kind: SourceKind::Notes,
            title: "Notes \"<3 May>\"".into(),
            url: String::new(),
            captured_at: "2026-11-22T11:58:00Z".into(),
            captured_by: "Ana".into(),
            confidential: true,
            seen: true,
        };
        let piece = |op, allowed| Piece { op, allowed, quoted: "<not>".into(), original: "\"so\"".into() };
        let sourced = QuotationShown {
            id: "q1".into(),
            version: 2,
            position: 0,
            words: "We will <not> close".into(),
            prefix: String::new(),
            suffix: String::new(),
            kind: "direct".into(),
            state: State::Altered,
            speaker: "Tamberg".into(),
            person: Some(PersonShown { id: "p1".into(), name: "Ilse Tamberg".into(), slug: "ilse-tamberg".into() }),
            channel: "court document".into(),
            outlet: "Courant".into(),
            addressee: "<us>".into(),
            said_on: "2018".into(),
            confirmed: true,
            disputed: Some("The <mayor> denies it.".into()),
            source: Some(source.clone()),
            aligned: vec![piece("same", true), piece("changed", false), piece("ellipsis", true)],
            before: "<before>".into(),
            after: "after".into(),
            elsewhere: vec![ElsewhereShown {
                story: "s2".into(),
                headline: String::new(),
                url: "/desk/stories/s2/record".into(),
                published: true,
            }],
            variant_of: Some(VariantShown {
                id: "q0".into(),
                words: "We will close".into(),
                elsewhere: vec![ElsewhereShown {
                    story: "s3".into(),
                    headline: "The \"<wall>\"".into(),
                    url: "/desk/stories/s3/record".into(),
                    published: false,
                }],
            }),
        };
        let bare = QuotationShown {
            id: "q2".into(),
            position: 1,
            state: State::Unsourced,
            speaker: String::new(),
            person: None,
            channel: String::new(),
            confirmed: false,
            disputed: None,
            source: None,
            aligned: vec![],
            elsewhere: vec![],
            variant_of: None,
            ..sourced.clone()
        };
        RecordShown {
            version: 7,
            gate: "block",
            profile: "standard",
            may_override: true,
            channels: CHANNELS.to_vec(),
            quotations: vec![sourced, bare],
            sources: vec![source],
        }
    }
}
