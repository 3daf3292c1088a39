//! Pictures that came before there were WebPs get theirs, out of their originals, a few at a time behind everything else.

use onrecord_base::{
    App, Error, Result,
    jobs::{self, Job, Registry},
};
use serde::{Deserialize, Serialize};

use crate::{Picture, files, ingest, prepare::has_webps, store};

const RENEW: &str = "renew-pictures";
/// Pictures of one job: a second or two of one core.
const AT_ONCE: usize = 4;
/// Milliseconds between two jobs: a large library is renewed over days, and nobody who uses the desk notices.
const PAUSE: i64 = 5_000;

/// How far it is.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Done {
    /// The last id that was looked at.
    after: String,
}

/// Adds this area's jobs.
pub fn jobs(registry: &mut Registry) {
    registry.job(RENEW, renew);
}

/// Puts the job in line; once nothing is left to renew, all it does is look.
///
/// # Errors
/// As [`onrecord_base::Conn::query`].
pub async fn keep_renewing(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(move |conn| jobs::enqueue(conn, RENEW, RENEW, &Done::default(), now, now)).await
}

async fn renew(app: App, job: Job) -> Result<()> {
    let Done { after } = job.read()?;
    let old = app.db.read(move |conn| store::without_webps(conn, &after, AT_ONCE)).await?;
    let Some(last) = old.last().map(|picture| picture.id.clone()) else { return Ok(()) };
    for picture in old {
        // A lost or broken original is found by `onrecord doctor`; readers keep the JPEGs.
        if let Err(error) = one(&app, &picture).await {
            tracing::warn!(picture = picture.id, %error, "a picture keeps its old renditions");
        }
    }
    let now = app.now();
    app.db.write(move |conn| jobs::enqueue(conn, RENEW, RENEW, &Done { after: last }, now.plus(PAUSE), now)).await
}

async fn one(app: &App, picture: &Picture) -> Result<()> {
    if !has_webps(picture.width, picture.height) {
        return Ok(());
    }
    let original = files::original(&app.data, &picture.sha256, &picture.format);
    let sha256 = picture.sha256.clone();
    let read = move || {
        let name = original.display();
        let bytes = std::fs::read(&original).map_err(|e| Error::unavailable(format!("{name} cannot be read: {e}")))?;
        // Decoders make a picture of a spoiled file too, and what readers have may be sound.
        if files::hash(&bytes) != sha256 {
            return Err(Error::unavailable(format!("{name} is not what it was")));
        }
        Ok(bytes)
    };
    let kept = ingest::kept(app, read).await?;
    let (id, now) = (picture.id.clone(), app.now());
    app.db.write(move |conn| store::renew(conn, &id, &kept, now)).await
}
