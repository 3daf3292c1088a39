//! Sealing: files as they come, then the text, then the head.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    Author, Day, DeskId, Entropy, Head, Index, JournalistKeys, KemPublic, KeyList, Kind, Part, Place, Refused,
    SourceKeys, SourcePublic, TipId,
    derive::Secret,
    head::{Core, SLOTS},
    index::{self, MAX_TYPE, SIGNATURE},
    kem::{self, KemSecret, SLOT},
    stream::{self, CHUNK, Chunks, MAX_CHUNKS},
};

pub(crate) const SIGNED: &str = "onrecord/sealed/1 message";
const FOR_JOURNALIST: u8 = 0;
const FOR_SOURCE: u8 = 1;

/// What is to be sealed, and for which place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// What it is.
    pub kind: Kind,
    /// Who reads it.
    pub desk: DeskId,
    /// The tip it belongs to.
    pub tip: TipId,
    /// Its number in the tip, from 0.
    pub sequence: u32,
}

/// Who signs what is sealed.
#[derive(Clone, Copy)]
pub enum Signer<'a> {
    /// Nobody; only for arrivals.
    Nobody,
    /// The source.
    Source(&'a SourceKeys),
    /// A journalist.
    Journalist(&'a JournalistKeys),
}

/// An envelope being sealed. Takes memory for one chunk, however large the files are.
///
/// Bodies come out while files go in: [`Sealer::begin`] a file, [`Sealer::push`] its bytes, and so on; then [`Sealer::finish`] with
/// the text gives the head and the rest of the body.
pub struct Sealer {
    core: Core,
    slots: Vec<u8>,
    serial: u32,
    chunks: Chunks,
    /// The chunk that is being filled.
    open: Zeroizing<Vec<u8>>,
    sealed: u32,
    parts: Vec<Part>,
    hasher: Sha256,
}

impl Sealer {
    /// Makes the key of the body and wraps it for everybody at the desk. A reply is also wrapped for the source; if there is none
    /// to wrap for, that slot is a dummy.
    pub fn new(
        list: &KeyList,
        today: Day,
        address: &Address,
        source: Option<&SourcePublic>,
        entropy: &mut Entropy,
    ) -> Result<Self, Refused> {
        let recipients = list.recipients(address.desk, today)?;
        let key = Zeroizing::new(entropy.bytes());
        let place = Place { newsroom: list.contents().newsroom, tip: address.tip, sequence: address.sequence };
        let core = Core {
            kind: address.kind,
            place,
            desk: address.desk,
            list: *list.digest(),
            commitment: Chunks::commitment(&key),
        };
        let mut slots =
            journalist_slots(&core, &recipients.iter().map(|card| &card.kem).collect::<Vec<_>>(), &key, entropy)?;
        if address.kind == Kind::Reply {
            slots.extend_from_slice(&slot(&core, FOR_SOURCE, source.map(|source| &source.kem), &key, entropy)?);
        }
        let chunks = Chunks::new(&key, Head::digest(&core, &slots));
        Ok(Sealer {
            core,
            slots,
            serial: list.contents().serial,
            chunks,
            open: Zeroizing::new(Vec::with_capacity(stream::SEALED_CHUNK)),
            sealed: 0,
            parts: Vec::new(),
            hasher: Sha256::new(),
        })
    }

    /// Begins a file. Its name is made harmless; a type that is too long or has other than visible ASCII in it is left out.
    pub fn begin(&mut self, name: &str, media_type: &str) -> Result<(), Refused> {
        if self.parts.len() == index::MAX_PARTS {
            return Err(Refused::TooLarge);
        }
        self.end_part();
        let plain = media_type.len() <= MAX_TYPE && media_type.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        self.parts.push(Part {
            name: index::safe_name(name),
            media_type: if plain { media_type.to_owned() } else { String::new() },
            offset: self.written(),
            length: 0,
            digest: [0; 32],
        });
        Ok(())
    }

    /// Takes bytes of the file begun last; answers the chunks that are full, sealed.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<u8>, Refused> {
        let part = self.parts.last_mut().ok_or(Refused::Malformed("bytes of no file"))?;
        self.hasher.update(bytes);
        part.length = part.length.checked_add(bytes.len() as u64).ok_or(Refused::TooLarge)?;
        let mut out = Vec::with_capacity((self.open.len() + bytes.len()) / CHUNK * stream::SEALED_CHUNK);
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.open.len()));
            self.open.extend_from_slice(now);
            bytes = later;
            if self.open.len() == CHUNK {
                // Never the last one: the index comes behind it.
                self.seal(false)?;
                out.extend_from_slice(&self.open);
                self.open.clear();
            }
        }
        Ok(out)
    }

    /// Takes the text and the facts, and signs.
    pub fn finish(mut self, text: &str, facts: &[(&str, &str)], signer: Signer<'_>) -> Result<Closing, Refused> {
        self.end_part();
        let author = match signer {
            Signer::Nobody => Author::Nobody,
            Signer::Source(keys) => Author::Source(keys.public()),
            Signer::Journalist(keys) => Author::Journalist(keys.sign.public()),
        };
        may_sign(self.core.kind, &author)?;
        let index = Index {
            author,
            list_serial: self.serial,
            text: text.to_owned(),
            facts: facts.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            parts: std::mem::take(&mut self.parts),
        };
        let index = Zeroizing::new(index.bytes()?);
        let tail = index.len() + SIGNATURE + 4;
        let content = self.written().checked_add(tail as u64).ok_or(Refused::TooLarge)?;
        let chunks = u32::try_from(content.div_ceil(CHUNK as u64)).map_err(|_| Refused::TooLarge)?;
        let chunks = stream::bucket(chunks).ok_or(Refused::TooLarge)?;
        let digest = Head::digest(&self.core, &self.slots);
        let message: [&[u8]; 3] = [&digest, &chunks.to_be_bytes(), &index];
        let signature = match signer {
            Signer::Nobody => [0; SIGNATURE],
            Signer::Source(keys) => keys.sign.sign(SIGNED, &message),
            Signer::Journalist(keys) => keys.sign.sign(SIGNED, &message),
        };
        let mut end = Zeroizing::new(Vec::with_capacity(tail));
        end.extend_from_slice(&index);
        end.extend_from_slice(&signature);
        end.extend_from_slice(&(index.len() as u32).to_be_bytes());
        Ok(Closing { chunks, padding: u64::from(chunks) * CHUNK as u64 - content, end, ended: 0, sealer: self })
    }

    /// Bytes of plaintext so far.
    fn written(&self) -> u64 {
        u64::from(self.sealed) * CHUNK as u64 + self.open.len() as u64
    }

    fn end_part(&mut self) {
        let digest = std::mem::take(&mut self.hasher).finalize();
        if let Some(part) = self.parts.last_mut() {
            part.digest = digest.into();
        }
    }

    fn seal(&mut self, last: bool) -> Result<(), Refused> {
        if self.sealed >= MAX_CHUNKS {
            return Err(Refused::TooLarge);
        }
        self.chunks.seal(self.sealed, last, &mut self.open)?;
        self.sealed += 1;
        Ok(())
    }
}

