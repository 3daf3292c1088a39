//! By which channel the words came: interview, post, letter ..., with outlet, addressee and date as far as the text says.
//!
//! A quotation's channel is read from the sentence of its cue; failing that, from the sentences before it in its
//! paragraph; failing that, it goes on from the same speaker's last quotation, or from the message it replies to.

use serde::Serialize;

use crate::date::{self, Date};
use crate::doc::{Doc, Sentence};
use crate::lex::{ALL_CAPS, CAP, Kind, POSSESSIVE};
use crate::people::People;
use crate::phrase::{Head, Phrase};
use crate::story::{Said, Story, Who};
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

/// The channel of a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// What kind of channel.
    pub medium: Medium,
    /// The network, paper, station or title.
    pub outlet: Option<String>,
    /// Whom the words were said or written to.
    pub addressee: Option<String>,
    /// When, as far as the text says.
    pub date: Option<Date>,
}

impl Default for Channel {
    fn default() -> Self {
        Channel { medium: Medium::Unknown, outlet: None, addressee: None, date: None }
    }
}

/// A quotation further from the last of its speaker than this many sentences starts afresh.
const FAR: usize = 14;
/// Quotations looked back over.
const RECENT: usize = 24;
/// Sentences of the same paragraph looked back over.
const LOOK_BACK: usize = 3;

/// The channels of all quotations of a story, in order.
pub(crate) fn channels(story: &Story<'_>) -> Vec<Channel> {
    let mut out: Vec<Channel> = Vec::with_capacity(story.said.len());
    let mut last: Vec<(usize, Option<Who>)> = Vec::new();
    for (n, q) in story.said.iter().enumerate() {
        let mut c = own(story, q);
        if c.medium == Medium::Unknown || (c.outlet.is_none() && c.date.is_none()) {
            inherit(story, q, &mut c, &out, &last);
        }
        last.push((n, q.who.clone()));
        out.push(c);
    }
    out
}

/// What the sentences around the quotation say.
fn own(story: &Story<'_>, q: &Said) -> Channel {
    let doc = &story.doc;
    let mut c = Channel::default();
    let cue = q.frame.map(|f| f.verb);
    let at = cue.and_then(|v| sentence_of(doc, v, q.sentence)).unwrap_or(q.sentence);
    for n in [q.sentence, at] {
        read_sentence(story, n, q, &mut c);
    }
    // "Smith texted Jones in 2018. He wrote:" — the paragraph says by which way.
    let block = doc.sentences[at].block;
    for back in 1..=LOOK_BACK {
        let Some(n) = at.checked_sub(back) else { break };
        let s = &doc.sentences[n];
        if c.medium != Medium::Unknown || s.block != block || s.spans.0 < s.spans.1 {
            break;
        }
        read_sentence(story, n, q, &mut c);
    }
    c
}

fn sentence_of(doc: &Doc<'_>, tok: usize, near: usize) -> Option<usize> {
    (near.saturating_sub(12)..=near).rev().find(|&n| {
        let s = &doc.sentences[n];
        s.start <= tok && tok < s.end
    })
}

/// Goes on from an earlier quotation: the same speaker's, or the message this one answers.
fn inherit(story: &Story<'_>, q: &Said, c: &mut Channel, out: &[Channel], last: &[(usize, Option<Who>)]) {
    let doc = &story.doc;
    let replies = q.frame.is_some_and(|f| {
        let w = doc.word(f.verb).to_ascii_lowercase();
        ["repl", "respon", "answer", "retort", "wrote back", "antwort", "erwider", "entgegn"].iter().any(|p| w.starts_with(p))
    });
    if q.who.is_none() {
        return;
    }
    if replies
        && let Some((n, who)) = last.iter().rev().take(RECENT).find(|(n, w)| *w != q.who && w.is_some() && q.sentence - story.said[*n].sentence < FAR)
    {
        let before = &out[*n];
        let talks = matches!(before.medium, Medium::TextMessage | Medium::Letter | Medium::Post);
        if c.medium == Medium::Unknown && talks {
            c.medium = before.medium;
            c.outlet = c.outlet.take().or_else(|| before.outlet.clone());
            c.date = c.date.or(before.date);
            c.addressee = c.addressee.take().or_else(|| who.as_ref().map(|w| print(&story.people, w)));
        }
        return;
    }
    let mine = last.iter().rev().take(RECENT).find(|(_, w)| *w == q.who);
    if let Some((n, _)) = mine
        && q.sentence - story.said[*n].sentence < FAR
        && c.medium == Medium::Unknown
    {
        let before = &out[*n];
        *c = Channel {
            medium: before.medium,
            outlet: c.outlet.take().or_else(|| before.outlet.clone()),
            addressee: c.addressee.take().or_else(|| before.addressee.clone()),
            date: c.date.or(before.date),
        };
    } else if c.medium == Medium::Unknown {
        announced(story, q, c);
    }
}

