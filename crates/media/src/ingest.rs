//! A file comes in.

use onrecord_base::{App, Error, Result};
use tokio::sync::Semaphore;

use crate::{NewPicture, Picture, files::hash, prepare, store};

/// Pictures decoded at once: each takes a core and up to a quarter of a gigabyte.
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
    let permit = AT_ONCE.acquire().await.map_err(|_| Error::internal("the semaphore is closed"))?;
    let data = app.data.clone();
    let kept = tokio::task::spawn_blocking(move || prepare(&bytes)?.keep(&data, &bytes))
        .await
        .map_err(|e| Error::internal(format!("a picture could not be prepared: {e}")))??;
    drop(permit);
    app.db.write(move |conn| store::add(conn, &id, &kept, &new, now)).await
}
