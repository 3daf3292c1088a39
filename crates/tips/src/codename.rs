//! Codenames on the server: only for sources without a script. A codename is made or received, turned into keys within
//! the memory that [`Guard`] gives, used, and forgotten; nothing here keeps one.

use onrecord_base::{App, Error, Result};
use onrecord_sealed::{Codename, Entropy, NewsroomId, Refused, SourceKeys};

use crate::Guard;

/// Fresh randomness of the operating system for sealing.
pub(crate) fn entropy(app: &App) -> Entropy {
    Entropy::new(app.random.bytes())
}

/// What the sealing library refuses, as an error of ours. It names no secret.
pub(crate) fn refused(error: Refused) -> Error {
    match error {
        Refused::TooLarge => Error::TooLarge { limit: crate::line::MOST_BYTES },
        Refused::NoRecipients => Error::refused("site-tips-error-closed"),
        Refused::Memory => Error::TooMany { seconds: 30 },
        Refused::Passphrase => Error::refused("tips-passphrase-wrong"),
        _ => Error::BadRequest("site-tips-error-envelope".into()),
    }
}

/// The keys of a codename. Waits in line for the memory.
pub(crate) async fn derive(guard: &Guard, codename: Codename, newsroom: NewsroomId) -> Result<SourceKeys> {
    let room = guard.derive().await?;
    let work = move || {
        let keys = codename.derive(&newsroom);
        drop(room);
        keys
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?.map_err(refused)
}
