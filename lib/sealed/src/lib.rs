//! Sealed tips: codenames, keys, the signed key list, and envelopes. (The form is written down here; see below.)

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
