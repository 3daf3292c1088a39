//! A file comes in.

use onrecord_base::{App, Error, Result};
use tokio::sync::Semaphore;

use crate::{Kept, NewPicture, Picture, files::hash, prepare, store};

/// Pictures decoded at once: each takes a core, and the largest a quarter of a gigabyte for its pixels, a strip as tall as
/// a WebP can be as much again for its encoder.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Takes a picture into the library; the same bytes again give the picture that is there, with what was missing in its
/// credits filled in.
///
/// # Errors
/// As [`prepare`]; `Error::Unavailable` if the folder cannot be written.
pub async fn ingest(app: &App, bytes: Vec<u8>, new: NewPicture) -> Result<Picture> {
    let new = new.tidied()?;
    let sha256 = hash(&bytes);
    let (id, now) = (app.id(), app.now());
    if let Some(known) = app.db.read(move |conn| store::by_hash(conn, &sha256)).await? {
        return app.db.write(move |conn| store::fill_in(conn, known, &new.credits(), now)).await;
    }
    let kept = kept(app, move || Ok(bytes)).await?;
    app.db.write(move |conn| store::add(conn, &id, &kept, &new, now)).await
}

/// Prepares what `read` gives and keeps the files.
pub(crate) async fn kept(app: &App, read: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Kept> {
    let _permit = AT_ONCE.acquire().await.map_err(|_| Error::internal("the semaphore is closed"))?;
    let data = app.data.clone();
    let work = move || {
        let bytes = read()?;
        prepare(&bytes)?.keep(&data, &bytes)
    };
    let kept = tokio::task::spawn_blocking(work).await;
    kept.map_err(|e| Error::internal(format!("a picture could not be prepared: {e}")))?
}
