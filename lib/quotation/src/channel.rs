//! By which channel the words came: interview, post, letter ..., with outlet, addressee and date as far as the text says.
//!
//! A quotation's channel is read from the sentence of its cue; failing that, from the sentences before it in its
//! paragraph; failing that, it goes on from the same speaker's last quotation, or from the message it replies to.

use crate::date::{self, Date};
use crate::doc::{Doc, Sentence};
use crate::lex::{ALL_CAPS, CAP, POSSESSIVE};
use crate::medium::{Medium, medium, outlet, tells};
use crate::people::People;
use crate::phrase::{Head, Phrase};
use crate::story::{Said, Story, Who};
use crate::words::*;

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
    let mut memory = Memory::default();
    for (n, q) in story.said.iter().enumerate() {
        let mut c = own(story, &mut memory, q);
        if c.medium == Medium::Unknown || (c.outlet.is_none() && c.date.is_none()) {
            inherit(story, &mut memory, q, &mut c, &out, &last);
        }
        // The paragraphs of one block quotation came by one way.
        if let Some(before) = n.checked_sub(1)
            && q.below.is_some()
            && story.said[before].below == q.below
        {
            c = out[before].clone();
        }
        last.push((n, q.who.clone()));
        out.push(c);
    }
    out
}

/// What the sentences around the quotation say.
fn own(story: &Story<'_>, memory: &mut Memory, q: &Said) -> Channel {
    let doc = &story.doc;
    let mut c = Channel::default();
    let cue = q.frame.map(|f| f.verb);
    let at = cue.and_then(|v| sentence_of(doc, v, q.sentence)).unwrap_or(q.sentence);
    for n in [q.sentence, at] {
        read_sentence(story, memory, n, q, &mut c);
    }
    // "Smith texted Jones in 2018. He wrote:" — the paragraph says by which way.
    let block = doc.sentences[at].block;
    for back in 1..=LOOK_BACK {
        let Some(n) = at.checked_sub(back) else { break };
        let s = &doc.sentences[n];
        if c.medium != Medium::Unknown || s.block != block || s.spans.0 < s.spans.1 {
            break;
        }
        read_sentence(story, memory, n, q, &mut c);
    }
    if let Some(below) = q.below {
        cited(story, memory, q, below, &mut c);
    }
    c
}

/// What stands below a block quotation comes first, what set it up goes with it: "Smith wrote to Jones:" and then, below,
/// "Letter of 3 May 2018".
fn cited(story: &Story<'_>, memory: &mut Memory, q: &Said, below: usize, c: &mut Channel) {
    read_sentence(story, memory, below, q, c);
    let doc = &story.doc;
    let s = &doc.sentences[below];
    // "Jane Smith, Mastodon": below a post its network stands alone.
    if c.medium == Medium::Unknown
        && let Some(i) = (s.start..s.end).find(|&i| doc.toks[i].is(MEDIUM) && doc.toks[i].has(CAP))
    {
        *c = Channel { medium: Medium::Post, outlet: Some(doc.word(i).to_owned()), ..c.clone() };
    }
    let mut before = Channel::default();
    announced(story, memory, q, &mut before);
    if c.medium == Medium::Unknown || c.medium == before.medium {
        *c = Channel {
            medium: before.medium,
            outlet: c.outlet.take().or(before.outlet),
            addressee: c.addressee.take().or(before.addressee),
            date: c.date.or(before.date),
        };
    }
}

fn sentence_of(doc: &Doc<'_>, tok: usize, near: usize) -> Option<usize> {
    (near.saturating_sub(12)..=near).rev().find(|&n| {
        let s = &doc.sentences[n];
        s.start <= tok && tok < s.end
    })
}

/// Goes on from an earlier quotation: the same speaker's, or the message this one answers.
fn inherit(
    story: &Story<'_>,
    memory: &mut Memory,
    q: &Said,
    c: &mut Channel,
    out: &[Channel],
    last: &[(usize, Option<Who>)],
) {
    let doc = &story.doc;
    let replies = q.frame.is_some_and(|f| {
        let w = doc.word(f.verb).to_ascii_lowercase();
        ["repl", "respon", "answer", "retort", "wrote back", "antwort", "erwider", "entgegn"]
            .iter()
            .any(|p| w.starts_with(p))
    });
    if q.who.is_none() {
        return;
    }
    if replies
        && let Some((n, who)) = last
            .iter()
            .rev()
            .take(RECENT)
            .find(|(n, w)| *w != q.who && w.is_some() && q.sentence - story.said[*n].sentence < FAR)
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
        announced(story, memory, q, c);
    }
}

