//! Walks a story sentence by sentence: who is named, who speaks, which marked stretch belongs to which speaker.

use crate::assign::{choose, label, words};
use crate::doc::{Doc, Sentence};
use crate::frame::{self, Frame, Order};
use crate::judge::{self, Link};
use crate::lex::{CAP, Kind};
use crate::marks::Ending;
use crate::people::{Gender, People};
use crate::phrase::{Head, Phrase, Phrases};
use crate::subject;
use crate::view::BlockKind;
use crate::words::*;

/// Who speaks, before names are written out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Who {
    /// Someone of [`People`].
    Person(usize),
    /// A role, a body, a pronoun nobody stands for: as written.
    Words(String),
}

/// How the speaker was found, from surest to faintest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// No speaker.
    None,
    /// Nothing but the last speaker of the story.
    Earlier,
    /// The subject of the sentence, no verb of speech.
    Subject,
    /// The same paragraph's speaker goes on, or a paragraph that ended with a colon.
    Continued,
    /// A cue in the sentence.
    Cue,
    /// A cue right beside the quotation.
    Beside,
}

/// A quotation with what was found out about its speaker.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub span: usize,
    pub who: Option<Who>,
    /// The phrase that names the speaker.
    pub mention: Option<usize>,
    pub frame: Option<Frame>,
    pub ground: Ground,
    pub score: f32,
    pub sentence: usize,
    /// The sentence below that names the speaker.
    pub below: Option<usize>,
}

/// The story read to its end.
pub(crate) struct Story<'a> {
    pub doc: Doc<'a>,
    pub phrases: Phrases,
    pub people: People,
    pub said: Vec<Said>,
    /// The person each phrase means.
    pub who: Vec<Option<usize>>,
}

/// Sentences of a block quotation that may stand between its words and who is cited.
const CITED: usize = 40;
/// Longest caption or heading, in tokens.
const MINOR: usize = 16;

/// A speaker kept in mind for later sentences.
#[derive(Clone, Debug)]
struct Memory {
    who: Who,
    mention: Option<usize>,
    frame: Option<Frame>,
    sentence: usize,
    block: usize,
    /// The sentence ended with a colon: what follows is theirs.
    colon: bool,
    /// The last quotation of theirs was left open at the end of its paragraph.
    open: bool,
}

