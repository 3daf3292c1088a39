//! What holds for every newsroom.

use onrecord_base::{Time, testing::START};
use proptest::prelude::*;

use crate::{
    model::{Count, Facts, Model, Voice},
    rank::{
        chain::STEPS,
        spread::{OF_ONE, WINDOW},
    },
    ranker::Ranker,
};

const WORDS: [&str; 10] = ["harbour", "wall", "mayor", "ferry", "budget", "storm", "school", "court", "music", "water"];

fn facts(number: usize, dice: u64) -> Facts {
    let pick = |shift: u32, n: u64| (dice >> shift) % n;
    Facts {
        id: format!("{number:04}"),
        section: (pick(0, 9) > 0).then(|| format!("s{}", pick(4, 5))),
        language: if dice >> 60 == 0 { "de".into() } else { "en".into() },
        published_at: START.millis() - (pick(12, 4_000) as i64) * 3_600_000,
        text: (0..4).map(|word| WORDS[pick(word * 5 + 16, 10) as usize]).collect::<Vec<_>>().join(" "),
        voices: vec![Voice {
            quotation: format!("q{}", pick(30, 30)),
            speaker: format!("p{}", pick(36, 8)),
            addressee: String::new(),
        }],
        ..Facts::default()
    }
}

fn model(dice: &[u64], clicks: &[(usize, i64, i64, i64)]) -> Model {
    let mut model = Model::default();
    for (number, dice) in dice.iter().enumerate() {
        model.put(&facts(number, *dice));
    }
    let counts: Vec<Count> = clicks
        .iter()
        .map(|(story, position, shown, clicked)| Count {
            hour: START.millis() / 3_600_000 - 1,
            story: format!("{:04}", story % dice.len()),
            variant: "a".into(),
            position: *position,
            shown: *shown,
            clicked: *clicked,
        })
        .collect();
    model.count(&counts, START);
    model
}

fn ids(model: &mut Model, from: &str, now: Time) -> Vec<String> {
    model.list(from, Ranker::Chosen, 5, now).into_iter().map(|one| one.id).collect()
}

