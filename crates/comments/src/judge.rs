//! The verdict on a comment that comes in: shown, held, or refused with the reason. No I/O.

use crate::{
    comment::Why,
    rules::{Mode, Rules},
    text,
    words::{Folded, Words},
};

/// What is known of who writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// The newsroom writes.
    pub staff: bool,
    /// Came in by a link to their address.
    pub confirmed: bool,
    /// Comments of theirs that a moderator let stand, as far as it matters.
    pub approved: i64,
    /// A ban holds.
    pub banned: bool,
    /// A shadow holds.
    pub shadowed: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Readers see it at once.
    Show,
    /// A moderator sees it first.
    Hold(Why),
    /// Not kept; the message's key.
    Refuse(&'static str),
}

/// The lists of words, ready.
#[derive(Debug, Default)]
pub struct Lists {
    /// Refused.
    pub banned: Words,
    /// Held.
    pub suspect: Words,
}

/// Decides. `mode` is that of the thread now, `score` the scorer's likelihood.
pub fn judge(rules: &Rules, mode: Mode, lists: &Lists, who: Standing, words: &str, score: f64) -> Verdict {
    match mode {
        Mode::Off => return Verdict::Refuse("site-comments-off"),
        Mode::Closed if !who.staff => return Verdict::Refuse("site-comments-closed"),
        _ if who.staff => return Verdict::Show,
        _ => {}
    }
    if who.banned {
        return Verdict::Refuse("site-comments-banned");
    }
    let folded = Folded::new(words);
    if lists.banned.find(&folded).is_some() {
        return Verdict::Refuse("site-comments-word");
    }
    let many_links = i64::try_from(text::links(words)).unwrap_or(i64::MAX) > rules.links;
    let reasons = [
        (who.shadowed, Why::Shadow),
        (lists.suspect.find(&folded).is_some(), Why::Word),
        (many_links, Why::Links),
        (text::mixes_scripts(words), Why::Letters),
        (rules.hold_score > 0 && score * 100.0 >= rules.hold_score as f64, Why::Score),
        (mode == Mode::Held, Why::Mode),
        (mode == Mode::Newcomers && (!who.confirmed || who.approved < rules.newcomers), Why::Newcomer),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map_or(Verdict::Show, |(_, why)| Verdict::Hold(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Standing = Standing { staff: false, confirmed: true, approved: 3, banned: false, shadowed: false };

    #[track_caller]
    fn check(mode: Mode, who: Standing, words: &str, expected: Verdict) {
        let rules = Rules::default();
        let list = |word: &str| Words::new(&[word.to_owned()]);
        let lists = Lists { banned: list("casino"), suspect: list("crook") };
        let score = if words.contains("HATE") { 0.97 } else { 0.1 };
        assert_eq!(judge(&rules, mode, &lists, who, words, score), expected, "{words}");
    }

    #[test]
    fn a_usual_comment_is_shown_where_the_mode_says_so() {
        check(Mode::Open, Standing::default(), "Well said.", Verdict::Show);
        check(Mode::Newcomers, KNOWN, "Well said.", Verdict::Show);
        check(Mode::Newcomers, Standing::default(), "Well said.", Verdict::Hold(Why::Newcomer));
        check(Mode::Newcomers, Standing { approved: 0, ..KNOWN }, "Well said.", Verdict::Hold(Why::Newcomer));
        check(Mode::Held, KNOWN, "Well said.", Verdict::Hold(Why::Mode));
        check(Mode::Closed, KNOWN, "Well said.", Verdict::Refuse("site-comments-closed"));
        check(Mode::Off, Standing { staff: true, ..KNOWN }, "x", Verdict::Refuse("site-comments-off"));
    }

    #[test]
    fn what_is_wrong_with_it_is_named() {
        check(Mode::Open, KNOWN, "c a s i n o", Verdict::Refuse("site-comments-word"));
        check(Mode::Open, KNOWN, "the cr00k", Verdict::Hold(Why::Word));
        check(Mode::Open, KNOWN, "http://a.b http://c.d www.e.f", Verdict::Hold(Why::Links));
        check(Mode::Open, KNOWN, "frее money", Verdict::Hold(Why::Letters));
        check(Mode::Open, KNOWN, "HATE", Verdict::Hold(Why::Score));
        check(Mode::Open, Standing { shadowed: true, ..KNOWN }, "HATE", Verdict::Hold(Why::Shadow));
        check(Mode::Open, Standing { banned: true, ..KNOWN }, "x", Verdict::Refuse("site-comments-banned"));
        check(Mode::Held, Standing { staff: true, ..KNOWN }, "casino HATE", Verdict::Show);
    }
}
