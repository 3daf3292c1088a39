//! The key list: who reads the tips of which desk, signed by the newsroom's key.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::{
    Day, DeskId, JournalistId, KeyCard, NewsroomId, NewsroomKey, Refused, VerifyKey,
    bytes::{Reader, Writer},
    head::SLOTS,
};

const MAGIC: &[u8; 4] = b"ORKL";
const SIGNED: &str = "onrecord/sealed/1 key list";
/// Desks of a newsroom; more than any has.
pub const MAX_DESKS: usize = 64;
/// Keys in a list: thirty journalists, with the months whose signatures still count. 1.4 MB at the very most.
pub const MAX_KEYS: usize = 1024;
/// Bytes of a desk's name.
pub const MAX_DESK_NAME: usize = 120;
/// Bytes of the longest list.
pub const MAX_LIST: usize =
    5 + 16 + 32 + 12 + 3 + MAX_DESKS * (17 + MAX_DESK_NAME) + MAX_KEYS * (KeyCard::LENGTH + 65) + 64;

/// A desk that can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its id.
    pub id: DeskId,
    /// Its name, as sources see it.
    pub name: String,
}

/// A journalist's key of a month, and the desks whose tips it opens.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedKey {
    /// The key.
    pub card: KeyCard,
    /// The desks, none twice.
    pub desks: BTreeSet<DeskId>,
}

/// What a key list says. It can be built by anybody; only [`KeyList`] is a list that somebody signed.
#[derive(Clone, PartialEq, Eq)]
pub struct ListDraft {
    /// The newsroom.
    pub newsroom: NewsroomId,
    /// Counts up with every list: an older one is known by it.
    pub serial: u32,
    /// The day it was signed.
    pub issued: Day,
    /// The last day on which anything may be sealed to it.
    pub until: Day,
    /// The desks.
    pub desks: Vec<Desk>,
    /// The keys.
    pub keys: Vec<ListedKey>,
}

impl ListDraft {
    /// Signs it: the binary form, in its one order.
    pub fn sign(mut self, key: &NewsroomKey) -> Result<Vec<u8>, Refused> {
        if key.newsroom() != self.newsroom {
            return Err(Refused::Misplaced);
        }
        self.desks.sort_by_key(|desk| desk.id);
        self.keys.sort_by_key(|listed| (listed.card.journalist, listed.card.epoch));
        self.check()?;
        let mut bytes = self.unsigned(&key.public())?;
        bytes.extend_from_slice(&key.sign.sign(SIGNED, &[&bytes]));
        Ok(bytes)
    }

    fn unsigned(&self, signer: &VerifyKey) -> Result<Vec<u8>, Refused> {
        let mut writer = Writer::begin(MAGIC);
        writer.put(&self.newsroom.0);
        writer.put(&signer.0);
        writer.u32(self.serial);
        writer.u32(self.issued.0);
        writer.u32(self.until.0);
        writer.u8(u8::try_from(self.desks.len()).map_err(|_| Refused::TooLarge)?);
        for desk in &self.desks {
            writer.put(&desk.id.0);
            writer.short_text(&desk.name, MAX_DESK_NAME)?;
        }
        writer.u16(u16::try_from(self.keys.len()).map_err(|_| Refused::TooLarge)?);
        for listed in &self.keys {
            writer.put(&listed.card.bytes());
            writer.u8(u8::try_from(listed.desks.len()).map_err(|_| Refused::TooLarge)?);
            for desk in &listed.desks {
                let place = self.desks.binary_search_by_key(desk, |desk| desk.id);
                let place = place.map_err(|_| Refused::Malformed("a key of a desk that is not listed"))?;
                writer.u8(u8::try_from(place).map_err(|_| Refused::TooLarge)?);
            }
        }
        Ok(writer.0)
    }

    /// What must hold of every list, read or about to be signed.
    fn check(&self) -> Result<(), Refused> {
        if self.desks.len() > MAX_DESKS || self.keys.len() > MAX_KEYS {
            return Err(Refused::TooLarge);
        }
        if self.until < self.issued {
            return Err(Refused::Malformed("it ends before it begins"));
        }
        if !self.desks.is_sorted_by(|a, b| a.id < b.id) {
            return Err(Refused::Malformed("desks out of order or twice"));
        }
        let order = |listed: &ListedKey| (listed.card.journalist, listed.card.epoch);
        if !self.keys.is_sorted_by(|a, b| order(a) < order(b)) {
            return Err(Refused::Malformed("keys out of order or twice"));
        }
        let named = |id: &DeskId| self.desks.binary_search_by_key(id, |desk| desk.id).is_ok();
        if !self.keys.iter().all(|listed| listed.desks.iter().all(named)) {
            return Err(Refused::Malformed("a key of a desk that is not listed"));
        }
        for desk in &self.desks {
            let readers: BTreeSet<JournalistId> = self.readers(desk.id).map(|listed| listed.card.journalist).collect();
            if readers.len() > SLOTS {
                return Err(Refused::Malformed("more journalists at a desk than there are slots"));
            }
        }
        Ok(())
    }

