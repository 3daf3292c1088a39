//! The word-for-word check.

use crate::verify::EditKind::{self, *};
use crate::verify::{Profile, Verdict, verify};

const SOURCE: &str = "Well, we did not \u{2014} uh, we did not close the bridge. It\u{2019}s the city that closed it, and \
                      the city will pay for every day of it. That is all I have to say.";

fn check(quoted: &str, profile: Profile, verdict: Verdict, kinds: &[EditKind]) {
    let c = verify(quoted, SOURCE, profile);
    let found: Vec<EditKind> = c.edits.iter().map(|e| e.kind).collect();
    assert_eq!((c.verdict, found.as_slice()), (verdict, kinds), "{quoted} {profile:?}");
}

#[test]
fn strict_allows_only_marked_edits() {
    check("the city will pay for every day of it", Profile::Strict, Verdict::Exact, &[]);
    check("the city will pay \u{2026} of it", Profile::Strict, Verdict::AllowedEdit, &[Ellipsis]);
    check("the city [of Norwall] will pay", Profile::Strict, Verdict::AllowedEdit, &[Bracket]);
    check("[they] will pay for every day", Profile::Strict, Verdict::AllowedEdit, &[Bracket]);
    check("It's the city", Profile::Strict, Verdict::Altered, &[Typography]);
    check("The city will pay", Profile::Strict, Verdict::Altered, &[Case]);
    check("[T]he city will pay", Profile::Strict, Verdict::AllowedEdit, &[Bracket]);
}

#[test]
fn standard_allows_typography_first_letter_and_end() {
    check("It's the city that closed it.", Profile::Standard, Verdict::AllowedEdit, &[Typography, Punctuation]);
    check("The city will pay,", Profile::Standard, Verdict::AllowedEdit, &[Case, Punctuation]);
    check("the City will pay", Profile::Standard, Verdict::Altered, &[Case]);
}

#[test]
fn light_allows_hesitations_left_out() {
    check("we did not \u{2014} we did not close the bridge", Profile::Light, Verdict::AllowedEdit, &[Filler]);
    check("we did not \u{2014} we did not close the bridge", Profile::Standard, Verdict::Altered, &[Filler]);
}

#[test]
fn a_word_is_a_word() {
    check("the city will pay for any day of it", Profile::Light, Verdict::Altered, &[Changed]);
    check("the city will gladly pay for every day", Profile::Light, Verdict::Altered, &[Added]);
    check("the city will pay every day of it", Profile::Light, Verdict::Altered, &[Dropped]);
    check("the city pay will for every day of it", Profile::Light, Verdict::Altered, &[Reordered, Reordered]);
    check("the city will not pay for every day", Profile::Light, Verdict::Altered, &[Negated]);
    check("we did close the bridge. It\u{2019}s the city", Profile::Light, Verdict::Altered, &[Negated]);
}

#[test]
fn marks_do_not_hide_a_lost_negation() {
    let source = "I did not close the bridge.";
    for quoted in ["I did \u{2026} close the bridge", "I did [really] close the bridge"] {
        let c = verify(quoted, source, Profile::Light);
        assert_eq!((c.verdict, c.edits[0].kind), (Verdict::Altered, Negated), "{quoted}");
    }
}

#[test]
fn pieces_keep_their_order() {
    let c = verify("the city will pay \u{2026} close the bridge", SOURCE, Profile::Light);
    assert_eq!(c.verdict, Verdict::Altered);
    assert!(c.edits.iter().any(|e| e.kind == Reordered));
}

#[test]
fn an_ellipsis_of_the_source_is_no_edit() {
    let c = verify("Anyway\u{2026} we go on", "He said: Anyway\u{2026} we go on from here.", Profile::Strict);
    assert_eq!((c.verdict, c.edits.len()), (Verdict::Exact, 0));
}

#[test]
fn nothing_like_it_is_not_found() {
    let c = verify("My grandmother sold apples in the square", SOURCE, Profile::Light);
    assert_eq!((c.verdict, c.source), (Verdict::NotFound, None));
    assert_eq!(verify("", SOURCE, Profile::Light).verdict, Verdict::NotFound);
    assert_eq!(verify("words", "", Profile::Light).verdict, Verdict::NotFound);
}

#[test]
fn edits_carry_both_sides() {
    let c = verify("the city will pay for any day of it", SOURCE, Profile::Standard);
    let e = &c.edits[0];
    assert_eq!((e.quoted.as_str(), e.original.as_str(), e.allowed), ("any", "every", false));
    let cut: String = SOURCE.chars().skip(e.source.start).take(e.source.end - e.source.start).collect();
    assert_eq!(cut, "every");
}