/// Indirect speech that set the quotation up: "He told the Daily Post that they were friends." and then the words.
fn announced(story: &Story<'_>, memory: &mut Memory, q: &Said, c: &mut Channel) {
    let doc = &story.doc;
    let block = doc.sentences[q.sentence].block;
    for n in (q.sentence.saturating_sub(3)..q.sentence).rev() {
        let s = &doc.sentences[n];
        if s.spans.0 < s.spans.1 || s.block + 1 < block || c.medium != Medium::Unknown {
            break;
        }
        read_sentence(story, memory, n, q, c);
    }
}

fn print(people: &People, w: &Who) -> String {
    match w {
        Who::Person(id) => people.list[*id].name.clone(),
        Who::Words(w) => w.clone(),
    }
}

/// What one sentence says, read once for all its quotations.
struct Markers {
    sentence: usize,
    medium: Medium,
    outlet: Option<String>,
    date: Option<Date>,
    /// Phrases behind verbs of telling, behind "texted", "wrote", and behind "a letter to".
    told: Vec<usize>,
    written: Vec<usize>,
    sent: Vec<usize>,
}

/// Sentences kept in mind while the quotations pass.
const KEPT: usize = 8;

/// Reads sentences for their markers, each once.
#[derive(Default)]
struct Memory(Vec<Markers>);

impl Memory {
    fn of(&mut self, story: &Story<'_>, n: usize) -> &Markers {
        if let Some(k) = self.0.iter().position(|m| m.sentence == n) {
            return &self.0[k];
        }
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(markers(story, n));
        &self.0[self.0.len() - 1]
    }
}

fn markers(story: &Story<'_>, n: usize) -> Markers {
    let s = &story.doc.sentences[n];
    let (medium, at) = medium(story, s);
    let outlet = if medium == Medium::Unknown { None } else { outlet(story, s, medium, at) };
    let mut m = Markers {
        sentence: n,
        medium,
        outlet,
        date: date::find(&story.doc, s),
        told: Vec::new(),
        written: Vec::new(),
        sent: Vec::new(),
    };
    objects(story, s, &mut m);
    m
}

/// Reads the markers of one sentence into the channel; what is known already stays.
fn read_sentence(story: &Story<'_>, memory: &mut Memory, n: usize, q: &Said, c: &mut Channel) {
    let m = memory.of(story, n);
    if c.medium == Medium::Unknown && m.medium != Medium::Unknown {
        c.medium = m.medium;
        c.outlet = c.outlet.take().or_else(|| m.outlet.clone());
    }
    if c.addressee.is_none() {
        c.addressee = addressee(story, m, q, c);
        if c.addressee.is_some() && c.medium == Medium::Unknown && told_press(c.addressee.as_deref()) {
            c.medium = Medium::Interview;
        }
    }
    if c.date.is_none() {
        c.date = m.date;
    }
}

fn told_press(addressee: Option<&str>) -> bool {
    addressee.is_some_and(|a| {
        let a = a.to_ascii_lowercase();
        ["reporter", "journalist", "media", "interviewer", "correspondent"].iter().any(|w| a.contains(w))
    })
}

/// Notes the objects of verbs of telling, writing or texting.
fn objects(story: &Story<'_>, s: &Sentence, m: &mut Markers) {
    let doc = &story.doc;
    for i in s.start..s.end {
        let t = &doc.toks[i];
        if !t.is(CUE | CHANNEL | PREP) || !doc.outside(i) {
            continue;
        }
        let writes = ["text", "texted", "texting", "emailed", "messaged", "wrote"].iter().any(|w| doc.eq(i, w));
        let list = if tells(doc, i) {
            &mut m.told
        } else if writes {
            &mut m.written
        } else if doc.eq(i, "to") && i > s.start && doc.toks[i - 1].is(CHANNEL) {
            &mut m.sent
        } else {
            continue;
        };
        let j = i + 1 + usize::from(doc.eq(i + 1, "to"));
        if let Some((n, _)) = story.phrases.get(j).filter(|(_, p)| p.start == j) {
            list.push(n);
        }
    }
}

/// Whom the words were said or written to.
fn addressee(story: &Story<'_>, m: &Markers, q: &Said, c: &Channel) -> Option<String> {
    let written = matches!(c.medium, Medium::TextMessage | Medium::Letter);
    let none: &[usize] = &[];
    let lists = [
        m.told.as_slice(),
        if written { &m.written } else { none },
        if c.medium == Medium::Unknown { none } else { &m.sent },
    ];
    let mut all: Vec<usize> = lists.concat();
    all.sort_unstable();
    all.iter().take(KEPT).find_map(|&n| person_words(story, n, &story.phrases.list[n], q))
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
    // "told a story", "told the truth" have no hearer.
    let told = ["story", "stories", "truth", "lie", "lies", "tale", "joke"].iter().any(|w| doc.eq(p.end - 1, w));
    match p.head {
        Head::Nominal if p.bits & (ROLE | GROUP) != 0 && !told => Some(crate::assign::words(doc, &story.phrases, p)),
        _ => None,
    }
}
