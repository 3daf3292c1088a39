//! The head of an envelope: what it is, where it belongs, and the slots with the key of its body.

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::{
    DeskId, NewsroomId, Refused, TipId,
    bytes::{Reader, Writer},
    kem::SLOT,
    stream,
};

const MAGIC: &[u8; 4] = b"ORSE";
/// HPKE base mode with X-Wing (0x647a), HKDF-SHA256 (0x0001), ChaCha20-Poly1305 (0x0003); bodies in STREAM chunks of 64 KiB.
const SUITE: u8 = 1;
/// Slots for journalists, in every envelope: how many of them are real shows to nobody.
pub const SLOTS: usize = 32;
/// What stands before the slots.
pub(crate) const CORE: usize = 5 + 1 + 1 + 1 + 16 + 16 + 16 + 4 + 32 + 32;
const CHUNKS: usize = 4;

/// What an envelope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// From a source, sealed where it was written.
    Tip,
    /// From a source, sealed by the server when it arrived: a form without script, a telephone, a mail.
    Arrival,
    /// From a journalist to the source. The only kind with a slot for the source.
    Reply,
    /// A note of the desk.
    Note,
    /// A link of the desk, to a story or a quotation.
    Link,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Tip, Kind::Arrival, Kind::Reply, Kind::Note, Kind::Link];

    /// Its byte in the binary form.
    pub fn byte(self) -> u8 {
        match self {
            Kind::Tip => 1,
            Kind::Arrival => 2,
            Kind::Reply => 3,
            Kind::Note => 4,
            Kind::Link => 5,
        }
    }

    /// The kind of a byte.
    pub fn of_byte(byte: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.byte() == byte)
    }

    /// Its name in JSON and in a database.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Tip => "tip",
            Kind::Arrival => "arrival",
            Kind::Reply => "reply",
            Kind::Note => "note",
            Kind::Link => "link",
        }
    }

    /// Whether it comes from the source's side.
    pub fn from_source(self) -> bool {
        matches!(self, Kind::Tip | Kind::Arrival)
    }

    pub(crate) fn slots(self) -> usize {
        if self == Kind::Reply { SLOTS + 1 } else { SLOTS }
    }
}

/// Where an envelope belongs: bound into every slot, so that it opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The newsroom.
    pub newsroom: NewsroomId,
    /// The tip.
    pub tip: TipId,
    /// The message's number in the tip, from 0.
    pub sequence: u32,
}

/// A head, well-formed. Whether anybody can open it cannot be seen without a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Head {
    pub(crate) core: Core,
    pub(crate) slots: Vec<u8>,
    chunks: u32,
}

/// The part before the slots. Every slot's `info` holds it whole.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Core {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) desk: DeskId,
    pub(crate) list: [u8; 32],
    /// Commits to the body's key: no head can give two readers two keys that open one body to two texts.
    pub(crate) commitment: [u8; 32],
}

impl Core {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::begin(MAGIC);
        writer.u8(SUITE);
        writer.u8(self.kind.byte());
        writer.u8(0);
        writer.put(&self.place.newsroom.0);
        writer.put(&self.desk.0);
        writer.put(&self.place.tip.0);
        writer.u32(self.place.sequence);
        writer.put(&self.list);
        writer.put(&self.commitment);
        writer.0
    }

    fn read(reader: &mut Reader<'_>) -> Result<Core, Refused> {
        reader.magic(MAGIC)?;
        if reader.u8()? != SUITE {
            return Err(Refused::Malformed("an unknown suite"));
        }
        let kind = Kind::of_byte(reader.u8()?).ok_or(Refused::Malformed("an unknown kind"))?;
        if reader.u8()? != 0 {
            return Err(Refused::Malformed("a reserved byte is not zero"));
        }
        let newsroom = NewsroomId(reader.array()?);
        let desk = DeskId(reader.array()?);
        let place = Place { newsroom, tip: TipId(reader.array()?), sequence: reader.u32()? };
        Ok(Core { kind, place, desk, list: reader.array()?, commitment: reader.array()? })
    }
}

impl Head {
    /// Bytes of the longest head.
    pub const MAX: usize = CORE + (SLOTS + 1) * SLOT + CHUNKS;
    /// So many bytes from the front are enough for [`Head::measure`].
    pub const FRONT: usize = CORE;

    /// How long the head is that begins so: for those who read a stream and want to know when to stop.
    pub fn measure(front: &[u8]) -> Result<usize, Refused> {
        let core = Core::read(&mut Reader::new(front))?;
        Ok(CORE + core.kind.slots() * SLOT + CHUNKS)
    }

    /// Reads a head strictly: the server's check. No byte is left over, none is free to be chosen, no slot is empty or there twice.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        let mut reader = Reader::new(bytes);
        let core = Core::read(&mut reader)?;
        let slots = reader.take(core.kind.slots() * SLOT)?.to_vec();
        let chunks = reader.u32()?;
        reader.end()?;
        if !stream::is_bucket(chunks) {
            return Err(Refused::Malformed("not a size that bodies have"));
        }
        let mut sorted: Vec<&[u8]> = slots.chunks_exact(SLOT).collect();
        sorted.sort_unstable();
        if !sorted.is_sorted_by(|a, b| a < b) {
            return Err(Refused::Malformed("a slot twice"));
        }
        if sorted.iter().any(|slot| slot.iter().all(|byte| *byte == 0)) {
            return Err(Refused::Malformed("an empty slot"));
        }
        Ok(Head { core, slots, chunks })
    }

    pub(crate) fn new(core: Core, slots: Vec<u8>, chunks: u32) -> Self {
        Head { core, slots, chunks }
    }

    /// The binary form.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.core.bytes();
        bytes.extend_from_slice(&self.slots);
        bytes.extend_from_slice(&self.chunks.to_be_bytes());
        bytes
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.core.kind
    }

    /// Where it belongs.
    pub fn place(&self) -> Place {
        self.core.place
    }

    /// The desk.
    pub fn desk(&self) -> DeskId {
        self.core.desk
    }

    /// Digest of the key list to which it was sealed.
    pub fn list(&self) -> &[u8; 32] {
        &self.core.list
    }

    /// Chunks of the body.
    pub fn chunks(&self) -> u32 {
        self.chunks
    }

    /// Bytes of the body: neither fewer nor more may come.
    pub fn body_len(&self) -> u64 {
        u64::from(self.chunks) * stream::SEALED_CHUNK as u64
    }

    /// Whether it belongs there; asked by everybody who opens, for a server may hand out another envelope than the one wanted.
    pub fn belongs(&self, place: &Place) -> Result<(), Refused> {
        if self.core.place == *place { Ok(()) } else { Err(Refused::Misplaced) }
    }

    /// SHA-256 of core and slots: associated data of every chunk, so that head and body are of one piece. The number of chunks is
    /// not in it, for it is known last; the last chunk's flag and the signature vouch for that.
    pub(crate) fn digest(core: &Core, slots: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(core.bytes()).chain_update(slots).finalize().into()
    }

    /// Overwrites slots and commitment in a head's bytes, for crypto-erasure: what is left says where it belonged and opens
    /// nothing, whoever still has a key. No head of it can be parsed again.
    pub fn erase(bytes: &mut [u8]) {
        if let Some(secret) = bytes.get_mut(CORE - 32..) {
            secret.zeroize();
        }
    }
}
