//! Judging a quotation: its words against its source's, under the rules of the house.

use onrecord_base::{Conn, Result};
use onrecord_quotation::verify::{Check, Profile, Verdict, verify};
use serde::Serialize;

use crate::{
    quotation::{Quotation, State},
    store::sources,
};

/// How a quotation stands, with what the desk shows of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The state.
    pub state: State,
    /// The source's words, with a little around them; empty without a source or if nothing like them was found.
    pub original: String,
    /// The differences, in order.
    pub differences: Vec<Difference>,
}

/// One difference between quotation and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `dropped`, `added`, `changed`, `negated`, ...
    pub kind: &'static str,
    /// Whether the house allows it.
    pub allowed: bool,
    /// The words of the quotation.
    pub quoted: String,
    /// The words of the source.
    pub original: String,
}

/// Characters shown on each side of the source's words.
const AROUND: usize = 80;

/// Judges one quotation.
///
/// # Errors
/// As [`Conn::query`].
pub fn judge(conn: &mut Conn<'_>, quotation: &Quotation, profile: Profile) -> Result<Judgement> {
    let source = match &quotation.source {
        Some(id) => sources::find(conn, id)?,
        None => None,
    };
    let Some(source) = source else {
        let state = if quotation.disputed.is_some() { State::Disputed } else { State::Unsourced };
        return Ok(Judgement { state, original: String::new(), differences: Vec::new() });
    };
    let check = verify(&quotation.words, &source.extracted, profile);
    let state = match check.verdict {
        _ if quotation.disputed.is_some() => State::Disputed,
        Verdict::Exact => State::Exact,
        Verdict::AllowedEdit => State::Edited,
        Verdict::Altered | Verdict::NotFound => State::Altered,
    };
    Ok(Judgement { state, original: around(&source.extracted, &check), differences: differences(check) })
}

/// The house profile of that name; the middle one for a name that is none.
pub fn profile(name: &str) -> Profile {
    match name {
        "strict" => Profile::Strict,
        "light" => Profile::Light,
        _ => Profile::Standard,
    }
}

fn around(text: &str, check: &Check) -> String {
    let Some(span) = check.source else { return String::new() };
    let start = span.start.saturating_sub(AROUND);
    text.chars().skip(start).take(span.end + AROUND - start).collect()
}

fn differences(check: Check) -> Vec<Difference> {
    check
        .edits
        .into_iter()
        .map(|edit| Difference {
            kind: edit.kind.name(),
            allowed: edit.allowed,
            quoted: edit.quoted,
            original: edit.original,
        })
        .collect()
}
