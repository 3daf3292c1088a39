//! A file that is written as it comes in: a recording is too large to be held in memory.

use std::{
    fs, io,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use onrecord_base::{App, DataDir, Error, Result, Time};
use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt};

/// The largest recording: eight hours of speech as phones and agencies record it.
pub const MAX_RECORDING: u64 = 500 * 1024 * 1024;

/// Milliseconds after which an unfinished file that nobody has written to is nobody's: no upload pauses for so long. Other
/// nodes may be receiving into the same folder.
const ABANDONED: i64 = 24 * 3_600_000;

/// A received file without a name of its own yet; dropped without [`super::keep`], it is gone.
#[derive(Debug)]
pub struct Part {
    /// What its sender called it.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many.
    pub bytes: i64,
    place: Place,
}

/// The unfinished file; it goes with whoever wanted it.
#[derive(Debug)]
struct Place(std::path::PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A [`Part`] that still comes in.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    hash: Sha256,
    bytes: u64,
    place: Place,
}

impl Incoming {
    /// Begins one.
    ///
    /// # Errors
    /// `Error::Unavailable` if the folder cannot be written.
    pub async fn begin(app: &App) -> Result<Incoming> {
        let folder = super::folder(&app.data);
        let place = Place(folder.join(format!(".{}.part", app.id())));
        let failed = |e: io::Error| Error::unavailable(format!("{} cannot be written: {e}", folder.display()));
        tokio::fs::create_dir_all(&folder).await.map_err(failed)?;
        let file = File::create_new(&place.0).await.map_err(failed)?;
        Ok(Incoming { file, hash: Sha256::new(), bytes: 0, place })
    }

    /// Takes the next bytes; false if the file is larger than [`MAX_RECORDING`].
    ///
    /// # Errors
    /// `Error::Unavailable` if the disk is full.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<bool> {
        self.bytes += bytes.len() as u64;
        if self.bytes > MAX_RECORDING {
            return Ok(false);
        }
        self.hash.update(bytes);
        self.file
            .write_all(bytes)
            .await
            .map_err(|e| Error::unavailable(format!("a recording cannot be written: {e}")))?;
        Ok(true)
    }

    /// All of it is here.
    ///
    /// # Errors
    /// As [`Incoming::write`].
    pub async fn finish(mut self, file_name: &str) -> Result<Part> {
        self.file.flush().await.map_err(|e| Error::unavailable(format!("a recording cannot be written: {e}")))?;
        Ok(Part {
            file_name: file_name.to_owned(),
            sha256: hex::encode(self.hash.finalize()),
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            place: self.place,
        })
    }
}

impl Part {
    pub(super) fn sync(&self) -> io::Result<()> {
        std::fs::File::open(&self.place.0)?.sync_all()
    }

    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.place.0, path)
    }
}

/// Removes the unfinished files that a crash left behind, and says how many.
///
/// # Errors
/// `Error::Unavailable` if the folder cannot be read or a file not be removed.
pub fn sweep(data: &DataDir, now: Time) -> Result<usize> {
    let folder = super::folder(data);
    let mut removed = sweep_folder(&folder, now)?;
    for entry in entries(&folder)? {
        if entry.file_type()?.is_dir() {
            removed += sweep_folder(&entry.path(), now)?;
        }
    }
    Ok(removed)
}

fn sweep_folder(folder: &Path, now: Time) -> Result<usize> {
    let mut removed = 0;
    for entry in entries(folder)? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(".part") && entry.file_type()?.is_file() && is_abandoned(&entry, now)
        {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_abandoned(entry: &fs::DirEntry, now: Time) -> bool {
    let written = entry.metadata().and_then(|facts| facts.modified()).ok();
    let written = written.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let limit = Duration::from_millis(u64::try_from(now.plus(-ABANDONED).millis()).unwrap_or_default());
    written.is_some_and(|at| at < limit)
}

/// What stands in a folder; nothing if nobody has made it yet.
fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.collect::<io::Result<_>>()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}
