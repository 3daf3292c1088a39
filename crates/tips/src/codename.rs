//! Codenames on the server: only for sources without a script. A codename is made or received, turned into keys within
//! the memory that [`Guard`] gives, used, and forgotten; nothing here keeps one.

use onrecord_base::{App, Error, Result};
use onrecord_sealed::{Codename, Entropy, NewsroomId, Refused, SourceKeys};

use crate::{Guard, quota::Lane, stack};

/// Niceness of the threads that derive: they take a good part of a second of a processor each, and whoever reads the site
/// shall not notice.
const NICE: i32 = 10;

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
pub(crate) async fn derive(guard: &Guard, lane: Lane, codename: Codename, newsroom: NewsroomId) -> Result<SourceKeys> {
    let room = guard.derive(lane).await?;
    let (tell, told) = tokio::sync::oneshot::channel();
    let codename = Box::new(codename);
    let work = move || {
        // Where the system refuses, the thread works as any other.
        let _ = rustix::process::nice(NICE);
        let keys = derived(&codename, &newsroom);
        drop(codename);
        // The system may hand this thread's stack to another one as it is.
        stack::wipe();
        drop(room);
        // Who asked may have gone.
        let _ = tell.send(keys);
    };
    // A thread of its own, since one of the pool would stay as it is made here.
    std::thread::Builder::new().name("codename".into()).spawn(work)?;
    let keys = told.await.map_err(|_| Error::internal("a codename's keys were not derived"))?;
    keys.map(|keys| *keys).map_err(refused)
}

/// On the heap, which is written over when it is given back: a value that is moved leaves itself behind on the stack, and in
/// the frame that calls this there is nobody to wipe it.
#[inline(never)]
fn derived(codename: &Codename, newsroom: &NewsroomId) -> std::result::Result<Box<SourceKeys>, Refused> {
    codename.derive(newsroom).map(Box::new)
}
