//! Taking a source: a page from the web, an upload, a text somebody typed. What was taken is kept by the hash of its
//! bytes and never changed; its text is what quotations are compared with.
//!
//! Taking ([`page`], [`upload`], [`recording`], [`text`]) reads and changes nothing; [`keep`] writes bytes and rows.

use std::{fs, path::PathBuf};

use bytes::Bytes;
use onrecord_base::{
    App, Conn, DataDir, Error, FieldError, Result,
    fetch::{self, Fetched, Reach},
};
use onrecord_media::files;
use sha2::{Digest, Sha256};

use crate::{
    extract::{Extracted, contained},
    source::{LONGEST_TITLE, Recording, Source, SourceKind},
    store::sources,
};

mod part;

pub use part::{Incoming, MAX_RECORDING, Part, sweep};

/// Extracting a long PDF takes seconds; two at a time leave the newsroom its processors.
static READERS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
/// Held while bytes and their row are kept or removed, so that nobody removes bytes that somebody else's new row names.
static KEEPING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// What the desk says about a source that it brings.
#[derive(Debug, Clone, Default)]
pub struct NewSource {
    /// What the desk calls it; the page's title, the address or the file's name if empty.
    pub title: String,
    /// What the desk notes about it.
    pub notes: String,
    /// Whether it must not be named.
    pub confidential: bool,
    /// Staff id of who brings it.
    pub by: String,
}

/// A source that was read, with its bytes, and is not kept yet.
#[derive(Debug)]
pub struct Taken {
    source: Source,
    body: Bytes,
    recording: Option<Part>,
}

/// Takes a page from the web.
///
/// # Errors
/// `Error::Invalid` for the field `url` with why it cannot be had or read.
pub async fn page(app: &App, url: &str, new: NewSource, reach: Reach) -> Result<Taken> {
    let url = url.trim();
    let fetched = fetch::get(url, reach).await.map_err(|refusal| Error::field("url", refusal.message()))?;
    if !fetched.status.is_success() {
        return Err(Error::Invalid(vec![
            FieldError::new("url", "record-capture-status").arg("status", fetched.status.as_u16()),
        ]));
    }
    let declared = fetched.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let name = fetched.url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned();
    let extracted = read(&fetched.body, &name, &declared, "url").await?;
    let taken = source(app, SourceKind::Url, &fetched.body, extracted, new, url);
    let headers = headers(&fetched);
    let source = Source { url: url.into(), final_url: fetched.url.to_string(), headers, ..taken };
    Ok(Taken { source, body: fetched.body, recording: None })
}

/// Takes an uploaded document.
///
/// # Errors
/// `Error::Invalid` for the field `file` with why it cannot be read.
pub async fn upload(app: &App, bytes: Bytes, file_name: &str, new: NewSource) -> Result<Taken> {
    file(app, SourceKind::Document, bytes, file_name, new, "file").await
}

/// Takes a recording with the file of its transcript, or the transcript alone of a recording that is kept elsewhere.
///
/// # Errors
/// `Error::Invalid` for the field `transcript` with why it cannot be read.
pub async fn recording(
    app: &App,
    recording: Option<Part>,
    bytes: Bytes,
    file_name: &str,
    new: NewSource,
) -> Result<Taken> {
    let taken = file(app, SourceKind::Recording, bytes, file_name, new, "transcript").await?;
    Ok(Taken { recording, ..taken })
}

/// Takes a recording with a transcript that somebody typed.
///
/// # Errors
/// `Error::Invalid` for the field `text` if there is none.
pub async fn recording_typed(app: &App, recording: Option<Part>, words: &str, new: NewSource) -> Result<Taken> {
    let name = recording.as_ref().map(|part| part.file_name.clone()).unwrap_or_default();
    let taken = typed(app, SourceKind::Recording, words, new, &name).await?;
    Ok(Taken { recording, ..taken })
}

/// Takes text that somebody typed: notes of an interview, the words of a post with its address.
///
/// # Errors
/// `Error::Invalid` for the field `text` if there is none.
pub async fn text(app: &App, kind: SourceKind, words: &str, url: &str, new: NewSource) -> Result<Taken> {
    let taken = typed(app, kind, words, new, url.trim()).await?;
    Ok(Taken { source: Source { url: url.trim().into(), ..taken.source }, ..taken })
}

async fn typed(app: &App, kind: SourceKind, words: &str, new: NewSource, name: &str) -> Result<Taken> {
    let body = Bytes::copy_from_slice(words.as_bytes());
    let extracted = read(&body, "text.txt", "", "text").await?;
    // Nameless notes are called by how they begin.
    let start: String = words.split_whitespace().take(8).collect::<Vec<_>>().join(" ").chars().take(80).collect();
    let name = if name.is_empty() { &start } else { name };
    let source = source(app, kind, &body, extracted, new, name);
    Ok(Taken { source, body, recording: None })
}

async fn file(
    app: &App,
    kind: SourceKind,
    bytes: Bytes,
    file_name: &str,
    new: NewSource,
    field: &'static str,
) -> Result<Taken> {
    let extracted = read(&bytes, file_name, "", field).await?;
    let source = source(app, kind, &bytes, extracted, new, file_name);
    Ok(Taken { source: Source { file_name: file_name.into(), ..source }, body: bytes, recording: None })
}

