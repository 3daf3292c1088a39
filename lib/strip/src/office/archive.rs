//! Zip archives within bounds: read part by part, written with the same time for all.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{Outcome, Refused, limits};

/// The parts of an archive.
pub(crate) struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Parts<'a> {
    /// Opens an archive. Its parts are counted before the list of them is made, which costs more than the list in the file.
    pub(crate) fn open(bytes: &'a [u8]) -> Outcome<Self> {
        if bytes.windows(4).filter(|four| four == b"PK\x01\x02").take(limits::MAX_PARTS + 1).count() > limits::MAX_PARTS
        {
            return Err(Refused::TooComplex);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
        Ok(Parts { zip, unpacked: 0 })
    }

    /// Whether a part is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part's bytes.
    pub(crate) fn read(&mut self, name: &str) -> Outcome<Vec<u8>> {
        let file = self.zip.by_name(name).map_err(|error| refusal(&error))?;
        let bound = limits::MAX_PART.min(limits::MAX_UNPACKED - self.unpacked.min(limits::MAX_UNPACKED));
        let mut bytes = Vec::new();
        let read = file.take(bound + 1).read_to_end(&mut bytes).map_err(|_| Refused::Broken)? as u64;
        self.unpacked += read;
        if read > bound { Err(Refused::UnpacksTooLarge) } else { Ok(bytes) }
    }
}

fn refusal(error: &ZipError) -> Refused {
    match error {
        ZipError::InvalidPassword => Refused::Encrypted,
        ZipError::UnsupportedArchive(why) if why.to_ascii_lowercase().contains("password") => Refused::Encrypted,
        ZipError::UnsupportedArchive(_) => Refused::Variety,
        _ => Refused::Broken,
    }
}

/// An archive being written.
pub(crate) struct Writer {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    written: usize,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Writer { zip: ZipWriter::new(Cursor::new(Vec::new())), written: 0 }
    }

    /// Adds a part.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        self.put(name, bytes, CompressionMethod::Deflated)
    }

    /// Adds a part as it is: `mimetype`, by which OpenDocument is known, and pictures, which would not become smaller.
    pub(crate) fn store(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        self.put(name, bytes, CompressionMethod::Stored)
    }

    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Outcome<()> {
        self.written += bytes.len();
        if self.written as u64 > limits::MAX_UNPACKED {
            return Err(Refused::UnpacksTooLarge);
        }
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        self.zip.start_file(name, options).map_err(|_| Refused::Broken)?;
        self.zip.write_all(bytes).map_err(|_| Refused::Broken)
    }

    pub(crate) fn finish(self) -> Outcome<Vec<u8>> {
        Ok(self.zip.finish().map_err(|_| Refused::Broken)?.into_inner())
    }
}
