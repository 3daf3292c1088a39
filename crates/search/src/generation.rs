//! An index on the disk: one folder a generation, and a file that names the one in use.
//!
//! ```text
//! search/current            the name of the generation in use
//! search/g-0190.../         its files
//! search/rebuild.lock       held while a new one is made
//! ```
//!
//! A new generation is made beside the old one and takes its place by a rename of `current`: whoever reads sees the one
//! or the other, whole.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use arc_swap::ArcSwap;
use onrecord_base::{DataDir, Error, Result, Time};
use serde::{Deserialize, Serialize};
use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    directory::MmapDirectory,
    indexer::{LogMergePolicy, NoMergePolicy},
};

use crate::{
    schema::{self, Fields},
    words,
};

/// The file that names the generation in use.
const CURRENT: &str = "current";
/// What generations are called.
const PREFIX: &str = "g-";
/// Bytes a writer holds in memory before it writes: the least that tantivy takes, since a publication is a few kilobytes.
const HEAP: usize = 15 * 1024 * 1024;
/// The same for each thread that makes a new generation.
const HEAP_REBUILD: usize = 96 * 1024 * 1024;
/// Threads that make one.
const THREADS_REBUILD: usize = 2;
/// Segments of one size before they become one: each query looks into every segment.
const SEGMENTS: usize = 4;
/// Blocks of keys held unpacked: those of the last few hundred results.
const KEYS_CACHED: usize = 32;

/// Up to where an index has followed the log of changes. Kept inside the index, in the same commit as what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The version of the schema.
    pub schema: u32,
    /// The last line followed.
    pub seq: i64,
    /// When that line was written: another database has another line of this number.
    pub at: Time,
}

/// An open index.
pub struct Generation {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    name: String,
    folder: PathBuf,
    /// Languages of its documents.
    languages: ArcSwap<Vec<String>>,
}

/// The folder of all generations.
pub fn root(data: &DataDir) -> PathBuf {
    data.path().join("search")
}

/// The name of the generation in use.
pub fn current(data: &DataDir) -> Option<String> {
    let name = fs::read_to_string(root(data).join(CURRENT)).ok()?;
    let name = name.trim();
    let safe = name.strip_prefix(PREFIX)?.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    safe.then(|| name.to_owned())
}

/// Makes a generation the one in use.
///
/// # Errors
/// If the folder cannot be written.
pub fn choose(data: &DataDir, name: &str) -> Result<()> {
    let root = root(data);
    let draft = root.join(format!("{CURRENT}.new"));
    let mut file = File::create(&draft)?;
    file.write_all(name.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, root.join(CURRENT))?;
    Ok(())
}

/// Takes the right to make a new generation.
///
/// # Errors
/// `Error::Unavailable` if somebody else makes one.
pub fn lock(data: &DataDir) -> Result<File> {
    fs::create_dir_all(root(data))?;
    let file = File::options().create(true).truncate(false).write(true).open(root(data).join("rebuild.lock"))?;
    file.try_lock().map_err(|_| Error::unavailable("the search index is being made already"))?;
    Ok(file)
}