pub(crate) fn read(doc: Doc<'_>) -> Story<'_> {
    let phrases = crate::phrase::phrases(&doc);
    let who = vec![None; phrases.list.len()];
    let reader = Reader {
        doc: &doc,
        ph: &phrases,
        who,
        people: People::default(),
        said: Vec::new(),
        last: None,
        talk: None,
        now: 0,
        has_subject: false,
        minor: false,
        beat: None,
    };
    let (people, said, who) = reader.run();
    Story { people, said, who, phrases, doc }
}

struct Reader<'d, 'a> {
    doc: &'d Doc<'a>,
    ph: &'d Phrases,
    /// Person meant by each phrase.
    who: Vec<Option<usize>>,
    people: People,
    said: Vec<Said>,
    /// Last speaker of a quotation.
    last: Option<Memory>,
    /// Last speaker of anything, indirect speech too.
    talk: Option<Memory>,
    /// Number of the sentence at hand.
    now: usize,
    /// Has the sentence at hand a subject yet?
    has_subject: bool,
    /// Is it a caption or a heading, which names people but sets no one speaking?
    minor: bool,
    /// The subject of the sentence before, if it did something and said nothing.
    beat: Option<Memory>,
}

impl Reader<'_, '_> {
    fn run(mut self) -> (People, Vec<Said>, Vec<Option<usize>>) {
        let mut frames = Vec::new();
        let mut next_phrase = 0;
        for n in 0..self.doc.sentences.len() {
            let s = self.doc.sentences[n];
            self.now = n;
            self.minor = self.is_minor(&s);
            self.has_subject = self.minor;
            frame::frames(self.doc, self.ph, &s, &mut frames);
            while next_phrase < self.ph.list.len() && self.ph.list[next_phrase].start < s.end {
                self.who[next_phrase] = self.identify(next_phrase, n);
                next_phrase += 1;
            }
            let subject = subject::clause_subject(self.doc, self.ph, s.start, s.end);
            if let Some(id) = subject.and_then(|p| self.who[p]).filter(|_| !self.minor) {
                self.people.list[id].subject = n + 1;
            }
            self.sentence(n, &s, &frames, subject);
        }
        (self.people, self.said, self.who)
    }

    /// A caption, a heading, a line of a list: short, no full stop, no verb.
    fn is_minor(&self, s: &Sentence) -> bool {
        let kind = self.doc.kinds.get(s.block).copied();
        if matches!(kind, Some(BlockKind::Caption | BlockKind::Heading)) {
            return true;
        }
        let toks = &self.doc.toks[s.start..s.end];
        let ends = self.doc.toks.get(s.end).is_none_or(|t| t.kind == Kind::Break);
        ends && toks.len() <= MINOR
            && s.spans.0 == s.spans.1
            && toks.last().is_some_and(|t| t.word())
            && !toks.iter().any(|t| t.is(AUX | SAY | CALL | VERB))
    }

    fn identify(&mut self, n: usize, sentence: usize) -> Option<usize> {
        let p = self.ph.list[n];
        if p.head == Head::Pronoun {
            let end = p.end;
            let cue = (end..(end + 3).min(self.doc.toks.len())).any(|i| self.doc.toks[i].is(SAY))
                || p.start > 0 && self.doc.toks[p.start - 1].is(SAY);
            let id = self.people.resolve(p.bits, sentence, cue)?;
            self.people.called(id, p.bits, sentence);
            if !self.has_subject {
                self.people.list[id].subject = sentence + 1;
                self.has_subject = true;
            }
            return Some(id);
        }
        let id = self.people.meet(self.doc, &p, sentence, self.minor);
        // A name behind no preposition is likely a subject: "he" later in the sentence means it.
        if let Some(id) = id.filter(|_| p.head == Head::Name)
            && !(p.start > 0 && self.doc.outside(p.start - 1) && self.doc.toks[p.start - 1].is(PREP | CUE))
            && self.people.list[id].gender != Gender::Thing
            && !self.has_subject
        {
            self.people.list[id].subject = sentence + 1;
            self.has_subject = true;
        }
        if p.head == Head::Name { id } else { None }
    }

    fn sentence(&mut self, n: usize, s: &Sentence, frames: &[Frame], subject: Option<usize>) {
        let colon = s.end > s.start && self.ends_with_colon(s);
        let mut any = false;
        for span in s.spans.0..s.spans.1 {
            let choice = choose(self.doc, self.ph, s, frames, span);
            let previous = self.said.last().filter(|q| q.span + 1 == span && q.sentence == n);
            let link = Link { frame: choice.map(|c| (frames[c.0], c.1)), after_quotation: previous.is_some() };
            let score = judge::score(self.doc, s, span, &link);
            let kept = score > if self.doc.german { 0.45 } else { -0.75 }
                || (self.doc.spans[span].ending == Ending::Continued && score > -0.3);
            if !kept {
                continue;
            }
            any = true;
            let said = self.attribute(n, s, frames, span, choice, subject, score);
            self.remember(&said, s);
            self.said.push(said);
        }
        for f in frames.iter().filter(|f| f.bits & SAY != 0 && !f.owner) {
            if let Some(id) = f.speaker.and_then(|p| self.who[p]) {
                self.people.list[id].spoke = n + 1;
            }
        }
        self.beat = None;
        if self.minor && !any {
            return;
        }
        if !any
            && let Some(f) = frames
                .iter()
                .find(|f| f.speaker.is_some() && !f.owner && f.bits & SAY != 0)
                .or_else(|| frames.iter().find(|f| f.speaker.is_some()))
        {
            self.hear(n, s, f, colon);
        } else if !any
            && colon
            && let Some(p) = subject
        {
            let f = Frame {
                verb: s.start,
                verb_end: s.start,
                bits: 0,
                speaker: Some(p),
                order: Order::Before,
                source: false,
                owner: false,
            };
            self.hear(n, s, &f, true);
        } else if !any
            && let Some(p) = subject
            && let Some(id) = self.who[p]
        {
            self.beat = Some(Memory {
                who: Who::Person(id),
                mention: Some(p),
                frame: None,
                sentence: n,
                block: s.block,
                colon: false,
                open: false,
            });
        }
    }

    fn ends_with_colon(&self, s: &Sentence) -> bool {
        self.doc.toks[s.end - 1].kind == Kind::Colon
    }

    /// Indirect speech: nobody is quoted, but someone is speaking.
    fn hear(&mut self, n: usize, s: &Sentence, f: &Frame, colon: bool) {
        let Some(p) = f.speaker else { return };
        let Some(who) = self.speaker(f) else { return };
        if let Who::Person(id) = who {
            self.people.list[id].spoke = n + 1;
        }
        let frame = (f.verb_end > f.verb).then_some(*f);
        self.talk = Some(Memory { who, mention: Some(p), frame, sentence: n, block: s.block, colon, open: false });
    }

    fn remember(&mut self, q: &Said, s: &Sentence) {
        if let Some(Who::Person(id)) = q.who {
            self.people.list[id].spoke = q.sentence + 1;
        }
        // The first, surest speaker of a sentence stays in mind: a later short stretch may be someone else's word.
        let kept = self.last.as_ref().is_some_and(|m| {
            m.sentence == q.sentence
                && q.ground < Ground::Beside
                && self.said.last().is_some_and(|p| p.sentence == q.sentence && p.ground == Ground::Beside)
        });
        if kept && self.doc.spans[q.span].ending != Ending::Continued {
            return;
        }
        if let Some(who) = &q.who {
            let open = matches!(self.doc.spans[q.span].ending, Ending::Continued | Ending::Block);
            let block = s.block;
            let m = Memory {
                who: who.clone(),
                mention: q.mention,
                frame: q.frame,
                sentence: q.sentence,
                block,
                colon: false,
                open,
            };
            self.last = Some(m.clone());
            self.talk = Some(m);
        }
    }

    /// The speaker of a frame.
    fn speaker(&mut self, f: &Frame) -> Option<Who> {
        let p = f.speaker?;
        if !f.owner {
            return Some(self.name(p));
        }
        let p = self.ph.list[p];
        let pronoun = self.doc.toks[p.start];
        if pronoun.is(POSS) {
            return match self.people.resolve(pronoun.bits, self.now, false) {
                Some(id) => Some(Who::Person(id)),
                None => Some(Who::Words(self.doc.word(p.start).to_owned())),
            };
        }
        let name = (p.start..p.possessor).find(|&i| crate::phrase::name_word(self.doc, i, usize::MAX));
        let owner = Phrase {
            end: p.possessor,
            name: name.map_or((0, 0), |n| (n, p.possessor)),
            possessor: 0,
            head: Head::Name,
            ..p
        };
        match self.people.meet(self.doc, &owner, self.now, false) {
            Some(id) => Some(Who::Person(id)),
            None => Some(Who::Words(words(self.doc, self.ph, &Phrase { head: Head::Pronoun, ..owner }))),
        }
    }

    /// The speaker a phrase names, as it will be printed.
    fn name(&self, p: usize) -> Who {
        if let Some(id) = self.who[p] {
            return Who::Person(id);
        }
        Who::Words(words(self.doc, self.ph, &self.ph.list[p]))
    }

    #[allow(clippy::too_many_arguments)]
    fn attribute(
        &mut self,
        n: usize,
        s: &Sentence,
        frames: &[Frame],
        span: usize,
        choice: Option<(usize, bool)>,
        subject: Option<usize>,
        score: f32,
    ) -> Said {
        let mut q =
            Said { span, who: None, mention: None, frame: None, ground: Ground::None, score, sentence: n, below: None };
        if let Some(name) = label(self.doc, span) {
            let p = Phrase { start: name.0, end: name.1, head: Head::Name, name, bits: 0, possessor: 0 };
            q.who = match self.people.meet(self.doc, &p, n, false) {
                Some(id) => Some(Who::Person(id)),
                None => Some(Who::Words(self.doc.slice(name.0, name.1).to_owned())),
            };
            q.ground = Ground::Beside;
            return q;
        }
        if let Some((who, mention, below)) = self.credit_below(s, n) {
            q.who = Some(who);
            q.mention = mention;
            q.below = Some(below);
            q.ground = Ground::Beside;
            return q;
        }
        if let Some((c, beside)) = choice
            && let Some(p) = frames[c].speaker
        {
            q.who = self.speaker(&frames[c]);
            q.mention = Some(p);
            q.frame = Some(frames[c]);
            q.ground = if beside { Ground::Beside } else { Ground::Cue };
            return q;
        }
        let alone = !(s.start..s.end).any(|i| self.doc.outside(i) && self.doc.toks[i].word());
        // "... said Smith. The council “has no plan.”": the subject is talked about, the last speaker talks.
        let open = self.doc.spans[span].open;
        let about = subject.is_some_and(|p| self.ph.list[p].end == open)
            && self.last.as_ref().is_some_and(|m| m.block == s.block)
            && self.doc.toks.get(open + 1).is_some_and(|t| !t.has(CAP));
        let alone = alone || about;
        if !alone
            && let Some(p) = subject
                .filter(|&p| self.can_speak(p) || !self.talk.as_ref().is_some_and(|m| m.block == s.block))
                .filter(|&p| {
                    self.ph.list[p].end <= self.doc.spans[span].open
                        || (self.doc.spans[span].open == s.start
                            && !self.last.as_ref().is_some_and(|m| m.block == s.block))
                })
        {
            q.who = Some(self.name(p));
            q.mention = Some(p);
            q.ground = Ground::Subject;
            q.frame = choice.map(|c| frames[c.0]);
            return q;
        }
        self.carry_on(&mut q, s);
        q
    }

    /// People, pronouns for people, roles and bodies speak; "it", "this", "the plan" rarely do.
    fn can_speak(&self, p: usize) -> bool {
        let p = &self.ph.list[p];
        match p.head {
            Head::Pronoun => p.bits & (HE | SHE | THEY | I_WE) != 0,
            Head::Name => true,
            Head::Nominal => p.bits & (ROLE | GROUP | NOUN_CUE) != 0,
        }
    }

    /// A paragraph that is all quotation, the next one "-Jane Smith, teacher"; a block quotation and its `cite`.
    fn credit_below(&mut self, s: &Sentence, n: usize) -> Option<(Who, Option<usize>, usize)> {
        if self.doc.kinds.get(s.block) == Some(&BlockKind::Quotation) {
            return self.cited(s, n);
        }
        let next = self.doc.sentences.get(n + 1)?;
        let first = self.doc.toks.get(next.start)?;
        let whole = self.doc.span_of(s.start).is_some_and(|n| self.doc.after(n) + 1 >= s.end)
            && self.doc.toks.get(s.end)?.kind == Kind::Break
            && next.block == s.block + 1;
        let credited = s.spans.1.checked_sub(1).is_some_and(|n| self.doc.spans[n].ending == Ending::Credited);
        if !whole || !(first.kind == Kind::Dash || credited) {
            return None;
        }
        let (p, phrase) = self.ph.get(next.start + usize::from(first.kind == Kind::Dash))?;
        if phrase.head != Head::Name {
            return None;
        }
        self.who[p] = self.identify(p, n);
        Some((self.name(p), Some(p), n + 1))
    }

    /// Who is named below a block quotation, over the paragraphs that it has left. What stands there is a speaker, be
    /// it a name or not.
    fn cited(&mut self, s: &Sentence, n: usize) -> Option<(Who, Option<usize>, usize)> {
        let doc = self.doc;
        if (s.start..s.end).any(|i| doc.outside(i) && doc.toks[i].word()) {
            return None;
        }
        let kind = |n: usize| doc.sentences.get(n).and_then(|s| doc.kinds.get(s.block));
        let below = (n + 1..n + CITED).find(|&n| kind(n) != Some(&BlockKind::Quotation))?;
        let credit = doc.sentences.get(below).filter(|_| kind(below) == Some(&BlockKind::Caption))?;
        let start = (credit.start..credit.end).find(|&i| doc.toks[i].word())?;
        if let Some((p, _)) = self.ph.get(start).filter(|(_, p)| p.head != Head::Pronoun) {
            self.who[p] = self.identify(p, n);
            return Some((self.name(p), Some(p), below));
        }
        let ends = |i: &usize| matches!(doc.toks[*i].kind, Kind::Comma | Kind::Dash | Kind::OpenBracket);
        let end = (start..credit.end).find(ends).unwrap_or(credit.end);
        Some((Who::Words(doc.slice(start, end).to_owned()), None, below))
    }

    /// No cue and no subject: the last speaker goes on, or the one a colon announced.
    fn carry_on(&self, q: &mut Said, s: &Sentence) {
        let same_block = |m: &&Memory| m.block == s.block;
        let announced = |m: &&Memory| m.colon && m.block + 1 >= s.block;
        let m = self
            .talk
            .as_ref()
            .filter(announced)
            .or_else(|| self.last.as_ref().filter(|m| m.open && m.block + 1 >= s.block))
            .or_else(|| self.talk.as_ref().filter(same_block))
            .or_else(|| self.last.as_ref().filter(same_block))
            .or_else(|| self.beat.as_ref().filter(same_block));
        if let Some(m) = m {
            q.who = Some(m.who.clone());
            q.mention = m.mention;
            q.frame = m.frame;
            q.ground = Ground::Continued;
        } else if let Some(m) = &self.talk {
            q.who = Some(m.who.clone());
            q.mention = m.mention;
            q.frame = m.frame;
            q.ground = Ground::Earlier;
        }
    }
}