async fn read(bytes: &Bytes, name: &str, declared: &str, field: &'static str) -> Result<Extracted> {
    let _permit = READERS.acquire().await.map_err(|_| Error::internal("the readers have stopped"))?;
    contained::read(bytes.clone(), name, declared).await?.map_err(|why| Error::field(field, why.message()))
}

fn source(app: &App, kind: SourceKind, bytes: &[u8], extracted: Extracted, new: NewSource, name: &str) -> Source {
    let names = [&new.title, &extracted.title, name].map(str::trim);
    let title = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    Source {
        id: app.id(),
        kind,
        title: title.chars().take(LONGEST_TITLE).collect(),
        url: String::new(),
        final_url: String::new(),
        headers: String::new(),
        media_type: extracted.media_type,
        file_name: String::new(),
        sha256: hex::encode(Sha256::digest(bytes)),
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        extracted: extracted.text,
        notes: new.notes,
        captured_at: app.now(),
        captured_by: new.by,
        confidential: new.confidential,
    }
}

/// Keeps what was taken. `then` runs in the same transaction, so that a source that is brought for a quotation is kept
/// with it or not at all.
///
/// # Errors
/// `Error::Unavailable` if the bytes cannot be written; else as `then`.
pub async fn keep<F>(app: &App, taken: Taken, then: F) -> Result<Source>
where
    F: FnOnce(&mut Conn<'_>, &Source) -> Result<()> + Send + 'static,
{
    let Taken { source, body, recording } = taken;
    let _keeping = KEEPING.lock().await;
    let (data, sha256) = (app.data.clone(), source.sha256.clone());
    let recorded = recording.as_ref().map(Part::recording);
    let hashes: Vec<String> =
        std::iter::once(sha256.clone()).chain(recorded.iter().map(|recording| recording.sha256.clone())).collect();
    tokio::task::spawn_blocking(move || {
        files::keep(&path(&data, &sha256), &body, data.is_lasting())?;
        recording.map_or(Ok(()), |part| part.keep(&data))
    })
    .await
    .map_err(|e| Error::internal(format!("keeping a source failed: {e}")))??;
    let row = source.clone();
    let kept = app
        .db
        .write(move |conn| {
            sources::insert(conn, &row)?;
            if let Some(recording) = &recorded {
                sources::insert_recording(conn, &row.id, recording)?;
            }
            then(conn, &row)
        })
        .await;
    match kept {
        Ok(()) => Ok(source),
        Err(error) => {
            // The bytes of a source that was not kept are nobody's, unless they were somebody's before.
            for sha256 in hashes {
                forget(app, sha256).await?;
            }
            Err(error)
        }
    }
}

/// Removes a source that nothing uses, and its bytes.
///
/// # Errors
/// As [`sources::remove`].
pub async fn remove(app: &App, id: &str) -> Result<()> {
    let _keeping = KEEPING.lock().await;
    let (id, now) = (id.to_owned(), app.now());
    let hashes = app
        .db
        .write(move |conn| {
            let mut hashes: Vec<String> = sources::find(conn, &id)?.map(|source| source.sha256).into_iter().collect();
            hashes.extend(sources::recording(conn, &id)?.map(|recording| recording.sha256));
            sources::remove(conn, &id, now)?;
            Ok(hashes)
        })
        .await?;
    for sha256 in hashes {
        forget(app, sha256).await?;
    }
    Ok(())
}

/// Removes bytes that no source names.
async fn forget(app: &App, sha256: String) -> Result<()> {
    let hash = sha256.clone();
    if app.db.read(move |conn| sources::holds(conn, &hash)).await? {
        return Ok(());
    }
    match tokio::fs::remove_file(path(&app.data, &sha256)).await {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::unavailable(format!("the bytes of a removed source could not be removed: {e}")))
        }
        _ => Ok(()),
    }
}

/// Where the bytes of a source lie. No public route reads from here.
pub fn path(data: &DataDir, sha256: &str) -> PathBuf {
    folder(data).join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

/// The folder of all sources.
pub fn folder(data: &DataDir) -> PathBuf {
    data.path().join("sources")
}

fn headers(fetched: &Fetched) -> String {
    let mut lines = vec![format!("HTTP/1.1 {}", fetched.status)];
    lines.extend(
        fetched.headers.iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))),
    );
    lines.join("\r\n")
}

impl Part {
    fn recording(&self) -> Recording {
        Recording { file_name: self.file_name.clone(), sha256: self.sha256.clone(), bytes: self.bytes }
    }

    /// Gives the file its name.
    fn keep(self, data: &DataDir) -> Result<()> {
        let path = path(data, &self.sha256);
        let failed = |e: std::io::Error| Error::unavailable(format!("{} cannot be written: {e}", path.display()));
        fs::create_dir_all(path.parent().unwrap_or(data.path())).map_err(failed)?;
        if data.is_lasting() {
            self.sync().map_err(failed)?;
        }
        self.persist(&path).map_err(failed)?;
        // The name is durable only once its folder is.
        match path.parent().filter(|_| data.is_lasting()) {
            Some(folder) => fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed),
            None => Ok(()),
        }
    }
}
