//! From the story as read to what callers get: spans in the input's own offsets, names written out, confidence.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::channel::{self, Channel};
use crate::lex::{CAP, Kind as TokKind};
use crate::marks::Ending;
use crate::phrase::{Head, Phrase};
use crate::story::{Ground, Said, Story, Who};
use crate::view::View;
use crate::words::{AUX, DET, GROUP, NOUN_CUE, POSS, PRONOUN, ROLE, SAY, TITLE};

/// A stretch of the input in Unicode scalar values, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What kind of quotation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Whole sentences in marks.
    Direct,
    /// A few words in marks within the reporter's sentence.
    Mixed,
    /// A block quotation.
    Block,
}

impl Kind {
    /// The name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Block => "block",
        }
    }
}

/// Who said it and how we know.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Full name as first given in the story, or the role or body as written.
    pub name: String,
    /// The words that name the speaker beside this quotation: "he", "Smith", "a spokesman for the city".
    pub mention: String,
    /// Where the mention stands.
    pub mention_span: Option<Span>,
    /// The cue: "told", "wrote on Twitter", "according to".
    pub cue: Option<String>,
    /// From the mention to the end of the cue: the evidence.
    pub evidence: Option<Span>,
    /// Whether the name tells who it is. False for a pronoun that nobody in the story stands for ("they") and for a thing
    /// that was only talked about ("the old bridge"): fit for an analysis, not for a record.
    pub named: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// One quotation of a story.
///
/// Serializes flat, as `{"start", "end", "text", "speaker", "mention", "cue", "channel", "outlet", "addressee", "date",
/// "kind", "confidence"}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The words between the marks, in the input as it stands.
    pub span: Span,
    /// The words as a reader sees them, markup gone.
    pub text: String,
    /// Direct, mixed or block.
    pub kind: Kind,
    /// That this is a quotation at all, 0 to 1.
    pub confidence: f32,
    /// The speaker, if the story tells.
    pub speaker: Option<Speaker>,
    /// By which channel.
    pub channel: Channel,
}

impl Serialize for Quotation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let s = self.speaker.as_ref();
        let round = |v: f32| (f64::from(v) * 100.0).round() / 100.0;
        let mut out = serializer.serialize_struct("Quotation", 12)?;
        out.serialize_field("start", &self.span.start)?;
        out.serialize_field("end", &self.span.end)?;
        out.serialize_field("text", &self.text)?;
        out.serialize_field("speaker", &s.map(|s| &s.name))?;
        out.serialize_field("mention", &s.map(|s| &s.mention))?;
        out.serialize_field("cue", &s.and_then(|s| s.cue.as_ref()))?;
        out.serialize_field("channel", self.channel.medium.name())?;
        out.serialize_field("outlet", &self.channel.outlet)?;
        out.serialize_field("addressee", &self.channel.addressee)?;
        out.serialize_field("date", &self.channel.date.map(|d| d.to_string()))?;
        out.serialize_field("kind", self.kind.name())?;
        out.serialize_field("confidence", &round(self.confidence))?;
        out.end()
    }
}

/// Distance between remembered places in the table of characters.
const STEP: usize = 256;

/// Byte offsets to character offsets of the input.
pub(crate) struct Characters<'a> {
    text: &'a str,
    /// Characters before each `STEP`th byte; empty for ASCII.
    table: Vec<usize>,
}

impl<'a> Characters<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Characters { text, table: Vec::new() };
        }
        let mut table = Vec::with_capacity(text.len() / STEP + 1);
        let mut n = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            table.push(n);
            n += heads(chunk);
        }
        Characters { text, table }
    }

    /// Characters before byte `at`.
    pub(crate) fn at(&self, at: usize) -> usize {
        if self.table.is_empty() {
            return at;
        }
        let k = (at / STEP).min(self.table.len() - 1);
        self.table[k] + heads(&self.text.as_bytes()[k * STEP..at])
    }
}

fn heads(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count()
}

/// All quotations of the story, in order.
pub(crate) fn quotations(source: &str, view: &View<'_>, story: &Story<'_>) -> Vec<Quotation> {
    let writer = Writer { view, story, chars: Characters::new(source) };
    let channels = channel::channels(story);
    story.said.iter().zip(channels).filter_map(|(q, c)| writer.quotation(q, c)).collect()
}

struct Writer<'a> {
    view: &'a View<'a>,
    story: &'a Story<'a>,
    chars: Characters<'a>,
}

