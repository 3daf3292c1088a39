//! Sealed tips: codenames, keys, the signed key list, envelopes. One implementation for server, terminal and browser.
//!
//! Whoever takes the server's disk gets envelopes and cannot open them: the keys are wrapped with passphrases that the server does not have.
//! What this cannot do: hold against a server that serves other code than this, or another newsroom's key to somebody who does not compare
//! its fingerprint; hide that and when (by the day) something was sent, from the network or the server; keep a server from withholding
//! messages. `SECURITY.md` says so to those whom it concerns.
//!
//! # Invariants
//!
//! - Pure: no I/O, no clock, no randomness of its own ([`Entropy`] is seeded by the caller, [`Day`]s are given).
//! - Whatever bytes come in: a value or a [`Refused`], never a panic. Every form is canonical; a byte that no reader checks does not exist.
//! - Nothing is sealed but to a [`KeyList`], and there is no way to one but [`SignedList::verify`].
//! - Plaintext comes out only after its tag was checked; a file is one only after its digest was.
//! - Secrets are overwritten when they go (`zeroize`), as far as a compiler lets them be.
//! - Absent: negotiation. One suite, one version; a stronger one will be version 2.
//!
//! # The form, byte for byte
//!
//! Numbers are big-endian. `H(label, x)` is SHA-256(label ‖ 0x00 ‖ x); `K(key, label)` is HKDF-SHA256 with no salt, `key` as input, `label` as
//! info, 32 bytes; `sign(label, x)` is Ed25519 over label ‖ 0x00 ‖ x, checked strictly (no small order). Every label begins with
//! `onrecord/sealed/1 `, written `…` here; the separating zero keeps one label from being another's beginning. Forms begin with four letters
//! and the version 1.
//!
//! ## Codename
//! Seven words of the EFF's large list without its four words that hold a hyphen: 7 × log2(7772) = 90.5 bits. Root = Argon2id (0x13; 64 MiB, 3
//! passes, 1 lane, 32 bytes) over the words in lower case with a space between them, salt `…codename` ‖ 0 ‖ newsroom's id. Lookup value =
//! K(root, `…lookup`); the server keeps H(`…lookup hash`, lookup). X-Wing seed = K(root, `…source kem`); Ed25519 seed = K(root, `…source sign`).
//! Tip id = the first 16 bytes of H(`…tip`, lookup): the source knows it before anything is sent, the server can check that an envelope is put
//! into no other thread, and it tells no time.
//!
//! ## Files under a passphrase: `ORJK` (a journalist's keys of a month), `ORNK` (the newsroom's key)
//! `name 4, version 1, KiB 4, passes 1, salt 16, nonce 24, open part, sealed part`. Key = Argon2id(passphrase, salt `…lock` ‖ 0 ‖ salt) with that
//! cost (256 MiB and 3 passes; 1 MiB to 1 GiB and 16 passes are read), sealed by XChaCha20-Poly1305 with everything before it as associated
//! data. A journalist's months share the salt, so one derivation opens all; each is a file of its own, so each can be destroyed alone. Open and
//! sealed part of `ORJK`: the card; X-Wing seed, Ed25519 seed. Of `ORNK`: newsroom's id 16, verify key 32; Ed25519 seed.
//!
//! ## Card: `ORJC`
//! `name 4, version 1, journalist 16, epoch 2 (years × 12 + months from 0), verify key 32, X-Wing key 1216, signature 64` = sign(`…card`, all before).
//! Key id = first 16 bytes of H(`…key id`, verify key ‖ X-Wing key).
//!
//! ## Key list: `ORKL`
//! `name 4, version 1, newsroom 16, signer's verify key 32, serial 4, issued 4, until 4 (days since 1970), desks 1, each: id 16, length 1, name;
//! keys 2, each: card 1335, desks 1, their places in the list above; signature 64` = sign(`…key list`, all before). Desks ascend by id, keys by
//! journalist and epoch, places ascend: one list has one form. Its digest is SHA-256 over all of it. Expired lists seal nothing. The serial counts
//! up: where a newer one was seen, an older list is refused; a source remembers nothing, so every message carries, signed, the serial it was
//! sealed to, and who reads it compares. Of each journalist the newest month that has come is sealed to; earlier months stay in the list so that
//! old signatures are known.
//!
//! ## Envelope: head, then body
//! Core (124 bytes): `ORSE` 4, version 1, suite 1 (= 1), kind 1 (1 tip, 2 arrival, 3 reply, 4 note, 5 link), zero 1, newsroom 16, desk 16, tip 16,
//! sequence 4, digest of the key list 32, commitment 32. Then 32 slots of 1168 bytes, one more in a reply, then the number of chunks (4).
//!
//! A fresh key K0 of 32 bytes seals each body. Commitment = K(K0, `…commitment`): ChaCha20-Poly1305 alone would let a sender craft one body that two
//! readers open with two keys to two texts. A slot is HPKE (RFC 9180, base mode; X-Wing 0x647a, HKDF-SHA256, ChaCha20-Poly1305) of K0: encapsulation
//! 1120, ciphertext 32, tag 16; `info` = `…slot` ‖ 0 ‖ core ‖ role (0 journalist, 1 source) ‖ SHA-256(recipient's X-Wing key), no associated data. So a
//! slot opens at no other newsroom, desk, tip, place in the tip, and for no other kind. Slots of journalists are shuffled; those to
//! spare hold random bytes sealed to a key made and thrown away. They are real encapsulations, because random bytes would stand out: ML-KEM's
//! compressed coefficients are not evenly spread. Nothing names a recipient: a reader tries all 32 (some milliseconds).
//!
//! Body: chunks of 65,536 bytes, all full, each + 16 of tag, ChaCha20-Poly1305 under K(K0, `…body`), nonce = seven zeros, number 4, last 1 (STREAM),
//! associated data = SHA-256(core ‖ slots). So chunks are not cut off, moved, or put behind another head, and one flipped bit in a stranger's slot
//! is seen by everybody. The number of chunks is a power of two up to 16, then a number with three significant bits (20, 24, 28, 32, 40 …): small
//! messages have five lengths, large ones cost a quarter more at most.
//!
//! Plaintext: files one behind the other, zeros, index, signature 64, length of the index 4. The index stands last so that sender and server stream in
//! the memory of one chunk without knowing a length beforehand; it lies within the last four chunks, so one range request reads it. Index:
//! `version 1 (= 1), author 1 (0 nobody; 1 source: verify key 32, X-Wing key 1216; 2 journalist: verify key 32), serial of the key list 4, text (length 4),
//! facts 1, each name (length 1) and value (length 2); files 1, each name (length 1), media type (length 1), offset 8, length 8, SHA-256 32`. Signature =
//! sign(`…message`, SHA-256(core ‖ slots) ‖ number of chunks 4 ‖ index), zeros for nobody. The digests make it vouch for the files too, also against
//! other readers, who know K0. A tip is signed by a source; an arrival (sealed by the server: no script, telephone, mail) by a source or nobody;
//! replies, notes and links by a journalist. A source's first message introduces its keys; further ones must have the same.
//!
//! # Where it is weaker than it might be
//! Who learns a journalist's passphrase and has the server's disk reads what was sealed to that month's key, until it is destroyed: there is no
//! forward secrecy within a month. A source cannot read its own messages again: on purpose, since a codename can be forced out of a person.

