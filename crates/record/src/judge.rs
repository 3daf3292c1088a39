//! Judging a quotation: its words against its source's, under the rules of the house.

use std::{collections::HashMap, sync::Arc};

use onrecord_base::{Conn, Result};
use onrecord_quotation::verify::{Check, Profile, Source, Verdict};
use serde::Serialize;

use crate::{
    memo::Compared,
    quotation::{Quotation, State},
    store::sources,
};

/// How a quotation stands, with what the desk shows of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The state.
    pub state: State,
    /// The state without regard to whether somebody disputes it: whether the words are the source's.
    pub words: State,
    /// The comparison; none without a source.
    pub comparison: Option<Arc<Comparison>>,
}

/// Words beside their source's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Exact, edited or altered.
    pub state: State,
    /// The whole quotation and what the source has for it, in order.
    pub aligned: Vec<Piece>,
    /// A little of the source before the words.
    pub before: String,
    /// A little of it after them.
    pub after: String,
}

/// A stretch of both texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// `same`, or the kind of difference: `dropped`, `added`, `changed`, `negated`, ...
    pub op: &'static str,
    /// Whether the house allows it.
    pub allowed: bool,
    /// The quotation's words.
    pub quoted: String,
    /// The source's words.
    pub original: String,
}

/// Characters shown on each side of the source's words.
const AROUND: usize = 80;

/// Judges one quotation.
///
/// # Errors
/// As [`Conn::query`].
pub fn judge(conn: &mut Conn<'_>, quotation: &Quotation, profile: Profile) -> Result<Judgement> {
    let mut judged = all(conn, &[(quotation.words.as_str(), quotation)], profile)?;
    judged.pop().ok_or_else(|| onrecord_base::Error::internal("a quotation was not judged"))
}

/// Judges many, each in the words that stand where it stands. A source that several rest on is read once, and not at
/// all for what was compared before.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>, quotations: &[(&str, &Quotation)], profile: Profile) -> Result<Vec<Judgement>> {
    let mut compared: Vec<Option<Arc<Comparison>>> = vec![None; quotations.len()];
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (words, quotation)) in quotations.iter().enumerate() {
        let Some(source) = &quotation.source else { continue };
        match Compared::of(words, source, profile).known() {
            Some(known) => compared[at] = Some(known),
            None => open.entry(source).or_default().push(at),
        }
    }
    for (id, places) in open {
        let Some(source) = sources::find(conn, id)? else { continue };
        let text = Source::new(&source.extracted);
        for at in places {
            let words = quotations[at].0;
            let comparison = compare(words, &source.extracted, &text.check(words, profile));
            compared[at] = Some(Compared::of(words, id, profile).keep(comparison));
        }
    }
    let judge = |(comparison, (_, quotation)): (Option<Arc<Comparison>>, &(&str, &Quotation))| {
        let words = comparison.as_ref().map_or(State::Unsourced, |comparison| comparison.state);
        let state = if quotation.disputed.is_some() { State::Disputed } else { words };
        Judgement { state, words, comparison }
    };
    Ok(compared.into_iter().zip(quotations).map(judge).collect())
}

/// The house profile of that name; the middle one for a name that is none.
pub fn profile(name: &str) -> Profile {
    match name {
        "strict" => Profile::Strict,
        "light" => Profile::Light,
        _ => Profile::Standard,
    }
}

fn compare(words: &str, text: &str, check: &Check) -> Comparison {
    let state = match check.verdict {
        Verdict::Exact => State::Exact,
        Verdict::AllowedEdit => State::Edited,
        Verdict::Altered | Verdict::NotFound => State::Altered,
    };
    let Some(span) = check.source else {
        // Nothing like it stands there: all of it is the quotation's own.
        let alone = Piece { op: "added", allowed: false, quoted: words.to_owned(), original: String::new() };
        return Comparison { state, aligned: vec![alone], before: String::new(), after: String::new() };
    };
    let first = span.start.saturating_sub(AROUND);
    Comparison {
        state,
        aligned: align(words, text, check, span.start, span.end),
        before: whole_words(stretch(text, first, span.start), first > 0, false),
        after: whole_words(stretch(text, span.end, span.end + AROUND), false, true),
    }
}

