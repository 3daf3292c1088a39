//! Bringing in what was published elsewhere, while readers read.
//!
//! An export is read twice: once for what posts refer to, once for the posts. Between the two the pictures are brought
//! in, so that a story never names one that is not there yet. Stories are written many in a transaction, each with the
//! line in `imported` that makes a second run pass it over.

mod keep;
mod parts;
mod pictures;
mod text;
mod wordpress;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use text::{TextImport, TextOutcome, text};
pub use wordpress::wordpress;

use crate::report::Report;
use crate::wxr::Fault;

/// An export to import.
#[derive(Debug, Clone, Default)]
pub struct WordpressImport {
    /// The export.
    pub file: PathBuf,
    /// The folder of the site's uploads.
    pub media: Option<PathBuf>,
    /// Where the report is written.
    pub report: Option<PathBuf>,
}

/// How an import ended.
pub struct Outcome {
    /// What became of everything.
    pub report: Report,
    /// Why reading stopped before the end, if it did.
    pub fault: Option<Fault>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The first reading: bytes of bytes.
    Reading(u64, u64),
    /// Pictures: files of files.
    Pictures(u64, u64),
    /// Stories: bytes of bytes.
    Stories(u64, u64),
}

/// Told how far an import is.
pub type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// The report, shared by who reads and who writes.
#[derive(Clone)]
struct Shared(Arc<Mutex<Report>>);

impl Shared {
    fn new(report: Report) -> Shared {
        Shared(Arc::new(Mutex::new(report)))
    }

    fn lock(&self) -> MutexGuard<'_, Report> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Report {
        std::mem::take(&mut *self.lock())
    }
}
