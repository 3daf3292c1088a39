//! A file that is written as it comes in: a recording is too large to be held in memory.

use std::{io, path::Path};

use onrecord_base::{App, Error, Result};
use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt};

/// The largest recording: eight hours of speech as phones and agencies record it.
pub const MAX_RECORDING: u64 = 500 * 1024 * 1024;

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
