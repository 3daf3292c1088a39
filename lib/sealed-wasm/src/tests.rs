use proptest::prelude::*;

use super::{
    calls::{self, answer},
    fields::{Arguments, Fields, Problem},
    state::State,
    *,
};

/// Those that would take long whatever they are given: derivations, and work.
const SLOW: [u32; 4] = [4, 12, 50, 51];

#[test]
fn a_result_is_read_through_the_buffers() {
    let arguments = Fields::of(&[7; 32]).into_bytes();
    let give = |bytes: &[u8]| {
        assert!(!input(bytes.len()).is_null());
        INPUT.with_borrow_mut(|input| input.copy_from_slice(bytes));
    };
    give(&arguments);
    assert_eq!(call(calls::SEED), 0);
    INPUT.with_borrow(|input| assert!(input.is_empty(), "what was given is overwritten"));
    give(&[]);
    let length = call(10);
    assert!(length > 0 && !output().is_null());
    OUTPUT.with_borrow(|output| {
        assert_eq!(output.len() as i32, length);
        let phrase = Arguments::new(output).text().map(str::to_owned).expect("a text");
        assert_eq!(phrase.split(' ').count(), 7);
    });
    give(&Fields::default().text("one two").into_bytes());
    let length = call(11);
    OUTPUT.with_borrow(|output| assert_eq!((output.as_slice(), length), (b"codename-count 2".as_slice(), -16)));
}

#[test]
fn nothing_is_made_before_there_is_randomness() {
    assert_eq!(answer(&mut State::default(), 10, &[]).err(), Some(Problem::Call));
}

#[test]
fn a_call_with_too_much_or_too_little_is_refused() {
    let mut state = State::default();
    let seed = Fields::of(&[7; 32]).into_bytes();
    assert!(answer(&mut state, calls::SEED, &seed).is_ok());
    assert_eq!(answer(&mut state, calls::SEED, &seed[..20]).err(), Some(Problem::Call));
    assert_eq!(answer(&mut state, calls::SEED, &[seed.as_slice(), &[0; 4]].concat()).err(), Some(Problem::Call));
    assert_eq!(answer(&mut state, 999, &[]).err(), Some(Problem::Call));
    assert_eq!(
        answer(&mut state, calls::DROP, &Fields::default().number(9).number(1).into_bytes()).err(),
        Some(Problem::Call)
    );
}

proptest! {
    #[test]
    fn no_arguments_make_any_call_panic(what in 0..60_u32, fields in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..8), numbers in prop::collection::vec(0..4_u32, 0..4)) {
        prop_assume!(!SLOW.contains(&what));
        let mut state = State::default();
        let seeded = answer(&mut state, calls::SEED, &Fields::of(&[7; 32]).into_bytes());
        prop_assert!(seeded.is_ok());
        let mut given = Fields::default();
        for number in numbers {
            given = given.number(number);
        }
        for field in &fields {
            given = given.bytes(field);
        }
        let _ = answer(&mut state, what, &given.into_bytes());
        let _ = answer(&mut state, what, &fields.concat());
    }
}
