//! Taking a source: a page from the web, an upload, a text somebody typed. What was taken is kept by the hash of its
//! bytes and never changed; its text is what quotations are compared with.

use std::{fs, io::Write, path::PathBuf};

use onrecord_base::{
    App, DataDir, Error, FieldError, Result,
    fetch::{self, Fetched, Reach},
};
use sha2::{Digest, Sha256};

use crate::{
    extract::{self, Extracted},
    source::{Source, SourceKind},
};

/// Extracting a long PDF takes seconds; two at a time leave the newsroom its processors.
static READERS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// What the desk says about a source that it brings.
#[derive(Debug, Clone, Default)]
pub struct NewSource {
    /// What the desk calls it; the address or the file's name if empty.
    pub title: String,
    /// What the desk notes about it.
    pub notes: String,
    /// Whether it must not be named.
    pub confidential: bool,
    /// Who brings it.
    pub by: String,
}

/// Takes a page from the web.
///
/// # Errors
/// `Error::Invalid` for the field `url` with why it cannot be had or read.
pub async fn page(app: &App, url: &str, new: NewSource, reach: Reach) -> Result<Source> {
    let fetched = fetch::get(url, reach).await.map_err(|refusal| Error::field("url", refusal.message()))?;
    if !fetched.status.is_success() {
        return Err(Error::Invalid(vec![
            FieldError::new("url", "record-capture-status").arg("status", fetched.status.as_u16()),
        ]));
    }
    let declared = fetched.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let name = fetched.url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned();
    let extracted = read(fetched.body.to_vec(), name, declared, "url").await?;
    let headers = headers(&fetched);
    let source = Source {
        url: url.trim().to_owned(),
        final_url: fetched.url.to_string(),
        headers,
        ..keep(app, SourceKind::Url, &fetched.body, extracted, new, url).await?
    };
    Ok(source)
}

/// Takes an uploaded file: a document, or the transcript of a recording.
///
/// # Errors
/// `Error::Invalid` for the field `file` with why it cannot be read.
pub async fn upload(app: &App, kind: SourceKind, bytes: Vec<u8>, file_name: &str, new: NewSource) -> Result<Source> {
    let extracted = read(bytes.clone(), file_name.to_owned(), String::new(), "file").await?;
    let source = keep(app, kind, &bytes, extracted, new, file_name).await?;
    Ok(Source { file_name: file_name.to_owned(), ..source })
}

/// Takes text that somebody typed: notes of an interview, the words of a post with its address.
///
/// # Errors
/// `Error::Invalid` for the field `text` if there is none.
pub async fn text(app: &App, kind: SourceKind, text: &str, url: &str, new: NewSource) -> Result<Source> {
    let extracted = read(text.as_bytes().to_vec(), "text.txt".into(), String::new(), "text").await?;
    let source = keep(app, kind, text.as_bytes(), extracted, new, url).await?;
    Ok(Source { url: url.trim().to_owned(), ..source })
}

async fn read(bytes: Vec<u8>, name: String, declared: String, field: &'static str) -> Result<Extracted> {
    let _permit = READERS.acquire().await.map_err(|_| Error::internal("the readers have stopped"))?;
    tokio::task::spawn_blocking(move || extract::extract(&bytes, &name, &declared))
        .await
        .map_err(|e| Error::internal(format!("reading a source failed: {e}")))?
        .map_err(|unreadable| Error::field(field, unreadable.message()))
}

async fn keep(
    app: &App,
    kind: SourceKind,
    bytes: &[u8],
    extracted: Extracted,
    new: NewSource,
    name: &str,
) -> Result<Source> {
    let sha256 = hex::encode(Sha256::digest(bytes));
    let (data, hash, kept) = (app.data.clone(), sha256.clone(), bytes.to_vec());
    tokio::task::spawn_blocking(move || write(&data, &hash, &kept))
        .await
        .map_err(|e| Error::internal(format!("keeping a source failed: {e}")))??;
    let title = if new.title.trim().is_empty() { name } else { &new.title };
    Ok(Source {
        id: app.id(),
        kind,
        title: title.trim().to_owned(),
        url: String::new(),
        final_url: String::new(),
        headers: String::new(),
        media_type: extracted.media_type.into(),
        file_name: String::new(),
        sha256,
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        extracted: extracted.text,
        notes: new.notes,
        captured_at: app.now(),
        captured_by: new.by,
        confidential: new.confidential,
    })
}

/// Where the bytes of a source lie. No public route reads from here.
pub fn path(data: &DataDir, sha256: &str) -> PathBuf {
    data.path().join("sources").join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

fn write(data: &DataDir, sha256: &str, bytes: &[u8]) -> Result<()> {
    let path = path(data, sha256);
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(data.path());
    fs::create_dir_all(folder)?;
    let part = folder.join(format!("{sha256}.part"));
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, &path)?;
    Ok(())
}

fn headers(fetched: &Fetched) -> String {
    let mut lines = vec![format!("HTTP/1.1 {}", fetched.status)];
    lines.extend(
        fetched.headers.iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))),
    );
    lines.join("\r\n")
}