    fn readers(&self, desk: DeskId) -> impl Iterator<Item = &ListedKey> {
        self.keys.iter().filter(move |listed| listed.desks.contains(&desk))
    }
}

/// A list as it came: well-formed, and not yet believed.
pub struct SignedList {
    draft: ListDraft,
    signer: VerifyKey,
    signed: Vec<u8>,
    signature: [u8; 64],
}

impl SignedList {
    /// Reads the form strictly: one order, nothing twice, nothing after the end.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > MAX_LIST {
            return Err(Refused::TooLarge);
        }
        let mut reader = Reader::new(bytes);
        reader.magic(MAGIC)?;
        let newsroom = NewsroomId(reader.array()?);
        let signer = VerifyKey(reader.array()?);
        let (serial, issued, until) = (reader.u32()?, Day(reader.u32()?), Day(reader.u32()?));
        let mut desks = Vec::new();
        for _ in 0..reader.u8()? {
            let id = DeskId(reader.array()?);
            let length = usize::from(reader.u8()?);
            desks.push(Desk { id, name: reader.text(length, MAX_DESK_NAME)?.to_owned() });
        }
        let mut keys = Vec::new();
        for _ in 0..reader.u16()? {
            keys.push(read_listed(&mut reader, &desks)?);
        }
        let signature = reader.array()?;
        reader.end()?;
        let draft = ListDraft { newsroom, serial, issued, until, desks, keys };
        draft.check()?;
        let signed = bytes[..bytes.len() - 64].to_vec();
        Ok(SignedList { draft, signer, signed, signature })
    }

    /// The key that is said to have signed it: whether it is the newsroom's is for its fingerprint to show.
    pub fn signer(&self) -> &VerifyKey {
        &self.signer
    }

    /// The form again, for the law that nothing in it is free.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn written(&self) -> Result<Vec<u8>, Refused> {
        Ok([self.draft.unsigned(&self.signer)?.as_slice(), &self.signature].concat())
    }

    /// Believes it, if the newsroom's key signed it and today lies in its time. `known` is the serial of the newest list that
    /// was seen before, where anything remembers one: an older list is a roll-back.
    pub fn verify(self, newsroom: &VerifyKey, today: Day, known: u32) -> Result<KeyList, Refused> {
        if self.signer != *newsroom {
            return Err(Refused::Signature);
        }
        newsroom.verify(SIGNED, &[&self.signed], &self.signature)?;
        // A day's grace: the signer's clock may stand east of the reader's.
        if self.draft.issued.0 > today.0.saturating_add(1) {
            return Err(Refused::NotYet);
        }
        if self.draft.until < today {
            return Err(Refused::Expired);
        }
        if self.draft.serial < known {
            return Err(Refused::RolledBack);
        }
        let digest = Sha256::new().chain_update(&self.signed).chain_update(self.signature).finalize().into();
        Ok(KeyList { draft: self.draft, signer: self.signer, digest })
    }
}

fn read_listed(reader: &mut Reader<'_>, desks: &[Desk]) -> Result<ListedKey, Refused> {
    let card = KeyCard::read(reader)?;
    let mut places = BTreeSet::new();
    let mut last = None;
    for _ in 0..reader.u8()? {
        let place = reader.u8()?;
        if last.is_some_and(|last| last >= place) {
            return Err(Refused::Malformed("a key's desks out of order or twice"));
        }
        last = Some(place);
        let desk = desks.get(usize::from(place)).ok_or(Refused::Malformed("a key of a desk that is not listed"))?;
        places.insert(desk.id);
    }
    Ok(ListedKey { card, desks: places })
}

/// A list that the newsroom's key signed, in its time.
pub struct KeyList {
    draft: ListDraft,
    signer: VerifyKey,
    digest: [u8; 32],
}

impl KeyList {
    /// What it says.
    pub fn contents(&self) -> &ListDraft {
        &self.draft
    }

    /// The newsroom's key.
    pub fn signer(&self) -> &VerifyKey {
        &self.signer
    }

    /// SHA-256 of the whole signed form: which list an envelope was sealed to.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The keys to which a tip of this desk is sealed: of each journalist the newest whose month has come, or, if none has, the
    /// earliest. Never none.
    pub fn recipients(&self, desk: DeskId, today: Day) -> Result<Vec<&KeyCard>, Refused> {
        let epoch = today.epoch();
        let mut chosen: Vec<&KeyCard> = Vec::new();
        for card in self.draft.readers(desk).map(|listed| &listed.card) {
            // Keys of one journalist follow each other by month.
            match chosen.last_mut() {
                Some(last) if last.journalist == card.journalist => {
                    if card.epoch <= epoch {
                        *last = card;
                    }
                }
                _ => chosen.push(card),
            }
        }
        if chosen.is_empty() || chosen.len() > SLOTS { Err(Refused::NoRecipients) } else { Ok(chosen) }
    }

    /// Whether a desk's journalist signs with this key: what a source's browser asks of a reply.
    pub fn speaks_for(&self, desk: DeskId, key: &VerifyKey) -> bool {
        self.draft.readers(desk).any(|listed| listed.card.verify == *key)
    }
}
