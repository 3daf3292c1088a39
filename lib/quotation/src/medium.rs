//! The kinds of channel and the words that mark them.

use serde::Serialize;

use crate::doc::{Doc, Sentence};
use crate::lex::{ALL_CAPS, CAP, Kind};
use crate::phrase::Head;
use crate::story::Story;
use crate::words::*;

/// How the words reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// Said to a reporter.
    Interview,
    /// A text or chat message to someone.
    #[serde(rename = "text message")]
    TextMessage,
    /// A post on a network; which one is the outlet.
    Post,
    /// Radio, television, podcast.
    Broadcast,
    /// A prepared statement or press release.
    Statement,
    /// A filing, a ruling, an affidavit.
    #[serde(rename = "court document")]
    CourtDocument,
    /// Speech, rally, debate, hearing, news conference.
    Speech,
    /// A letter, e-mail or memo.
    Letter,
    /// A book.
    Book,
    /// An earlier report by another outlet.
    Report,
    /// The text does not say.
    Unknown,
}

impl Medium {
    /// The name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Medium::Interview => "interview",
            Medium::TextMessage => "text message",
            Medium::Post => "post",
            Medium::Broadcast => "broadcast",
            Medium::Statement => "statement",
            Medium::CourtDocument => "court document",
            Medium::Speech => "speech",
            Medium::Letter => "letter",
            Medium::Book => "book",
            Medium::Report => "report",
            Medium::Unknown => "unknown",
        }
    }
}

/// The strongest marker of a sentence, outside quotations.
pub(crate) fn medium(story: &Story<'_>, s: &Sentence) -> (Medium, usize) {
    let doc = &story.doc;
    let mut best = (Medium::Unknown, 0, 0u8);
    for i in s.start..s.end {
        if !doc.outside(i) || !doc.toks[i].is(CHANNEL | MEDIUM | OUTLET | CUE) {
            continue;
        }
        let (medium, weight) = marker(story, s, i);
        if weight > best.2 {
            best = (medium, i, weight);
        }
    }
    (best.0, best.1)
}

/// What one word says about the channel, and how surely.
fn marker(story: &Story<'_>, s: &Sentence, i: usize) -> (Medium, u8) {
    let doc = &story.doc;
    let t = &doc.toks[i];
    let w = doc.word(i).to_ascii_lowercase();
    let before = |k: usize, w: &str| i >= s.start + k && doc.eq(i - k, w);
    if t.is(MEDIUM) && t.has(CAP) {
        let placed = i > s.start && doc.toks[i - 1].is(PREP) || doc.toks.get(i + 1).is_some_and(|n| n.is(CHANNEL));
        return if placed { (Medium::Post, 8) } else { (Medium::Unknown, 0) };
    }
    if t.is(OUTLET) && t.has(CAP) && !t.is(TITLE) {
        return outlet_marker(story, s, i);
    }
    match w.as_str() {
        "tweet" | "tweets" | "tweeted" | "tweeting" | "retweeted" | "twitterte" | "twittert" => (Medium::Post, 9),
        "posted" | "postete" => (Medium::Post, 6),
        "post" | "posts" => (Medium::Post, if before(1, "blog") || before(1, "a") || before(1, "the") { 5 } else { 2 }),
        "text" | "texts" | "texted" | "texting" | "sms" => {
            (Medium::TextMessage, if texting(story, s, i) { 9 } else { 0 })
        }
        "message" | "messages" | "messaged" | "nachricht" => {
            (Medium::TextMessage, if before(1, "text") { 9 } else { 4 })
        }
        "email" | "emails" | "e-mail" | "emailed" | "e-mailed" | "letter" | "letters" | "memo" | "brief"
        | "schreiben" => (Medium::Letter, 7),
        "statement" | "statements" | "release" | "mitteilung" | "pressemitteilung" | "stellungnahme" => {
            let made = i > s.start
                && (doc.toks[i - 1].is(DET | POSS)
                    || doc.toks[i - 1].is(PREP)
                    || before(1, "press")
                    || before(1, "news")
                    || before(1, "written"));
            (Medium::Statement, if made || doc.german { 7 } else { 3 })
        }
        "lawsuit" | "filing" | "filings" | "affidavit" | "indictment" | "deposition" | "klageschrift"
        | "anklageschrift" => (Medium::CourtDocument, 8),
        "complaint" | "ruling" | "documents" | "document" | "papers" | "urteil" | "beschluss" => {
            let court = (s.start..s.end).any(|k| {
                doc.outside(k)
                    && (doc.eq(k, "court")
                        || doc.eq(k, "judge")
                        || doc.eq(k, "filed")
                        || doc.eq(k, "gericht")
                        || doc.eq(k, "legal"))
            });
            (Medium::CourtDocument, if court { 7 } else { 0 })
        }
        "interview" | "interviews" | "interviewed" | "gespräch" | "telephone" | "phone" => (Medium::Interview, 8),
        "broadcast" | "podcast" | "radio" | "television" | "tv" | "livestream" | "fernsehen" | "rundfunk" => {
            (Medium::Broadcast, 6)
        }
        "book" | "memoir" | "autobiography" | "buch" | "autobiografie" => (
            Medium::Book,
            if i > s.start && doc.toks[i - 1].is(POSS | DET) || before(2, "her") || before(2, "his") { 5 } else { 2 },
        ),
        "speech" | "rally" | "debate" | "hearing" | "sermon" | "eulogy" | "podium" | "lecture" | "rede"
        | "ansprache" | "keynote" | "testified" | "testimony" | "convention" | "pressekonferenz" => (Medium::Speech, 5),
        "conference" => (Medium::Speech, if before(1, "news") || before(1, "press") { 7 } else { 0 }),
        "crowd" | "audience" | "supporters" | "delegates" => {
            (Medium::Speech, if i > s.start + 1 && told(doc, s, i) { 5 } else { 0 })
        }
        "reporters" | "journalists" | "journalisten" => (Medium::Interview, if told(doc, s, i) { 5 } else { 0 }),
        _ => (Medium::Unknown, 0),
    }
}

