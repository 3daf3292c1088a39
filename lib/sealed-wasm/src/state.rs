//! What lasts between calls, under handles.

use onrecord_sealed::{Closing, Entropy, Index, JournalistKeys, KeyList, Opener, PartState, Sealer, SourceKeys};

use crate::fields::Problem;

/// Things of one kind. Handles count from 1 and are not given out twice.
pub(crate) struct Table<T>(Vec<Option<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table(Vec::new())
    }
}

impl<T> Table<T> {
    pub(crate) fn keep(&mut self, thing: T) -> u32 {
        self.0.push(Some(thing));
        self.0.len() as u32
    }

    pub(crate) fn get(&self, handle: u32) -> Result<&T, Problem> {
        self.0.get(place(handle)?).and_then(Option::as_ref).ok_or(Problem::Call)
    }

    pub(crate) fn get_mut(&mut self, handle: u32) -> Result<&mut T, Problem> {
        self.0.get_mut(place(handle)?).and_then(Option::as_mut).ok_or(Problem::Call)
    }

    pub(crate) fn take(&mut self, handle: u32) -> Result<T, Problem> {
        self.0.get_mut(place(handle)?).and_then(Option::take).ok_or(Problem::Call)
    }

    pub(crate) fn drop(&mut self, handle: u32) {
        let _ = self.take(handle);
    }
}

fn place(handle: u32) -> Result<usize, Problem> {
    (handle as usize).checked_sub(1).ok_or(Problem::Call)
}

/// A message on its way out.
// One is alive at a time, in a table on the heap.
#[allow(clippy::large_enum_variant)]
pub(crate) enum Outgoing {
    Open(Sealer),
    Closing(Closing),
}

/// A message being read; the index once it was.
pub(crate) struct Incoming {
    pub(crate) opener: Opener,
    pub(crate) index: Option<Index>,
}

/// A file being read: of which message, and how far.
pub(crate) struct Reading {
    pub(crate) incoming: u32,
    pub(crate) part: PartState,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) entropy: Option<Entropy>,
    pub(crate) sources: Table<SourceKeys>,
    pub(crate) journalists: Table<JournalistKeys>,
    pub(crate) lists: Table<KeyList>,
    pub(crate) outgoing: Table<Outgoing>,
    pub(crate) incoming: Table<Incoming>,
    pub(crate) reading: Table<Reading>,
}

impl State {
    pub(crate) fn entropy(&mut self) -> Result<&mut Entropy, Problem> {
        self.entropy.as_mut().ok_or(Problem::Call)
    }
}