/// Which kinds who may sign: the reader asks the same.
pub(crate) fn may_sign(kind: Kind, author: &Author) -> Result<(), Refused> {
    let may = match author {
        Author::Nobody => kind == Kind::Arrival,
        Author::Source(_) => kind.from_source(),
        Author::Journalist(_) => !kind.from_source(),
    };
    if may { Ok(()) } else { Err(Refused::Malformed("signed by the wrong side")) }
}

/// The head, and the rest of the body chunk by chunk: padding can be as long as a quarter of the whole.
pub struct Closing {
    sealer: Sealer,
    chunks: u32,
    padding: u64,
    end: Zeroizing<Vec<u8>>,
    ended: usize,
}

impl Closing {
    /// The head; it goes before the body.
    pub fn head(&self) -> Head {
        Head::new(self.sealer.core.clone(), self.sealer.slots.clone(), self.chunks)
    }

    /// The next chunk of the body, or none after the last.
    pub fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, Refused> {
        let sealer = &mut self.sealer;
        if sealer.sealed == self.chunks {
            return Ok(None);
        }
        let filled = sealer.open.len();
        let zeros = self.padding.min((CHUNK - filled) as u64);
        sealer.open.resize(filled + zeros as usize, 0);
        self.padding -= zeros;
        let room = CHUNK - sealer.open.len();
        let end = &self.end[self.ended..];
        let end = &end[..room.min(end.len())];
        sealer.open.extend_from_slice(end);
        self.ended += end.len();
        sealer.seal(sealer.sealed + 1 == self.chunks)?;
        let chunk = sealer.open.clone();
        sealer.open.clear();
        Ok(Some(chunk.to_vec()))
    }