/// Is the word behind a verb of telling?
fn told(doc: &Doc<'_>, s: &Sentence, i: usize) -> bool {
    (i.saturating_sub(4).max(s.start)..i).any(|k| tells(doc, k))
}

pub(crate) fn tells(doc: &Doc<'_>, k: usize) -> bool {
    ["told", "tell", "tells", "telling", "asked", "informed", "assured", "reminded", "gegenüber"]
        .iter()
        .any(|w| doc.eq(k, w))
}

/// "did text Jones", "texted", "in a text": not the text of a law.
fn texting(story: &Story<'_>, s: &Sentence, i: usize) -> bool {
    let doc = &story.doc;
    let w = doc.word(i).to_ascii_lowercase();
    if w == "texted" || w == "texting" || w == "sms" {
        return true;
    }
    let next_person = story.phrases.get(i + 1).is_some_and(|(_, p)| p.head != Head::Nominal);
    let message = i + 1 < s.end && (doc.eq(i + 1, "message") || doc.eq(i + 1, "messages"));
    let by = i > s.start
        && (doc.eq(i - 1, "by")
            || (doc.toks[i - 1].is(DET) && i > s.start + 1 && doc.toks[i - 2].is(PREP) && !doc.eq(i + 1, "of")));
    message || by || (w == "text" && next_person)
}

/// A paper or station: told X, on X, X reported, according to X.
fn outlet_marker(story: &Story<'_>, s: &Sentence, i: usize) -> (Medium, u8) {
    let doc = &story.doc;
    let Some((_, p)) = story.phrases.get(i) else { return (Medium::Unknown, 0) };
    if p.start == s.start && doc.toks.get(p.end).is_some_and(|t| t.is(SAY)) {
        return (Medium::Report, 6);
    }
    let Some(k) = p.start.checked_sub(1).filter(|&k| k >= s.start) else { return (Medium::Unknown, 0) };
    if tells(doc, k) {
        return (Medium::Interview, 9);
    }
    if doc.eq(k, "to") && k > s.start && doc.eq(k - 1, "according") {
        return (Medium::Report, 7);
    }
    if doc.eq(k, "laut") {
        return (Medium::Report, 7);
    }
    if doc.eq(k, "with") || doc.eq(k, "mit") || doc.eq(k, "gegenüber") || doc.eq(k, "der") || doc.eq(k, "dem") {
        return (Medium::Interview, 4);
    }
    if doc.eq(k, "on") || doc.eq(k, "im") {
        return (Medium::Broadcast, 7);
    }
    let reports = doc.toks.get(p.end).is_some_and(|t| t.is(SAY)) && !doc.toks[k].is(PREP);
    if reports || doc.eq(k, "by") && doc.toks[k - usize::from(k > s.start)].is(SAY) {
        return (Medium::Report, 6);
    }
    (Medium::Unknown, 0)
}

