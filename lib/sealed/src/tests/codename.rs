//! Codenames: drawn evenly, read forgivingly, derived as it is written down.

use diceware_wordlists::EFF_LONG_WORDLIST;
use sha2::{Digest, Sha256};

use crate::*;

const TYPED: &str = "abacus banana cabbage dandelion zoom eagle fabric";

fn codename(text: &str) -> Codename {
    Codename::parse(text).expect("a codename")
}

#[test]
fn the_list_is_the_effs() {
    // The words of eff_large_wordlist.txt in order, a line feed after each.
    let mut hasher = Sha256::new();
    EFF_LONG_WORDLIST.iter().for_each(|word| hasher.update(format!("{word}\n")));
    assert_eq!(hex::encode(hasher.finalize()), LIST_DIGEST);
    assert!(EFF_LONG_WORDLIST.is_sorted_by(|a, b| a < b), "found by halving");
    let odd: Vec<&str> =
        EFF_LONG_WORDLIST.iter().copied().filter(|word| !word.bytes().all(|b| b.is_ascii_lowercase())).collect();
    assert_eq!(odd, ["drop-down", "felt-tip", "t-shirt", "yo-yo"], "never drawn");
}
const LIST_DIGEST: &str = "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522";

#[test]
fn words_are_read_however_they_are_written() {
    let meant = codename(TYPED);
    for typed in [
        "ABACUS Banana cabbage DANDELION zoom eagle fabric",
        "  abacus-banana-cabbage-dandelion-zoom-eagle-fabric\n",
        "1. abacus\n2. banana\n3. cabbage\n4. dandelion\n5. zoom\n6. eagle\n7. fabric",
        "abacus, banana; cabbage, dandelion · zoom — eagle\u{a0}fabric.",
        "abac bana cabba dandel zoom eagl fabr",
    ] {
        assert_eq!(Codename::parse(typed).as_ref(), Ok(&meant), "{typed}");
    }
    assert_eq!(meant.phrase().as_str(), TYPED);
    assert_eq!(format!("{meant:?}"), "Codename(…)");
}

#[test]
fn what_is_wrong_is_said_by_its_place() {
    assert_eq!(Codename::parse("").err(), Some(BadCodename::Count(0)));
    assert_eq!(Codename::parse("abacus banana").err(), Some(BadCodename::Count(2)));
    assert_eq!(Codename::parse(&format!("{TYPED} zoom")).err(), Some(BadCodename::Count(8)));
    assert_eq!(Codename::parse(&TYPED.replace("cabbage", "cabagge")).err(), Some(BadCodename::Word(3)));
    assert_eq!(Codename::parse(&TYPED.replace("cabbage", "ca")).err(), Some(BadCodename::Word(3)), "begins many");
    assert_eq!(Codename::parse(&TYPED.replace("cabbage", "cäbbage")).err(), Some(BadCodename::Word(3)));
}

#[test]
fn every_word_is_found_and_no_beginning_is_guessed() {
    for word in EFF_LONG_WORDLIST.iter().filter(|word| !word.contains('-')) {
        let found = codename(&format!("{word} banana cabbage dandelion zoom eagle fabric"));
        assert_eq!(found.words()[0], *word);
    }
}

#[test]
fn codenames_are_drawn_from_the_whole_list() {
    let mut entropy = Entropy::new([1; 32]);
    let mut words = std::collections::BTreeSet::new();
    for _ in 0..2_000 {
        let drawn = Codename::generate(&mut entropy);
        assert_eq!(Codename::parse(&drawn.phrase()), Ok(drawn.clone()));
        words.extend(drawn.words());
    }
    // 14,000 draws of 7,772 leave about e^-1.8 of them out.
    assert!((6_300..6_700).contains(&words.len()), "{}", words.len());
    assert!(words.contains("zoom") || words.contains("zone"), "up to the end");
}

#[test]
fn a_codename_gives_the_same_keys_everywhere_and_other_ones_at_another_newsroom() {
    let newsroom = NewsroomId(*b"The Harbour Post");
    let keys = codename(TYPED).derive(&newsroom).expect("derives");
    // The form must never change unnoticed: these are the values of version 1.
    assert_eq!(hex::encode(keys.root().as_ref()), ROOT);
    assert_eq!(keys.lookup().hex().as_str(), LOOKUP);
    assert_eq!(keys.lookup().tip().to_string(), TIP);
    assert_eq!(hex::encode(Sha256::digest(keys.public().bytes())), PUBLIC);
    assert_eq!(Lookup::parse(LOOKUP).as_ref(), Ok(keys.lookup()));
    assert!(Lookup::parse("00").is_err());
    let again = SourceKeys::from_root(*keys.root()).expect("keys");
    assert!(again.public() == keys.public());
    assert_ne!(hex::encode(keys.lookup().hash()), LOOKUP, "the server keeps a hash");
    let elsewhere = codename(TYPED).derive(&NewsroomId([0; 16])).expect("derives");
    assert_ne!(elsewhere.lookup(), keys.lookup());
}
const ROOT: &str = "efe2638e67a86e4a151ffcbedf7358e0ec06ffb4584970304a94753500abf0e5";
const LOOKUP: &str = "edd1fba29a403b35f9ccbba80ab53befe49be628edea36eed4ce64e6d11c913e";
const TIP: &str = "0a22290a667955902485ce84e83e1191";
const PUBLIC: &str = "6b6b69ba697e897c7390ddf011ce15b95e6fa0c0a5d1267d14ab3d7d891ac751";
