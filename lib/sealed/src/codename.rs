//! The codename: seven words that a source keeps, and everything that is made of them.

use diceware_wordlists::EFF_LONG_WORDLIST;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    Cost, Entropy, KemPublic, NewsroomId, Refused, TipId, VerifyKey,
    derive::{self, Secret},
    kem::{KEM_PUBLIC, KemSecret, SignSecret},
};

/// Words of a codename: 7 × log2(7772) = 90.5 bits.
pub const WORDS: usize = 7;
/// Fewer letters are not taken for a word's beginning: that would let slips of the pen through.
const SHORTEST_BEGINNING: usize = 3;
/// The list has 7776 words, in order. A larger number than any index in it.
const LIST: u16 = EFF_LONG_WORDLIST.len() as u16;

/// A source's codename. Overwritten when it goes; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Codename([u16; WORDS]);

/// What is wrong with words typed as a codename. Holds no word, only which one: it may be shown and logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCodename {
    /// Another number of words than seven.
    #[error("{0} words instead of {WORDS}")]
    Count(usize),
    /// The word at this place (1 to 7) is not in the list and begins no word of it, or more than one.
    #[error("word {0} is not in the list")]
    Word(usize),
}

impl Codename {
    /// Draws a new one.
    pub fn generate(entropy: &mut Entropy) -> Self {
        let mut words = [0; WORDS];
        for word in &mut words {
            // Four words of the list hold a hyphen. They are never drawn, so that a hyphen can stand between words.
            *word = loop {
                let drawn = entropy.below(LIST);
                if !text(drawn).contains('-') {
                    break drawn;
                }
            };
        }
        Codename(words)
    }

    /// Reads what a person typed: case, and whatever stands between the words (spaces, hyphens, commas, lines, numbers of a
    /// list), do not matter; the beginning of a word is enough if only one word begins so.
    pub fn parse(typed: &str) -> Result<Self, BadCodename> {
        let lower = Zeroizing::new(typed.to_lowercase());
        let mut words = [0; WORDS];
        let mut count = 0;
        let mut unknown = None;
        for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            match (words.get_mut(count), find(word)) {
                (Some(place), Some(found)) => *place = found,
                (Some(_), None) => unknown = unknown.or(Some(count + 1)),
                (None, _) => {}
            }
            count += 1;
        }
        match (count, unknown) {
            (WORDS, None) => Ok(Codename(words)),
            (WORDS, Some(place)) => Err(BadCodename::Word(place)),
            (count, _) => Err(BadCodename::Count(count)),
        }
    }

    /// The seven words, in order.
    pub fn words(&self) -> [&'static str; WORDS] {
        self.0.map(text)
    }

    /// The words with a space between them.
    pub fn phrase(&self) -> Zeroizing<String> {
        Zeroizing::new(self.words().join(" "))
    }

    /// Everything that is made of the codename: Argon2id over the words, salted with the newsroom, then HKDF. Takes 64 MiB and
    /// a good part of a second.
    pub fn derive(&self, newsroom: &NewsroomId) -> Result<SourceKeys, Refused> {
        let salt = [b"onrecord/sealed/1 codename\0".as_slice(), &newsroom.0].concat();
        let root = derive::argon2id(self.phrase().as_bytes(), &salt, Cost::CODENAME)?;
        SourceKeys::of_root(root)
    }
}

impl std::fmt::Debug for Codename {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Codename(…)")
    }
}

fn text(word: u16) -> &'static str {
    EFF_LONG_WORDLIST.get(usize::from(word)).copied().unwrap_or_default()
}

/// The word itself, or the only one that begins so.
fn find(typed: &str) -> Option<u16> {
    let from = EFF_LONG_WORDLIST.partition_point(|word| *word < typed);
    let mut begins =
        EFF_LONG_WORDLIST[from..].iter().take_while(|word| word.starts_with(typed)).filter(|word| !word.contains('-'));
    let first = begins.next()?;
    let whole = *first == typed;
    let only = typed.len() >= SHORTEST_BEGINNING && begins.next().is_none();
    if !whole && !only {
        return None;
    }
    u16::try_from(EFF_LONG_WORDLIST.partition_point(|word| word < first)).ok()
}

/// What a source can do who knows the codename: be found, be answered, and be known again.
#[derive(Clone)]
pub struct SourceKeys {
    root: Secret,
    lookup: Lookup,
    pub(crate) kem: KemSecret,
    pub(crate) sign: SignSecret,
}

impl SourceKeys {
    fn of_root(root: Secret) -> Result<Self, Refused> {
        Ok(SourceKeys {
            lookup: Lookup(*derive::expand(&root, "onrecord/sealed/1 lookup")),
            kem: KemSecret::new(derive::expand(&root, "onrecord/sealed/1 source kem"))?,
            sign: SignSecret::new(&derive::expand(&root, "onrecord/sealed/1 source sign")),
            root,
        })
    }

    /// The lookup value: what the browser sends to be found.
    pub fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    /// The public halves, which go sealed into the first message.
    pub fn public(&self) -> SourcePublic {
        SourcePublic { kem: self.kem.public.clone(), verify: self.sign.public() }
    }

    /// The 32 bytes that all of it is made of, to hand from one wasm instance to another.
    pub fn root(&self) -> Zeroizing<[u8; 32]> {
        self.root.clone()
    }

    /// The reverse of [`SourceKeys::root`].
    pub fn from_root(root: [u8; 32]) -> Result<Self, Refused> {
        SourceKeys::of_root(Zeroizing::new(root))
    }
}

/// How a source's thread is found. Whoever has it can fetch a thread's sealed messages, and read none.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Lookup([u8; 32]);

impl Lookup {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| Refused::Malformed("not a lookup value"))?;
        Ok(Lookup(bytes))
    }

    /// As it is sent: 64 hexadecimal digits.
    pub fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }

    /// What the server keeps, so that a copy of its disk fetches nothing.
    pub fn hash(&self) -> [u8; 32] {
        derive::hash("onrecord/sealed/1 lookup hash", &[&self.0])
    }

    /// The tip of this codename. The server compares it with the envelope's: an envelope cannot be put into another's thread.
    pub fn tip(&self) -> TipId {
        TipId(derive::short(&derive::hash("onrecord/sealed/1 tip", &[&self.0])))
    }
}

impl std::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lookup(…)")
    }
}

/// The public halves of a source's keys: what replies are sealed to, and what further messages are known by.
#[derive(Clone, PartialEq, Eq)]
pub struct SourcePublic {
    pub(crate) kem: KemPublic,
    pub(crate) verify: VerifyKey,
}

impl SourcePublic {
    /// Bytes of the binary form.
    pub const LENGTH: usize = 32 + KEM_PUBLIC;

    /// The verify key, then the X-Wing key.
    pub fn bytes(&self) -> Vec<u8> {
        [self.verify.0.as_slice(), self.kem.bytes()].concat()
    }

    /// The reverse of [`SourcePublic::bytes`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        let (verify, kem) = bytes.split_first_chunk::<32>().ok_or(Refused::Truncated)?;
        Ok(SourcePublic { kem: KemPublic::parse(kem)?, verify: VerifyKey(*verify) })
    }
}
