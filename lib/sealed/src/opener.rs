//! Opening: the index first, then whichever file is wanted.

use std::ops::Range;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{
    Author, Head, Index, JournalistKeys, Kind, Part, Place, Refused, SourceKeys,
    derive::Secret,
    index::{INDEX_CHUNKS, SIGNATURE},
    kem::SLOT,
    sealer::{self, SIGNED},
    stream::{CHUNK, Chunks, SEALED_CHUNK},
};

/// The bytes of a file; overwritten when they go.
pub type FileBytes = Zeroizing<Vec<u8>>;

/// An envelope whose key was found in a slot.
pub struct Opener {
    kind: Kind,
    digest: [u8; 32],
    count: u32,
    chunks: Chunks,
}

impl Opener {
    /// Opens with a journalist's keys, of as many months as there are; the newest first is quickest.
    pub fn journalist<'a>(
        head: &Head,
        place: &Place,
        keys: impl IntoIterator<Item = &'a JournalistKeys>,
    ) -> Result<Self, Refused> {
        head.belongs(place)?;
        let found = keys.into_iter().find_map(|keys| sealer::open_journalist_slot(head, &keys.kem));
        Opener::new(head, found.map(|(_, key)| key))
    }

    /// Opens a reply with the keys of a codename.
    pub fn source(head: &Head, place: &Place, keys: &SourceKeys) -> Result<Self, Refused> {
        head.belongs(place)?;
        Opener::new(head, sealer::open_source_slot(head, &keys.kem))
    }

    fn new(head: &Head, key: Option<Secret>) -> Result<Self, Refused> {
        debug_assert_eq!(head.slots.len() % SLOT, 0);
        let key = key.ok_or(Refused::NotForYou)?;
        if !bool::from(Chunks::commitment(&key).ct_eq(&head.core.commitment)) {
            return Err(Refused::Tampered);
        }
        let digest = Head::digest(&head.core, &head.slots);
        Ok(Opener { kind: head.kind(), digest, count: head.chunks(), chunks: Chunks::new(&key, digest) })
    }

    /// The chunks that hold the index.
    pub fn index_chunks(&self) -> Range<u32> {
        self.count.saturating_sub(INDEX_CHUNKS)..self.count
    }

    /// Opens any one chunk.
    pub fn chunk(&self, number: u32, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        if number >= self.count {
            return Err(Refused::Truncated);
        }
        self.chunks.open(number, number + 1 == self.count, sealed)
    }

    /// The index, from the sealed bytes of [`Opener::index_chunks`]; its signature is checked.
    pub fn index(&self, sealed: &[u8]) -> Result<Index, Refused> {
        let range = self.index_chunks();
        if sealed.len() != range.len() * SEALED_CHUNK {
            return Err(Refused::Truncated);
        }
        let mut plain = Zeroizing::new(Vec::with_capacity(range.len() * CHUNK));
        for (number, sealed) in range.clone().zip(sealed.chunks_exact(SEALED_CHUNK)) {
            plain.extend_from_slice(&Zeroizing::new(self.chunk(number, sealed)?));
        }
        let (rest, length) = plain.split_last_chunk::<4>().ok_or(Refused::Truncated)?;
        let (rest, signature) = rest.split_last_chunk::<SIGNATURE>().ok_or(Refused::Truncated)?;
        let length = u32::from_be_bytes(*length) as usize;
        let start = rest.len().checked_sub(length).ok_or(Refused::Malformed("an index longer than its place"))?;
        let bytes = &rest[start..];
        let content = u64::from(range.start) * CHUNK as u64 + start as u64;
        let index = Index::parse(bytes, content)?;
        sealer::may_sign(self.kind, &index.author)?;
        let message: [&[u8]; 3] = [&self.digest, &self.count.to_be_bytes(), bytes];
        match &index.author {
            Author::Nobody if *signature == [0; SIGNATURE] => {}
            Author::Nobody => return Err(Refused::Signature),
            Author::Source(source) => source.verify.verify(SIGNED, &message, signature)?,
            Author::Journalist(key) => key.verify(SIGNED, &message, signature)?,
        }
        Ok(index)
    }

    /// Opens a file of the message, chunk by chunk.
    pub fn part(&self, part: &Part) -> PartReader<'_> {
        PartReader { opener: self, state: PartState::new(part) }
    }

    /// Index and files of a small message at once.
    pub fn whole(&self, body: &[u8]) -> Result<(Index, Vec<FileBytes>), Refused> {
        if body.len() as u64 != u64::from(self.count) * SEALED_CHUNK as u64 {
            return Err(Refused::Truncated);
        }
        let sealed = |number: u32| {
            let at = number as usize * SEALED_CHUNK;
            body.get(at..at + SEALED_CHUNK).ok_or(Refused::Truncated)
        };
        let index = self.index(&body[self.index_chunks().start as usize * SEALED_CHUNK..])?;
        let mut files = Vec::new();
        for part in &index.parts {
            let mut reader = self.part(part);
            let mut file = Zeroizing::new(Vec::new());
            while let Some(number) = reader.wants() {
                file.extend_from_slice(&Zeroizing::new(reader.push(sealed(number)?)?));
            }
            reader.finish()?;
            files.push(file);
        }
        Ok((index, files))
    }
}

/// How far the reading of a file is. Apart from the opener, so that a table of handles can hold both.
pub struct PartState {
    next: u32,
    skip: usize,
    left: u64,
    digest: [u8; 32],
    hasher: Sha256,
}

impl PartState {
    /// At the beginning of a file.
    pub fn new(part: &Part) -> Self {
        PartState {
            next: (part.offset / CHUNK as u64) as u32,
            skip: (part.offset % CHUNK as u64) as usize,
            left: part.length,
            digest: part.digest,
            hasher: Sha256::new(),
        }
    }

    /// The number of the chunk that is wanted next; none when the file is complete.
    pub fn wants(&self) -> Option<u32> {
        (self.left > 0).then_some(self.next)
    }

    /// Takes the sealed chunk that was wanted; answers the file's bytes in it.
    pub fn push(&mut self, opener: &Opener, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        let number = self.wants().ok_or(Refused::Malformed("the file is complete"))?;
        let mut bytes = opener.chunk(number, sealed)?;
        let end = usize::try_from(self.left).map_or(CHUNK, |left| CHUNK.min(self.skip.saturating_add(left)));
        bytes.truncate(end);
        bytes.drain(..self.skip);
        self.hasher.update(&bytes);
        self.left -= bytes.len() as u64;
        self.next += 1;
        self.skip = 0;
        Ok(bytes)
    }

    /// Says whether what came is the file that was sent: nothing of it may be used before this.
    pub fn finish(self) -> Result<(), Refused> {
        let digest: [u8; 32] = self.hasher.finalize().into();
        if self.left == 0 && digest == self.digest { Ok(()) } else { Err(Refused::Tampered) }
    }
}

/// A file being opened.
pub struct PartReader<'a> {
    opener: &'a Opener,
    state: PartState,
}

impl PartReader<'_> {
    /// See [`PartState::wants`].
    pub fn wants(&self) -> Option<u32> {
        self.state.wants()
    }

    /// See [`PartState::push`].
    pub fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        self.state.push(self.opener, sealed)
    }

    /// See [`PartState::finish`].
    pub fn finish(self) -> Result<(), Refused> {
        self.state.finish()
    }
}
