//! Crypto-erasure: the wrapped keys of a tip are written over, then its rows and files go, then the database's log is
//! emptied (SQLite) or the table written anew (PostgreSQL), so that the keys are in none of our files.
//!
//! What it cannot reach: copies of the disk, backups, PostgreSQL's own log until it is recycled. Whoever has both such a
//! copy and a journalist's passphrase opens it still, until that month's keys are destroyed ([`epochs`]). The desk says so.

use onrecord_base::{App, Conn, Error, Result, fetch::Reach};

use crate::{
    Day, Epoch,
    channels::errand,
    store::{arrivals, desks, jobs, keys, line, messages, tips},
    tip::today,
    vault,
};

/// Tries at emptying the log while others read.
const TRIES: u32 = 20;
/// Pause between them.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// Erases one tip.
///
/// # Errors
/// `Error::NotFound`; or if the disk fails, in which case it is to be called again.
pub async fn tip(app: &App, id: &str) -> Result<()> {
    one(app, id).await?;
    scrub(app, &["tip_messages", "tips"]).await
}

/// Erases all tips whose day has come. Returns how many.
///
/// # Errors
/// As [`tip`].
pub async fn due(app: &App) -> Result<usize> {
    let today = today(app);
    let ids = app.db.read(move |conn| tips::due(conn, today)).await?;
    for id in &ids {
        one(app, id).await?;
    }
    if !ids.is_empty() {
        scrub(app, &["tip_messages", "tips"]).await?;
    }
    Ok(ids.len())
}

/// Destroys the private keys of all months before one, or of one person's. What was sealed to them alone opens no more,
/// on this disk or in any copy made from now on. Returns how many keys went.
///
/// # Errors
/// As [`tip`].
pub async fn epochs(app: &App, before: Option<Epoch>, staff: Option<String>) -> Result<u64> {
    let today = today(app);
    let destroy = move |conn: &mut Conn<'_>| keys::destroy(conn, before.as_ref(), staff.as_deref(), today);
    let count = app.db.write(destroy).await?;
    scrub(app, &["tip_keys"]).await?;
    Ok(count)
}

/// What the end of the line came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Tips that were erased.
    pub tips: usize,
    /// Copies that may still lie at the telephone provider: it was asked once more, and did not say that they are gone.
    pub copies: usize,
}

/// Ends the line: all keys, all tips, all lists, the settings. The desks go too, and what was left to be done at the
/// telephone provider is tried a last time, while its secret is still there.
///
/// # Errors
/// As [`tip`].
pub async fn everything(app: &App, reach: Reach) -> Result<Ended> {
    // Keys first: should it be interrupted, what is left opens for nobody.
    epochs(app, None, None).await?;
    let copies = errand::last(app, reach).await?;
    let ids: Vec<String> = app.db.read(tips::all).await?.into_iter().map(|tip| tip.id).collect();
    for id in &ids {
        one(app, id).await?;
    }
    app.db
        .write(|conn| {
            jobs::remove(conn, errand::KIND)?;
            keys::remove_all(conn)?;
            arrivals::trim(conn, Day::new(i64::MAX / 2))?;
            desks::remove_all(conn)?;
            line::remove(conn)
        })
        .await?;
    let left = vault::all(&app.data)?;
    for file in &left {
        vault::destroy(&app.data, file)?;
    }
    vault::sweep(&app.data)?;
    let tables = ["tip_messages", "tips", "tip_keys", "tip_key_lists", "tip_settings", "tip_arrivals", "jobs"];
    scrub(app, &tables).await?;
    Ok(Ended { tips: ids.len(), copies })
}

async fn one(app: &App, id: &str) -> Result<()> {
    let over = id.to_owned();
    // A commit of its own: the zeros are in the file before the rows are taken out.
    app.db
        .write(move |conn| {
            tips::find(conn, &over)?.ok_or(Error::NotFound)?;
            messages::overwrite(conn, &over)
        })
        .await?;
    let gone = id.to_owned();
    let files = app
        .db
        .write(move |conn| {
            let files = messages::remove(conn, &gone)?;
            tips::remove(conn, &gone)?;
            Ok(files)
        })
        .await?;
    let data = app.data.clone();
    let work = move || files.iter().try_for_each(|file| vault::destroy(&data, file));
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?
}

/// Empties the log; readers that are under way are waited for.
pub(crate) async fn scrub(app: &App, tables: &[&'static str]) -> Result<()> {
    let mut tries = 0;
    loop {
        match app.db.scrub_tables(tables).await {
            Err(Error::Unavailable(_)) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            answer => return answer,
        }
    }
}
