//! Proof of work: what sending costs a browser a second, and a flood its machine.
//!
//! A challenge holds its own end and a keyed hash, so that nothing is remembered of one that nobody comes back with. One
//! that was used is remembered until it would have ended. It is for one thing, sending or a form; the numbers are per node. How much
//! work it asks for stands in it too, so that what was asked for in a quiet hour is good in a busy one.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use onrecord_base::{Error, Random, Result, Time};
use sha2::{Digest, Sha256};

/// Zero bits a browser looks for in a quiet hour: about a quarter of a million hashes, under a second on a telephone.
pub const DIFFICULTY: u32 = if cfg!(test) { 10 } else { 18 };
/// How long a challenge is good for. The work is done after the files are sealed, so this bounds no slow line.
pub const LIFE: i64 = 30 * 60_000;
/// How long the token of a form is good for: writing carefully takes an evening.
pub const FORM_LIFE: i64 = 12 * 3_600_000;
/// Used challenges of each kind remembered at once. Beyond that new ones are refused until old ones end: a flood that pays
/// for so many has met the quotas long before.
const MOST_USED: usize = 50_000;
/// Characters of an answer: more is no number that a browser counted to.
const LONGEST_ANSWER: usize = 32;

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Sending, with work.
    Send,
    /// A form without a script: it cannot work, but each is good for one time.
    Form,
}

/// Gives challenges and takes their answers.
pub struct Work {
    key: [u8; 32],
    /// Of each purpose apart: used-up forms, which cost nothing, shall not keep out who works.
    used: [Mutex<HashMap<[u8; 16], Time>>; 2],
}

impl Work {
    /// With a secret key.
    pub fn new(key: [u8; 32]) -> Work {
        Work { key, used: Default::default() }
    }

    /// A new challenge, of so many bits.
    pub fn challenge(&self, bits: u32, random: &Random, now: Time) -> String {
        self.new_challenge(Purpose::Send, bits, random, now.plus(LIFE))
    }

    /// The token of a new form.
    pub fn form(&self, random: &Random, now: Time) -> String {
        self.new_challenge(Purpose::Form, 0, random, now.plus(FORM_LIFE))
    }

    fn new_challenge(&self, purpose: Purpose, bits: u32, random: &Random, until: Time) -> String {
        let (nonce, until) = (random.bytes::<16>(), until.millis());
        format!("{}.{until}.{bits}.{}", hex::encode(nonce), self.mark(purpose, &nonce, until, bits))
    }

    /// Takes an answer, `CHALLENGE:NUMBER`: its hash must begin with so many zero bits.
    ///
    /// # Errors
    /// `Error::Refused` if it is none of ours, is too old, was used, or the work is not done.
    pub fn take(&self, answer: &str, now: Time) -> Result<()> {
        let (challenge, number) = answer.split_once(':').ok_or_else(refused)?;
        let counted =
            !number.is_empty() && number.len() <= LONGEST_ANSWER && number.bytes().all(|b| b.is_ascii_digit());
        // Believed here, and checked with the mark below.
        let bits = bits(challenge).filter(|bits| *bits >= DIFFICULTY).ok_or_else(refused)?;
        if !counted || zeros(&Sha256::digest(answer.as_bytes())) < bits {
            return Err(refused());
        }
        self.use_up(Purpose::Send, challenge, now)
    }

    /// Takes the token of a form.
    ///
    /// # Errors
    /// As [`Work::take`].
    pub fn take_form(&self, token: &str, now: Time) -> Result<()> {
        self.use_up(Purpose::Form, token, now)
    }

    /// Whether the token of a form could be taken now.
    ///
    /// # Errors
    /// As [`Work::take`].
    pub fn look_at_form(&self, token: &str, now: Time) -> Result<()> {
        let (nonce, _) = self.read(Purpose::Form, token, now)?;
        if self.used(Purpose::Form).contains_key(&nonce) { Err(refused()) } else { Ok(()) }
    }

    fn use_up(&self, purpose: Purpose, challenge: &str, now: Time) -> Result<()> {
        let (nonce, until) = self.read(purpose, challenge, now)?;
        let mut used = self.used(purpose);
        if used.len() >= MOST_USED {
            used.retain(|_, until| *until > now);
        }
        if used.len() >= MOST_USED {
            return Err(Error::TooMany { seconds: 600 });
        }
        match used.insert(nonce, until) {
            None => Ok(()),
            Some(_) => Err(refused()),
        }
    }