/// The outlet that goes with the marker at `at`.
pub(crate) fn outlet(story: &Story<'_>, s: &Sentence, medium: Medium, at: usize) -> Option<String> {
    let doc = &story.doc;
    match medium {
        Medium::Post => {
            let named = (s.start..s.end).find(|&i| doc.outside(i) && doc.toks[i].is(MEDIUM) && doc.toks[i].has(CAP));
            let tweet = doc.word(at).to_ascii_lowercase().contains("twe")
                || doc.word(at).to_ascii_lowercase().starts_with("twitt");
            named.map(|i| bare(doc.word(i))).or_else(|| tweet.then(|| "Twitter".to_owned()))
        }
        Medium::TextMessage => {
            let named = (s.start..s.end).find(|&i| doc.outside(i) && doc.toks[i].is(MEDIUM) && doc.toks[i].has(CAP))?;
            Some(bare(doc.word(named)))
        }
        Medium::Interview | Medium::Broadcast | Medium::Report => {
            let named = with(story, s, at);
            if named.is_some() {
                return named;
            }
            let placed = |i: &usize| {
                let t = &doc.toks[*i];
                doc.outside(*i) && t.is(OUTLET) && !t.is(TITLE) && t.has(CAP) && outlet_marker(story, s, *i).1 > 0
            };
            (s.start..s.end).filter(placed).find_map(|i| {
                let (_, p) = story.phrases.get(i)?;
                let (from, to) = if p.has_name() && (p.name.0..p.name.1).contains(&i) { p.name } else { (i, i + 1) };
                Some(bare(doc.slice(from, to))).filter(|o| o != "TV" && o != "Radio")
            })
        }
        Medium::Book => title_behind(doc, s, at),
        _ => None,
    }
}

/// "an interview with X": X is the outlet if it is no person.
fn with(story: &Story<'_>, s: &Sentence, at: usize) -> Option<String> {
    let doc = &story.doc;
    if !(at + 2 < s.end && doc.eq(at, "interview") && (doc.eq(at + 1, "with") || doc.eq(at + 1, "mit"))) {
        return None;
    }
    let (_, p) = story.phrases.get(at + 2).filter(|(_, p)| p.has_name() && p.head == Head::Name)?;
    let name = &doc.toks[p.name.0..p.name.1];
    let person = name[0].is(GIVEN_F | GIVEN_M) || p.bits & TITLE != 0;
    // Two plain names are a person's more often than a paper's.
    let paper = name.len() == 1 || name.iter().any(|t| t.is(OUTLET) || t.has(ALL_CAPS)) || doc.toks[p.start].is(DET);
    (!person && paper).then(|| bare(doc.slice(p.name.0, p.name.1)))
}

/// A title in marks right behind "book", "memoir".
fn title_behind(doc: &Doc<'_>, s: &Sentence, at: usize) -> Option<String> {
    let open = (at + 1..(at + 3).min(s.end)).find(|&i| doc.span_of(i).is_some() || doc.toks[i].kind == Kind::Mark)?;
    let span = doc.span_of(open)?;
    let sp = &doc.spans[span];
    Some(doc.slice(sp.open + 1, sp.close).trim_end_matches([',', '.']).to_owned())
}

fn bare(s: &str) -> String {
    let s = s.trim_end_matches("'s").trim_end_matches("\u{2019}s").trim_end_matches(['\'', '\u{2019}']);
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}