/// The differences with everything that is the same between them.
fn align(words: &str, text: &str, check: &Check, start: usize, end: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // A source may be long: only the passage is cut up.
    let passage: Vec<char> = text.chars().skip(start).take(end - start).collect();
    let quotation: Vec<char> = words.chars().collect();
    let cut = |chars: &[char], from: usize, to: usize| -> String {
        chars.get(from.min(chars.len())..to.clamp(from.min(chars.len()), chars.len())).unwrap_or(&[]).iter().collect()
    };
    let (mut quoted, mut read) = (0, 0);
    let same = |pieces: &mut Vec<Piece>, quoted: (usize, usize), read: (usize, usize)| {
        let piece = Piece {
            op: "same",
            allowed: true,
            quoted: cut(&quotation, quoted.0, quoted.1),
            original: cut(&passage, read.0, read.1),
        };
        if !piece.quoted.is_empty() || !piece.original.is_empty() {
            pieces.push(piece);
        }
    };
    for edit in &check.edits {
        let source = (edit.source.start.saturating_sub(start), edit.source.end.saturating_sub(start));
        same(&mut pieces, (quoted, edit.quotation.start), (read, source.0));
        pieces.push(Piece {
            op: edit.kind.name(),
            allowed: edit.allowed,
            quoted: edit.quoted.clone(),
            original: edit.original.clone(),
        });
        quoted = quoted.max(edit.quotation.end);
        read = read.max(source.1);
    }
    same(&mut pieces, (quoted, quotation.len()), (read, passage.len()));
    pieces
}

/// Without the part of a word at a cut end.
fn whole_words(text: String, cut_before: bool, cut_after: bool) -> String {
    let mut whole = text.as_str();
    if cut_before && let Some((_, rest)) = whole.split_once(char::is_whitespace) {
        whole = rest;
    }
    if cut_after
        && text.chars().count() == AROUND
        && let Some((rest, _)) = whole.rsplit_once(char::is_whitespace)
    {
        whole = rest;
    }
    whole.to_owned()
}

fn stretch(text: &str, from: usize, to: usize) -> String {
    text.chars().skip(from).take(to.saturating_sub(from)).collect()
}

#[cfg(test)]
mod tests {
    use onrecord_quotation::verify::verify;

    use super::*;

    const SOURCE: &str =
        "Asked when, she said: We will not, uh, close the old bridge this year, I promise. Next question.";

    fn aligned(words: &str) -> Vec<(&'static str, String, String)> {
        let comparison = compare(words, SOURCE, &verify(words, SOURCE, Profile::Standard));
        comparison.aligned.into_iter().map(|p| (p.op, p.quoted, p.original)).collect()
    }

    /// The quotation's side is the quotation, the source's side is the passage.
    fn sides(words: &str) -> (String, String) {
        aligned(words).into_iter().fold(Default::default(), |(q, o), (_, a, b)| (q + &a, o + &b))
    }

    #[test]
    fn both_texts_stand_whole_beside_one_another() {
        for words in [
            "We will not, uh, close the old bridge this year",
            "We will close the bridge this year",
            "We will not close the new bridge … I promise.",
            "we will not close [it] this year,",
            "The old bridge will not close this year",
        ] {
            let (quoted, original) = sides(words);
            assert_eq!(quoted, words, "{:?}", aligned(words));
            assert!(SOURCE.contains(&original), "{original:?} of {:?}", aligned(words));
        }
    }

    #[test]
    fn a_lost_negation_is_named_where_it_stood() {
        let pieces = aligned("We will close the old bridge");
        assert!(pieces.iter().any(|(op, quoted, original)| *op == "negated" && quoted.is_empty() && original == "not"));
        assert_eq!(aligned("Nobody ever mentioned tunnels")[0].0, "added");
    }
}