    /// A challenge of ours that has not ended: its number, and its end.
    fn read(&self, purpose: Purpose, challenge: &str, now: Time) -> Result<([u8; 16], Time)> {
        let mut parts = challenge.split('.');
        let (Some(nonce), Some(until), Some(bits), Some(mark), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refused());
        };
        let bits: u32 = bits.parse().map_err(|_| refused())?;
        let nonce: [u8; 16] = hex::decode(nonce).ok().and_then(|n| n.try_into().ok()).ok_or_else(refused)?;
        let until: i64 = until.parse().map_err(|_| refused())?;
        // Compared as hashes of hashes: how long it takes tells nothing of the right mark.
        let same = Sha256::digest(self.mark(purpose, &nonce, until, bits)) == Sha256::digest(mark);
        match same && Time::from_millis(until) > now {
            true => Ok((nonce, Time::from_millis(until))),
            false => Err(refused()),
        }
    }

    /// The key stands in front and all that follows has a fixed length: no other text has the same hash.
    fn mark(&self, purpose: Purpose, nonce: &[u8; 16], until: i64, bits: u32) -> String {
        let purpose = [purpose as u8];
        let hash = Sha256::new()
            .chain_update(self.key)
            .chain_update(purpose)
            .chain_update(nonce)
            .chain_update(until.to_be_bytes())
            .chain_update(bits.to_be_bytes())
            .finalize();
        hex::encode(&hash[..16])
    }

    fn used(&self, purpose: Purpose) -> MutexGuard<'_, HashMap<[u8; 16], Time>> {
        self.used[purpose as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused() -> Error {
    Error::refused("site-tips-error-work")
}

fn zeros(hash: &[u8]) -> u32 {
    let mut count = 0;
    for byte in hash {
        count += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    count
}

/// The bits that a challenge asks for, as it says itself.
fn bits(challenge: &str) -> Option<u32> {
    challenge.split('.').nth(2)?.parse().ok()
}

/// Does the work, as a browser does: for tests and the command line.
pub fn solve(challenge: &str) -> String {
    let (mut number, bits) = (0u64, bits(challenge).unwrap_or(0));
    loop {
        let answer = format!("{challenge}:{number}");
        if zeros(&Sha256::digest(answer.as_bytes())) >= bits {
            return answer;
        }
        number += 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NOW: Time = Time::constant(1_795_341_600_000);

    #[test]
    fn work_is_taken_once() {
        let (work, random) = (Work::new([7; 32]), Random::default());
        let answer = solve(&work.challenge(DIFFICULTY, &random, NOW));
        assert!(work.take(&answer, NOW).is_ok());
        assert!(work.take(&answer, NOW).is_err(), "a second time");
        let late = solve(&work.challenge(DIFFICULTY, &random, NOW));
        assert!(work.take(&late, NOW.plus(LIFE)).is_err(), "too late");
        assert!(Work::new([8; 32]).take(&late, NOW).is_err(), "somebody else's");
    }

    #[test]
    fn what_is_not_worked_for_is_refused() {
        let (work, random) = (Work::new([7; 32]), Random::default());
        let challenge = work.challenge(DIFFICULTY, &random, NOW);
        let form = work.form(&random, NOW);
        let hard = work.challenge(DIFFICULTY + 3, &random, NOW);
        let easier = hard.replacen(&format!(".{}.", DIFFICULTY + 3), &format!(".{DIFFICULTY}."), 1);
        assert!(easier != hard && work.take(&solve(&hard), NOW).is_ok());
        for answer in [
            "",
            ":",
            "a:1",
            &challenge,
            &format!("{challenge}:x"),
            &format!("{challenge}:{}", "1".repeat(40)),
            &solve(&form),
            &solve(&challenge.replacen('.', "1.", 1)),
            &solve(&easier),
        ] {
            assert!(work.take(answer, NOW).is_err(), "{answer}");
        }
        assert!(work.take_form(&challenge, NOW).is_err(), "a challenge is no form");
        assert!(work.look_at_form(&form, NOW).is_ok(), "looking uses nothing up");
        assert!(work.take_form(&form, NOW).is_ok() && work.take_form(&form, NOW).is_err());
        assert!(work.look_at_form(&form, NOW).is_err(), "used up");
    }

    #[test]
    fn an_evening_of_writing_is_not_too_long() {
        let (work, random) = (Work::new([7; 32]), Random::default());
        let form = work.form(&random, NOW);
        assert!(work.look_at_form(&form, NOW.plus(8 * 3_600_000)).is_ok());
        assert!(work.take_form(&form, NOW.plus(FORM_LIFE)).is_err(), "too late");
    }

    #[test]
    fn zeros_are_counted_over_bytes() {
        assert_eq!(zeros(&[0, 0b0010_0000, 0xff]), 10);
        assert_eq!(zeros(&[0xff]), 0);
        assert_eq!(zeros(&[0, 0]), 16);
    }

    proptest::proptest! {
        #[test]
        fn no_answer_does_harm(answer in "\\PC{0,80}|[0-9a-f.:]{0,120}") {
            let _ = Work::new([7; 32]).take(&answer, NOW);
            let _ = Work::new([7; 32]).take_form(&answer, NOW);
        }
    }
}
