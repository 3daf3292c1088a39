//! Who is calling now: between the call's beginning and its recording, in memory and nowhere else, because what is told
//! about a finished recording names neither number.

use std::collections::VecDeque;

use onrecord_base::Time;

/// Calls remembered at a time.
const MOST: usize = 1000;
/// Milliseconds for which one is remembered: the longest message, and the provider's work on it.
const REMEMBERED: i64 = 3 * 3_600_000;

/// The two numbers of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Calls of the last hours, oldest first.
#[derive(Default)]
pub(crate) struct Calls(VecDeque<(Time, String, Numbers)>);

impl Calls {
    pub(crate) fn remember(&mut self, id: &str, numbers: Numbers, now: Time) {
        self.forget_old(now);
        self.0.retain(|(_, known, _)| known != id);
        if self.0.len() >= MOST {
            self.0.pop_front();
        }
        self.0.push_back((now, id.to_owned(), numbers));
    }

    pub(crate) fn find(&mut self, id: &str, now: Time) -> Option<Numbers> {
        self.forget_old(now);
        self.0.iter().find(|(_, known, _)| known == id).map(|(_, _, numbers)| numbers.clone())
    }

    /// Its recording is here, or will not come.
    pub(crate) fn forget(&mut self, id: &str) {
        self.0.retain(|(_, known, _)| known != id);
    }

    fn forget_old(&mut self, now: Time) {
        self.0.retain(|(began, ..)| now.millis() - began.millis() < REMEMBERED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_forgotten_after_its_time() {
        let (mut calls, now) = (Calls::default(), Time::constant(1_795_341_600_000));
        let numbers = |from: &str| Numbers { from: from.into(), to: "2".into() };
        calls.remember("CA1", numbers("1"), now);
        calls.remember("CA1", numbers("3"), now);
        assert_eq!(calls.find("CA1", now), Some(numbers("3")));
        assert_eq!(calls.find("CA2", now), None);
        calls.forget("CA1");
        assert_eq!(calls.find("CA1", now), None);
        calls.remember("CA1", numbers("3"), now);
        assert_eq!(calls.find("CA1", now.plus(REMEMBERED)), None);
        for number in 0..MOST + 5 {
            calls.remember(&number.to_string(), numbers("1"), now);
        }
        assert_eq!((calls.0.len(), calls.find("4", now)), (MOST, None));
    }
}