    /// All the rest at once, for small messages.
    pub fn rest(&mut self) -> Result<Vec<u8>, Refused> {
        let mut rest = Vec::new();
        while let Some(chunk) = self.next_chunk()? {
            rest.extend_from_slice(&chunk);
        }
        Ok(rest)
    }
}

/// A slot for each journalist, dummies up to 32, in an order that says nothing.
fn journalist_slots(core: &Core, to: &[&KemPublic], key: &Secret, entropy: &mut Entropy) -> Result<Vec<u8>, Refused> {
    let mut order: Vec<Option<&KemPublic>> = to.iter().map(|kem| Some(*kem)).collect();
    order.resize(SLOTS, None);
    // Fisher and Yates: a journalist who finds herself in the last slot shall not learn that there are 32.
    for last in (1..order.len()).rev() {
        let other = usize::from(entropy.below(last as u16 + 1));
        order.swap(last, other);
    }
    let mut slots = Vec::with_capacity((SLOTS + 1) * SLOT);
    for to in order {
        slots.extend_from_slice(&slot(core, FOR_JOURNALIST, to, key, entropy)?);
    }
    Ok(slots)
}

/// A slot. A dummy is a real one, of other bytes to a key that nobody has: random bytes would not do, for ML-KEM's ciphertexts
/// are not evenly spread.
fn slot(
    core: &Core,
    role: u8,
    to: Option<&KemPublic>,
    key: &Secret,
    entropy: &mut Entropy,
) -> Result<[u8; SLOT], Refused> {
    match to {
        Some(to) => kem::seal(to, &info(core, role, to), key, entropy),
        None => {
            let nobody = KemSecret::generate(entropy)?.public;
            let mut nothing = Zeroizing::new(entropy.bytes());
            let slot = kem::seal(&nobody, &info(core, role, &nobody), &nothing, entropy);
            nothing.zeroize();
            slot
        }
    }
}

/// What a slot is bound to: the whole core, the slot's role, the recipient's key.
fn info(core: &Core, role: u8, to: &KemPublic) -> Vec<u8> {
    let mut info = b"onrecord/sealed/1 slot\0".to_vec();
    info.extend_from_slice(&core.bytes());
    info.push(role);
    info.extend_from_slice(&Sha256::digest(to.bytes()));
    info
}

/// The body's key out of a journalist's slot, and which one that was.
pub(crate) fn open_journalist_slot(head: &Head, with: &KemSecret) -> Option<(usize, Secret)> {
    let info = info(&head.core, FOR_JOURNALIST, &with.public);
    let mut slots = head.slots.chunks_exact(SLOT).take(SLOTS).enumerate();
    slots.find_map(|(place, slot)| Some((place, kem::open(with, &info, slot)?)))
}

/// The body's key out of the source's slot.
pub(crate) fn open_source_slot(head: &Head, with: &KemSecret) -> Option<Secret> {
    let info = info(&head.core, FOR_SOURCE, &with.public);
    head.slots.chunks_exact(SLOT).nth(SLOTS).and_then(|slot| kem::open(with, &info, slot))
}