fn unique(ids: &[String]) -> usize {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    ids.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_list_is_full_mixed_and_never_the_story_itself(
        dice in prop::collection::vec(any::<u64>(), 2..80),
        clicks in prop::collection::vec((any::<usize>(), 0i64..7, 0i64..500, 0i64..50), 0..60),
    ) {
        let mut model = model(&dice, &clicks);
        for number in 0..dice.len() {
            let from = format!("{number:04}");
            let list = ids(&mut model, &from, START);
            prop_assert!(!list.is_empty() && !list.contains(&from));
            prop_assert_eq!(unique(&list), list.len());
            prop_assert!(list.len() >= 5.min(dice.len() - 1), "{:?} of {}", list, dice.len());
            let section = |id: &String| facts(0, dice[id.parse::<usize>().unwrap()]).section;
            let mut counts = std::collections::HashMap::new();
            for id in list.iter().take(WINDOW) {
                *counts.entry(section(id)).or_insert(0) += 1;
            }
            // Only where the language has nothing else.
            let language = facts(0, dice[number]).language;
            let same = |other: &&u64| facts(0, **other).language == language;
            let sections: std::collections::HashSet<_> = dice.iter().filter(same).map(|d| facts(0, *d).section).collect();
            let many = sections.len() >= 3 && sections.iter().all(|section| {
                dice.iter().enumerate().filter(|(other, d)| *other != number && same(d) && facts(0, **d).section == *section).count() >= OF_ONE
            });
            prop_assert!(!many || counts.values().all(|n| *n <= OF_ONE), "{:?}", counts);
        }
    }

    #[test]
    fn ten_steps_meet_no_story_twice(
        dice in prop::collection::vec(any::<u64>(), 12..60),
        clicks in prop::collection::vec((any::<usize>(), 0i64..7, 100i64..500, 0i64..90), 0..40),
        start in any::<usize>(),
    ) {
        // One language: where a language has eleven stories and more.
        let dice: Vec<u64> = dice.into_iter().map(|d| d | 1 << 60).collect();
        let mut model = model(&dice, &clicks);
        for start in [start % dice.len(), 0, dice.len() - 1] {
            let mut walk = vec![format!("{start:04}")];
            for _ in 0..STEPS {
                let next = ids(&mut model, &walk[walk.len() - 1], START).remove(0);
                walk.push(next);
            }
            prop_assert_eq!(unique(&walk), STEPS + 1, "{:?}", walk);
        }
    }

    /// Pages are made as readers ask for them; who looks up a story by itself is told the same.
    #[test]
    fn the_first_link_does_not_hang_on_who_asked_first(
        dice in prop::collection::vec(any::<u64>(), 30..60),
        asked in prop::collection::vec(any::<usize>(), 1..6),
    ) {
        let dice: Vec<u64> = dice.into_iter().map(|d| d | 1 << 60).collect();
        let mut served = model(&dice, &[]);
        for at in asked {
            let from = format!("{:04}", at % dice.len());
            let mut alone = model(&dice, &[]);
            prop_assert_eq!(ids(&mut served, &from, START), ids(&mut alone, &from, START));
        }
    }

    #[test]
    fn what_is_gone_is_in_no_list(dice in prop::collection::vec(any::<u64>(), 4..40), gone in any::<usize>()) {
        let mut model = model(&dice, &[]);
        let gone = format!("{:04}", gone % dice.len());
        for number in 0..dice.len() {
            ids(&mut model, &format!("{number:04}"), START);
        }
        model.remove(&gone);
        for number in 0..dice.len() {
            let list = ids(&mut model, &format!("{number:04}"), START);
            prop_assert!(!list.contains(&gone));
        }
        prop_assert!(ids(&mut model, &gone, START).is_empty());
    }

    /// However the stories and counts came in: a restarted node ranks as the one that followed.
    #[test]
    fn the_model_is_a_function_of_what_it_was_given(
        dice in prop::collection::vec(any::<u64>(), 3..30),
        clicks in prop::collection::vec((any::<usize>(), 0i64..7, 0i64..500, 0i64..50), 0..30),
    ) {
        let whole = model(&dice, &[]);
        let mut followed = Model::default();
        for (number, dice) in dice.iter().enumerate().rev() {
            followed.put(&facts(number, dice.rotate_left(7)));
            followed.put(&facts(number, *dice));
        }
        let mut clicked = model(&dice, &clicks);
        // The same rows, read a second time.
        let again: Vec<Count> = Vec::new();
        clicked.count(&again, START);
        for number in 0..dice.len() {
            let from = format!("{number:04}");
            let scores = |model: &Model| {
                let mut all: Vec<(String, i64)> =
                    model.explain(&from, Ranker::Chosen, 500, START).iter().map(|one| (one.id.clone(), (one.score * 1e6) as i64)).collect();
                all.sort();
                all
            };
            prop_assert_eq!(scores(&whole), scores(&followed));
        }
    }
}

#[test]
fn two_stories_follow_one_another() {
    let mut model = model(&[1 << 8, 2 << 8], &[]);
    assert_eq!(ids(&mut model, "0000", START), ["0001"]);
    assert_eq!(ids(&mut model, "0001", START), ["0000"]);
    let mut alone = self::model(&[1], &[]);
    assert!(ids(&mut alone, "0000", START).is_empty());
}

#[test]
fn the_same_speaker_and_the_same_words_bring_a_story_up() {
    let mut model = Model::default();
    for number in 0..40 {
        model.put(
            &Facts { id: format!("{number}"), language: "en".into(), text: "nothing alike".into(), ..Facts::default() }
                .at(START),
        );
    }
    let voice = |quotation: &str| {
        vec![Voice { quotation: quotation.into(), speaker: "Ilse".into(), addressee: "the council".into() }]
    };
    let of = |id: &str, quotation: &str, text: &str| Facts {
        id: id.into(),
        language: "en".into(),
        text: text.into(),
        voices: voice(quotation),
        published_at: START.millis() - 400 * 24 * 3_600_000,
        ..Facts::default()
    };
    model.put(&of("here", "1", "The harbour wall"));
    model.put(&of("there", "2", "Masons at the harbour wall"));
    let list = model.explain("here", Ranker::Chosen, 3, START);
    assert_eq!(list[0].id, "there");
}