/// Indirect speech that set the quotation up: "He told the Daily Post that they were friends." and then the words.
fn announced(story: &Story<'_>, q: &Said, c: &mut Channel) {
    let doc = &story.doc;
    let block = doc.sentences[q.sentence].block;
    for n in (q.sentence.saturating_sub(3)..q.sentence).rev() {
        let s = &doc.sentences[n];
        if s.spans.0 < s.spans.1 || s.block + 1 < block || c.medium != Medium::Unknown {
            break;
        }
        read_sentence(story, n, q, c);
    }
}

fn print(people: &People, w: &Who) -> String {
    match w {
        Who::Person(id) => people.list[*id].name.clone(),
        Who::Words(w) => w.clone(),
    }
}

/// Reads the markers of one sentence into the channel; what is known already stays.
fn read_sentence(story: &Story<'_>, n: usize, q: &Said, c: &mut Channel) {
    let doc = &story.doc;
    let s = &doc.sentences[n];
    if c.medium == Medium::Unknown {
        let (medium, at) = medium(story, s);
        if medium != Medium::Unknown {
            c.medium = medium;
            c.outlet = c.outlet.take().or_else(|| outlet(story, s, medium, at));
        }
    }
    if c.addressee.is_none() {
        c.addressee = addressee(story, s, q, c);
        if c.addressee.is_some() && c.medium == Medium::Unknown && told_press(c.addressee.as_deref()) {
            c.medium = Medium::Interview;
        }
    }
    if c.date.is_none() {
        c.date = date::find(doc, s);
    }
}

fn told_press(addressee: Option<&str>) -> bool {
    addressee.is_some_and(|a| {
        let a = a.to_ascii_lowercase();
        ["reporter", "journalist", "media", "interviewer", "correspondent"].iter().any(|w| a.contains(w))
    })
}

/// The strongest marker of a sentence, outside quotations.
fn medium(story: &Story<'_>, s: &Sentence) -> (Medium, usize) {
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
    if t.is(OUTLET) && t.has(CAP) {
        return outlet_marker(story, s, i);
    }
    match w.as_str() {
        "tweet" | "tweets" | "tweeted" | "tweeting" | "retweeted" | "twitterte" | "twittert" => (Medium::Post, 9),
        "posted" | "postete" => (Medium::Post, 6),
        "post" | "posts" => (Medium::Post, if before(1, "blog") || before(1, "a") || before(1, "the") { 5 } else { 2 }),
        "text" | "texts" | "texted" | "texting" | "sms" => (Medium::TextMessage, if texting(story, s, i) { 9 } else { 0 }),
        "message" | "messages" | "messaged" | "nachricht" => (Medium::TextMessage, if before(1, "text") { 9 } else { 4 }),
        "email" | "emails" | "e-mail" | "emailed" | "e-mailed" | "letter" | "letters" | "memo" | "brief" | "schreiben" => (Medium::Letter, 7),
        "statement" | "statements" | "release" | "mitteilung" | "pressemitteilung" | "stellungnahme" => {
            let made = i > s.start && (doc.toks[i - 1].is(DET | POSS) || doc.toks[i - 1].is(PREP) || before(1, "press") || before(1, "news") || before(1, "written"));
            (Medium::Statement, if made || doc.german { 7 } else { 3 })
        }
        "lawsuit" | "filing" | "filings" | "affidavit" | "indictment" | "deposition" | "klageschrift" | "anklageschrift" => (Medium::CourtDocument, 8),
        "complaint" | "ruling" | "documents" | "document" | "papers" | "urteil" | "beschluss" => {
            let court = (s.start..s.end).any(|k| doc.outside(k) && (doc.eq(k, "court") || doc.eq(k, "judge") || doc.eq(k, "filed") || doc.eq(k, "gericht") || doc.eq(k, "legal")));
            (Medium::CourtDocument, if court { 7 } else { 0 })
        }
        "interview" | "interviews" | "interviewed" | "gespräch" | "telephone" | "phone" => (Medium::Interview, 8),
        "broadcast" | "podcast" | "radio" | "television" | "tv" | "livestream" | "fernsehen" | "rundfunk" => (Medium::Broadcast, 6),
        "book" | "memoir" | "autobiography" | "buch" | "autobiografie" => (Medium::Book, if i > s.start && doc.toks[i - 1].is(POSS | DET) || before(2, "her") || before(2, "his") { 5 } else { 2 }),
        "speech" | "rally" | "debate" | "hearing" | "sermon" | "eulogy" | "podium" | "lecture" | "rede" | "ansprache" | "keynote" | "testified" | "testimony" | "convention" | "pressekonferenz" => (Medium::Speech, 5),
        "conference" => (Medium::Speech, if before(1, "news") || before(1, "press") { 7 } else { 0 }),
        "crowd" | "audience" | "supporters" | "delegates" => (Medium::Speech, if i > s.start + 1 && told(doc, s, i) { 5 } else { 0 }),
        "reporters" | "journalists" | "journalisten" => (Medium::Interview, if told(doc, s, i) { 5 } else { 0 }),
        _ => (Medium::Unknown, 0),
    }
}