/// Removes generations that nobody uses; to be called under [`lock`]. What is still open elsewhere stays readable there.
pub fn sweep(data: &DataDir, keep: &[&str]) {
    let Ok(entries) = fs::read_dir(root(data)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && !keep.contains(&name.as_str()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Bytes on the disk.
pub fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

/// What tantivy says, as an error for the operator.
pub(crate) fn broken(error: tantivy::TantivyError) -> Error {
    Error::unavailable(format!("the search index: {error}"))
}

impl Generation {
    /// Makes an empty one; `id` is new.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn create(data: &DataDir, id: &str) -> Result<Generation> {
        let name = format!("{PREFIX}{id}");
        let folder = root(data).join(&name);
        fs::create_dir_all(&folder)?;
        let directory = MmapDirectory::open(&folder).map_err(|e| broken(e.into()))?;
        let (schema, _) = schema::make();
        let index = Index::create(directory, schema, tantivy::IndexSettings::default()).map_err(broken)?;
        Generation::new(index, name, folder)
    }

    /// Opens the one of this name.
    ///
    /// # Errors
    /// If it is not there, cannot be read, or is of another version.
    pub fn open(data: &DataDir, name: &str) -> Result<Generation> {
        let folder = root(data).join(name);
        if !folder.is_dir() {
            return Err(Error::unavailable("the search index is not there"));
        }
        let directory = MmapDirectory::open(&folder).map_err(|e| broken(e.into()))?;
        let index = Index::open(directory).map_err(broken)?;
        let (schema, _) = schema::make();
        if index.schema() != schema {
            return Err(Error::unavailable("the search index is of another version"));
        }
        let generation = Generation::new(index, name.to_owned(), folder)?;
        match generation.followed() {
            Some(followed) if followed.schema == schema::VERSION => Ok(generation),
            _ => Err(Error::unavailable("the search index is of another version, or was never finished")),
        }
    }

    fn new(index: Index, name: String, folder: PathBuf) -> Result<Generation> {
        index.tokenizers().register(words::TEXT, words::Texts::default());
        index.tokenizers().register(words::PLAIN, words::plain());
        let builder =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(KEYS_CACHED);
        let reader = builder.try_into().map_err(broken)?;
        let (_, fields) = schema::make();
        let generation = Generation { index, reader, fields, name, folder, languages: ArcSwap::default() };
        generation.look_at_languages()?;
        Ok(generation)
    }

    /// Up to where it has followed the log; none before its first commit.
    pub fn followed(&self) -> Option<Followed> {
        serde_json::from_str(self.index.load_metas().ok()?.payload.as_deref()?).ok()
    }

    /// The one writer of a generation that serves.
    ///
    /// # Errors
    /// If another process writes, or the folder cannot be written.
    pub fn writer(&self) -> Result<IndexWriter> {
        let writer = self.index.writer_with_num_threads(1, HEAP).map_err(broken)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(SEGMENTS);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    /// The writer of a generation that is being made.
    ///
    /// # Errors
    /// As [`Generation::writer`].
    pub fn writer_rebuild(&self) -> Result<IndexWriter> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(THREADS_REBUILD);
        let writer = self.index.writer_with_num_threads(threads, HEAP_REBUILD * threads).map_err(broken)?;
        // All parts are made one at the end; what is joined twice is written twice.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Sees what was committed.
    ///
    /// # Errors
    /// If the index is broken.
    pub fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(broken)?;
        self.look_at_languages()
    }

    /// Reads every file and compares it with its checksum. True if all are whole.
    pub fn is_whole(&self) -> bool {
        self.index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
    }

    /// What is searched at this moment.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Languages of its documents.
    pub fn languages(&self) -> Arc<Vec<String>> {
        self.languages.load_full()
    }

    /// True as long as its files are where they were.
    pub fn is_there(&self) -> bool {
        self.folder.join("meta.json").is_file()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn look_at_languages(&self) -> Result<()> {
        let mut languages = Vec::new();
        for segment in self.searcher().segment_readers() {
            let inverted = segment.inverted_index(self.fields.language).map_err(broken)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let language = String::from_utf8_lossy(terms.key()).into_owned();
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        languages.sort();
        self.languages.store(Arc::new(languages));
        Ok(())
    }
}

/// Commits, with how far the log was followed.
///
/// # Errors
/// If the folder cannot be written.
pub fn commit(writer: &mut IndexWriter<TantivyDocument>, followed: Followed) -> Result<()> {
    let mut prepared = writer.prepare_commit().map_err(broken)?;
    let payload = serde_json::to_string(&followed).map_err(|e| Error::internal(e.to_string()))?;
    prepared.set_payload(&payload);
    prepared.commit().map_err(broken).map(drop)
}

/// The term that names a document.
pub fn key(fields: &Fields, key: &schema::Key) -> Term {
    Term::from_field_text(fields.key, &key.to_text())
}
