//! The newsroom's picture files, named by their content.
//!
//! `media/ab/abcd….webp` and `….jpg` are renditions, served to everybody; `media/original/ab/abcd….png` are the files as
//! they came.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use onrecord_base::{DataDir, Error, Result};
use sha2::{Digest, Sha256};

use crate::Format;

/// Makes names of unfinished files unique within the process.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The name of some bytes: their SHA-256, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A content hash as it stands in a name: 64 lower-case hexadecimal digits, and nothing that could be a path.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Where a rendition stands.
pub fn rendition(data: &DataDir, sha256: &str, format: Format) -> PathBuf {
    data.media().join(sha256.get(..2).unwrap_or_default()).join(format!("{sha256}.{}", format.extension()))
}

/// Where an original stands.
pub fn original(data: &DataDir, sha256: &str, format: &str) -> PathBuf {
    data.media().join("original").join(sha256.get(..2).unwrap_or_default()).join(format!("{sha256}.{format}"))
}

/// Writes a file whole or not at all: beside its place, synced if it is to outlive a power cut, then renamed. A file that is there already has the
/// same content, since its name says so; only one cut short by a broken disk is written again.
///
/// # Errors
/// `Error::Unavailable` with the path.
pub fn keep(path: &Path, bytes: &[u8], lasting: bool) -> Result<()> {
    if fs::metadata(path).is_ok_and(|m| m.len() == bytes.len() as u64) {
        return Ok(());
    }
    let failed = |e: std::io::Error| Error::unavailable(format!("{} cannot be written: {e}", path.display()));
    let folder = path.parent().ok_or_else(|| Error::internal("a file without a folder"))?;
    fs::create_dir_all(folder).map_err(failed)?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let unfinished = folder.join(format!(".{}-{number}.part", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        if !lasting {
            return fs::rename(&unfinished, path);
        }
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        // The name is durable only once its folder is.
        File::open(folder)?.sync_all()
    };
    write().map_err(|e| {
        let _ = fs::remove_file(&unfinished);
        failed(e)
    })
}