impl Writer<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.chars.at(self.view.start(start)), end: self.chars.at(self.view.end(end)) }
    }

    fn quotation(&self, q: &Said, channel: Channel) -> Option<Quotation> {
        let doc = &self.story.doc;
        let sp = &doc.spans[q.span];
        let (from, to) = (doc.toks[sp.open].e as usize, doc.toks[sp.close].s as usize);
        let inner = &doc.text[from..to];
        let start = from + (inner.len() - inner.trim_start().len());
        let text = inner.trim();
        if text.is_empty() {
            return None;
        }
        Some(Quotation {
            span: self.span(start, start + text.len()),
            text: text.to_owned(),
            kind: self.kind(q),
            confidence: confidence(q.score),
            speaker: self.speaker(q),
            channel,
        })
    }

    fn kind(&self, q: &Said) -> Kind {
        let doc = &self.story.doc;
        let sp = &doc.spans[q.span];
        if sp.ending == Ending::Block {
            return Kind::Block;
        }
        let inside = &doc.toks[sp.open + 1..sp.close];
        let capital =
            inside.iter().find(|t| t.word()).is_some_and(|t| t.has(CAP)) && inside.iter().any(|t| !t.has(CAP));
        let sentence =
            inside.iter().any(|t| t.is(AUX | PRONOUN)) || inside.last().is_some_and(|t| t.kind == TokKind::Stop);
        let punctuated = inside.last().is_some_and(|t| matches!(t.kind, TokKind::Stop | TokKind::Comma));
        let s = &doc.sentences[q.sentence];
        let opens = sp.open == s.start;
        // "..., he said, "and the rest goes on": the second half of a whole sentence.
        let goes_on = sp.open > s.start
            && doc.toks[sp.open - 1].kind == TokKind::Comma
            && q.frame.is_some_and(|f| f.bits & SAY != 0 && f.verb < sp.open);
        if sp.ending == Ending::Continued || capital && sentence || (opens && (sentence || punctuated)) || goes_on {
            Kind::Direct
        } else {
            Kind::Mixed
        }
    }

    fn speaker(&self, q: &Said) -> Option<Speaker> {
        let doc = &self.story.doc;
        let name = match q.who.as_ref()? {
            Who::Person(id) => self.story.people.list[*id].name.clone(),
            Who::Words(w) => w.clone(),
        };
        let mention = q.mention.map(|n| &self.story.phrases.list[n]);
        let words = mention.map_or_else(|| name.clone(), |p| crate::assign::words(doc, &self.story.phrases, p));
        let mention_span = mention.map(|p| self.span(doc.toks[p.start].s as usize, doc.toks[p.end - 1].e as usize));
        let frame = q.frame.filter(|f| f.verb_end > f.verb);
        let cue = frame.map(|f| self.cue(f.verb, f.verb_end)).filter(|c| c.chars().any(char::is_alphabetic));
        let evidence = frame.map(|f| {
            let (a, b) = mention.map_or((f.verb, f.verb_end), |p| (p.start.min(f.verb), p.end.max(f.verb_end)));
            self.span(doc.toks[a].s as usize, doc.toks[b - 1].e as usize)
        });
        let named = matches!(q.who, Some(Who::Person(_))) || self.speaks(&name, mention, q);
        Some(Speaker {
            named,
            name,
            mention: words,
            mention_span,
            cue,
            evidence: evidence.or(mention_span),
            confidence: certainty(q),
        })
    }

    /// Do these words, which are nobody's name, tell who spoke? A role or a body does; so does whatever has a verb of
    /// speech of its own, and whoever is cited below the words.
    fn speaks(&self, words: &str, mention: Option<&Phrase>, q: &Said) -> bool {
        let classes = crate::words::classes(&words.to_lowercase());
        if classes & (PRONOUN | POSS | DET) != 0 {
            return false;
        }
        let Some(phrase) = mention.filter(|_| q.below.is_none()) else { return true };
        let said = q.frame.is_some_and(|f| f.bits & SAY != 0 && !f.owner && f.speaker == q.mention);
        match phrase.head {
            Head::Pronoun => false,
            Head::Name => true,
            Head::Nominal => said || phrase.has_name() || phrase.bits & (ROLE | GROUP | NOUN_CUE | TITLE) != 0,
        }
    }

    /// "wrote" with what belongs to it: "wrote on Twitter", "said in a statement".
    fn cue(&self, verb: usize, end: usize) -> String {
        let doc = &self.story.doc;
        let mut to = end;
        let placed = ["on", "in", "auf", "in"].iter().any(|w| doc.eq(end, w));
        if placed
            && doc.outside(end)
            && let Some(k) = (end + 1..(end + 4).min(doc.toks.len()))
                .find(|&k| doc.toks[k].is(crate::words::MEDIUM | crate::words::CHANNEL))
            && (end..=k).all(|i| doc.outside(i) && doc.toks[i].word())
        {
            to = k + 1;
        }
        doc.slice(verb, to).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// From the sum of evidence to 0..1: a logistic curve.
fn confidence(score: f32) -> f32 {
    1.0 / (1.0 + (-(score + 1.2)).exp())
}

/// Measured shares of right speakers by ground, rounded.
fn certainty(q: &Said) -> f32 {
    match q.ground {
        Ground::Beside => 0.95,
        Ground::Cue => 0.88,
        Ground::Continued => 0.9,
        Ground::Subject => 0.7,
        Ground::Earlier => 0.6,
        _ => 0.3,
    }
}
