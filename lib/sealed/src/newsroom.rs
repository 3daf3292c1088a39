//! The newsroom's key: it signs the key list, and is kept away from the server.

use diceware_wordlists::EFF_LONG_WORDLIST;
use zeroize::Zeroizing;

use crate::{
    Entropy, Lock, NewsroomId, Refused, VerifyKey,
    bytes::{Reader, Writer},
    derive,
    kem::SignSecret,
    lock,
};

const CLOSED: &[u8; 4] = b"ORNK";
const SECRET: usize = 32;

/// The newsroom's offline key.
pub struct NewsroomKey {
    newsroom: NewsroomId,
    pub(crate) sign: SignSecret,
}

impl NewsroomKey {
    /// Makes a key. A first one comes with a random id; a replacement keeps the newsroom's.
    pub fn generate(newsroom: Option<NewsroomId>, entropy: &mut Entropy) -> Self {
        let newsroom = newsroom.unwrap_or_else(|| NewsroomId(entropy.bytes()));
        let seed = Zeroizing::new(entropy.bytes());
        NewsroomKey { newsroom, sign: SignSecret::new(&seed) }
    }

    /// Whose key it is.
    pub fn newsroom(&self) -> NewsroomId {
        self.newsroom
    }

    /// Its public half.
    pub fn public(&self) -> VerifyKey {
        self.sign.public()
    }

    /// The key file: closed with a passphrase, with the newsroom's id and the public key readable in it.
    pub fn close(&self, lock: &Lock, entropy: &mut Entropy) -> Vec<u8> {
        let mut open = Writer::default();
        open.put(&self.newsroom.0);
        open.put(&self.public().0);
        lock.close(CLOSED, &open.0, self.sign.seed(), entropy)
    }

    /// Opens a key file.
    pub fn open(lock: &Lock, closed: &[u8]) -> Result<Self, Refused> {
        let (open, secret) = lock.open(CLOSED, closed, SECRET)?;
        let (newsroom, public) = read_open(open)?;
        let sign = SignSecret::new(&Zeroizing::new(Reader::new(&secret).array()?));
        if sign.public() != public {
            return Err(Refused::Tampered);
        }
        Ok(NewsroomKey { newsroom, sign })
    }

    /// What a key file says without its passphrase.
    pub fn peek(closed: &[u8]) -> Result<(NewsroomId, VerifyKey), Refused> {
        read_open(lock::parts(CLOSED, closed, SECRET)?.open)
    }
}

fn read_open(open: &[u8]) -> Result<(NewsroomId, VerifyKey), Refused> {
    let mut reader = Reader::new(open);
    let read = (NewsroomId(reader.array()?), VerifyKey(reader.array()?));
    reader.end()?;
    Ok(read)
}

impl VerifyKey {
    /// What people compare: 40 hexadecimal digits of a SHA-256 in groups of four. 160 bits: another key with the same ones is
    /// out of anybody's reach, and a person can still read them out.
    pub fn fingerprint(&self) -> String {
        let digits = hex::encode(&self.fingerprint_hash()[..20]);
        let groups: Vec<&str> = (0..digits.len()).step_by(4).filter_map(|at| digits.get(at..at + 4)).collect();
        groups.join(" ")
    }

    /// The same hash as ten words, for print and for the telephone: 129 bits.
    pub fn fingerprint_words(&self) -> String {
        let hash = self.fingerprint_hash();
        let list = EFF_LONG_WORDLIST.len() as u64;
        // Three bytes a word, modulo the list's length: nearly even, and simple enough to do again by hand.
        let words = hash.chunks_exact(3).map(|three| {
            let number = three.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            EFF_LONG_WORDLIST.get((number % list) as usize).copied().unwrap_or_default()
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn fingerprint_hash(&self) -> [u8; 32] {
        derive::hash("onrecord/sealed/1 fingerprint", &[&self.0])
    }
}