mod bytes;
mod codename;
mod derive;
mod entropy;
mod error;
mod head;
mod ids;
mod index;
mod journalist;
mod kem;
#[cfg(any(test, feature = "fuzzing"))]
pub mod laws;
mod list;
mod lock;
mod newsroom;
mod opener;
mod sealer;
mod stream;
mod time;

pub use codename::{BadCodename, Codename, Lookup, SourceKeys, SourcePublic, WORDS};
pub use derive::Cost;
pub use entropy::Entropy;
pub use error::Refused;
pub use head::{Head, Kind, Place, SLOTS};
pub use ids::{DeskId, JournalistId, KeyId, NewsroomId, TipId};
pub use index::{
    Author, INDEX_CHUNKS, Index, MAX_FACT, MAX_FACT_NAME, MAX_FACTS, MAX_NAME, MAX_PARTS, MAX_TEXT, MAX_TYPE, Part,
    safe_name,
};
pub use journalist::{ClosedKeys, JournalistKeys, KeyCard};
pub use kem::{KEM_ENC, KEM_PUBLIC, KemPublic, SLOT, VerifyKey};
pub use list::{Desk, KeyList, ListDraft, ListedKey, MAX_DESK_NAME, MAX_DESKS, MAX_KEYS, MAX_LIST, SignedList};
pub use lock::Lock;
pub use newsroom::NewsroomKey;
pub use opener::{FileBytes, Opener, PartReader, PartState};
pub use sealer::{Address, Closing, Sealer, Signer};
pub use stream::{CHUNK, MAX_CHUNKS, SEALED_CHUNK};
pub use time::{Day, Epoch};

/// The version of every form in here.
pub const VERSION: u8 = 1;

#[cfg(test)]
mod tests;
