//! The archive: a tar with the checksums of all its files at the end. Without that list it is not whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// Name of the list of checksums, the last entry.
pub const MANIFEST: &str = "onrecord-backup.json";
/// Name of the embedded database.
pub const SQLITE: &str = "onrecord.sqlite";
/// Name of PostgreSQL's dump.
pub const DUMP: &str = "onrecord.pgdump";
/// The archive's format; a reader refuses a later one.
pub const VERSION: u32 = 1;

/// What is in the archive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The format.
    pub version: u32,
    /// The program that wrote it.
    pub program: String,
    /// All files before this one, in order.
    pub entries: Vec<Entry>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path within the newsroom's folder.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Whether a file that is named by its content still has that content; true for others.
pub fn hash_name(entry: &Entry) -> bool {
    let name = entry.path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    !["media/", "sources/"].iter().any(|folder| entry.path.starts_with(folder))
        || !onrecord_media::files::is_hash(stem)
        || stem == entry.sha256
}

/// Writes an archive.
pub struct Writer {
    tar: tar::Builder<BufWriter<File>>,
    path: PathBuf,
    entries: Vec<Entry>,
}

impl Writer {
    /// Begins one that only its owner may read: it holds secrets.
    pub fn create(path: &Path) -> Result<Writer, Failure> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let file = file.map_err(|e| unwritable(path, &e))?;
        Ok(Writer { tar: tar::Builder::new(BufWriter::new(file)), path: path.to_owned(), entries: Vec::new() })
    }

    /// Adds a file under a name, reading it once.
    pub fn add(&mut self, name: &str, from: &Path) -> Result<(), Failure> {
        let file = File::open(from).map_err(|e| unreadable(from, &e))?;
        let bytes = file.metadata().map_err(|e| unreadable(from, &e))?.len();
        let mut reader = Hashing { from: file.take(bytes), hash: Sha256::new(), bytes: 0 };
        self.tar.append_data(&mut header(bytes), name, &mut reader).map_err(|e| unwritable(&self.path, &e))?;
        if reader.bytes != bytes {
            return Err(Failure::new(format!("{} became shorter while it was read", from.display())));
        }
        let sha256 = hex::encode(reader.hash.finalize());
        self.entries.push(Entry { path: name.to_owned(), bytes, sha256 });
        Ok(())
    }

    /// Adds a folder with all below it, if it is there; unfinished files are passed over.
    pub fn add_folder(&mut self, name: &str, folder: &Path) -> Result<(), Failure> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(unreadable(folder, &e)),
        };
        let mut paths = entries.collect::<Result<Vec<_>, _>>().map_err(|e| unreadable(folder, &e))?;
        paths.sort_by_key(fs::DirEntry::file_name);
        for entry in paths {
            let Ok(file_name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(|e| unreadable(&entry.path(), &e))?;
            let name = format!("{name}/{file_name}");
            if kind.is_dir() {
                self.add_folder(&name, &entry.path())?;
            } else if kind.is_file() && !file_name.ends_with(".part") {
                self.add(&name, &entry.path())?;
            }
        }
        Ok(())
    }

    /// Adds the list of checksums and syncs.
    pub fn finish(mut self) -> Result<Manifest, Failure> {
        let program = format!("onrecord {}", env!("CARGO_PKG_VERSION"));
        let manifest = Manifest { version: VERSION, program, entries: self.entries };
        let text = serde_json::to_vec_pretty(&manifest).map_err(|e| Failure::new(e.to_string()))?;
        let path = self.path;
        let finish = || -> io::Result<()> {
            self.tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
            let mut file = self.tar.into_inner()?;
            file.flush()?;
            file.get_ref().sync_all()
        };
        finish().map_err(|e| unwritable(&path, &e))?;
        Ok(manifest)
    }
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be read: {error}", path.display()))
}

/// Hashes what passes through.
struct Hashing<R> {
    from: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.hash.update(&into[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}