/// Is the word behind a verb of telling?
fn told(doc: &Doc<'_>, s: &Sentence, i: usize) -> bool {
    (i.saturating_sub(4).max(s.start)..i).any(|k| tells(doc, k))
}

fn tells(doc: &Doc<'_>, k: usize) -> bool {
    ["told", "tell", "tells", "telling", "asked", "informed", "assured", "reminded", "gegenüber"].iter().any(|w| doc.eq(k, w))
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
    let by = i > s.start && (doc.eq(i - 1, "by") || (doc.toks[i - 1].is(DET) && i > s.start + 1 && doc.toks[i - 2].is(PREP) && !doc.eq(i + 1, "of")));
    message || by || (w == "text" && next_person)
}

/// A paper or station: told X, on X, X reported, according to X.
fn outlet_marker(story: &Story<'_>, s: &Sentence, i: usize) -> (Medium, u8) {
    let doc = &story.doc;
    let Some((n, p)) = story.phrases.get(i) else { return (Medium::Unknown, 0) };
    let _ = n;
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
fn outlet(story: &Story<'_>, s: &Sentence, medium: Medium, at: usize) -> Option<String> {
    let doc = &story.doc;
    match medium {
        Medium::Post => {
            let named = (s.start..s.end).find(|&i| doc.outside(i) && doc.toks[i].is(MEDIUM) && doc.toks[i].has(CAP));
            let tweet = doc.word(at).to_ascii_lowercase().contains("twe") || doc.word(at).to_ascii_lowercase().starts_with("twitt");
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
            let placed = |i: &usize| doc.outside(*i) && doc.toks[*i].is(OUTLET) && doc.toks[*i].has(CAP) && outlet_marker(story, s, *i).1 > 0;
            (s.start..s.end).filter(placed).find_map(|i| {
                let (_, p) = story.phrases.get(i)?;
                let (from, to) = if p.has_name() && (p.name.0..p.name.1).contains(&i) { p.name } else { (i, i + 1) };
                Some(bare(doc.slice(from, to)))
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
    let person = doc.toks[p.name.0].is(GIVEN_F | GIVEN_M) || p.bits & TITLE != 0;
    (!person).then(|| bare(doc.slice(p.name.0, p.name.1)))
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

/// Whom a verb of telling, writing or texting has as its object.
fn addressee(story: &Story<'_>, s: &Sentence, q: &Said, c: &Channel) -> Option<String> {
    let doc = &story.doc;
    for i in s.start..s.end {
        if !doc.outside(i) || !doc.toks[i].word() {
            continue;
        }
        let messaging = matches!(c.medium, Medium::TextMessage | Medium::Letter)
            && ["text", "texted", "texting", "emailed", "messaged", "wrote"].iter().any(|w| doc.eq(i, w));
        let mut j = i + 1;
        if messaging || tells(doc, i) {
            if doc.eq(j, "to") {
                j += 1;
            }
        } else if c.medium != Medium::Unknown && doc.eq(i, "to") && i > s.start && doc.toks[i - 1].is(CHANNEL) {
        } else {
            continue;
        }
        let Some((n, p)) = story.phrases.get(j).filter(|(_, p)| p.start == j) else { continue };
        if let Some(a) = person_words(story, n, p, q) {
            return Some(a);
        }
    }
    None
}

fn person_words(story: &Story<'_>, n: usize, p: &Phrase, q: &Said) -> Option<String> {
    let doc = &story.doc;
    let outlet = doc.toks[p.start..p.end].iter().any(|t| t.is(OUTLET) && t.has(CAP));
    if outlet && !doc.toks[p.start..p.end].iter().any(|t| t.has(POSSESSIVE)) {
        return None;
    }
    if let Some(id) = story.who[n] {
        if q.who == Some(Who::Person(id)) || (p.head == Head::Name && doc.toks[p.end - 1].has(ALL_CAPS)) {
            return None;
        }
        return Some(story.people.list[id].name.clone());
    }
    match p.head {
        Head::Nominal if p.bits & (ROLE | GROUP) != 0 => Some(crate::story::words(doc, &story.phrases, p)),
        _ => None,
    }
}
