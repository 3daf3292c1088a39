//! Where sealed bodies lie: files below `tips` in the data folder, under random names, dated to the day. The folders are all
//! there from the beginning and have no date: one that is made or changed when a tip comes would tell the moment. What the
//! file system notes for itself, and lets nobody set (when a file was made or last touched), is of the nightly round after
//! [`blur`], which makes the day's files anew, in the order of their names.
//!
//! A file is whole or not there: it is written under another name, and gets its own when its last byte is on the disk.
//! What was interrupted is cleared away by [`sweep`].

use std::{
    fs::{self, File, FileTimes},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use onrecord_base::{App, DataDir, Error, Result};

use crate::{
    Day,
    tip::{is_id, random_id, today},
};

/// Bytes written over a file's content at a time.
const PIECE: usize = 256 * 1024;

/// The folder.
pub fn folder(data: &DataDir) -> PathBuf {
    data.path().join("tips")
}

/// The path of a body.
pub fn path(data: &DataDir, file: &str) -> PathBuf {
    folder(data).join(file.get(..2).unwrap_or("__")).join(file)
}

/// A body that is being written. Dropped before [`Draft::keep`], it is gone.
pub struct Draft {
    name: String,
    unfinished: PathBuf,
    place: PathBuf,
    file: Option<File>,
    written: u64,
    lasting: bool,
    day: Day,
}

impl Draft {
    /// Begins one.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn begin(app: &App) -> Result<Draft> {
        let name = random_id(&app.random);
        let place = path(&app.data, &name);
        if !place.parent().is_some_and(Path::is_dir) {
            furnish(&app.data)?;
        }
        let unfinished = folder(&app.data).join(format!("{name}.part"));
        let file = private_file(&unfinished)?;
        let (lasting, day) = (app.data.is_lasting(), today(app));
        Ok(Draft { name, unfinished, place, file: Some(file), written: 0, lasting, day })
    }

    /// Appends; blocks for as long as the disk does.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let file = self.file.as_mut().ok_or_else(|| Error::internal("a body was written after its end"))?;
        file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Bytes so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Puts it in its place, safe on the disk; returns its name.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn keep(mut self) -> Result<String> {
        let file = self.file.take().ok_or_else(|| Error::internal("a body was kept twice"))?;
        // The folder tells everybody who reads it when a file was written: the day is enough.
        date(&file, self.day)?;
        if self.lasting {
            file.sync_all()?;
        }
        drop(file);
        fs::rename(&self.unfinished, &self.place)?;
        undate(&self.place)?;
        if self.lasting
            && let Some(parent) = self.place.parent()
        {
            File::open(parent)?.sync_all()?;
        }
        Ok(self.name.clone())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.unfinished);
            let _ = undate(&self.place);
        }
    }
}

/// Makes the folders, all of them.
///
/// # Errors
/// If the data folder cannot be written.
pub fn furnish(data: &DataDir) -> Result<()> {
    let folder = folder(data);
    private_folder(&folder)?;
    for number in 0..=u8::MAX {
        let below = folder.join(hex::encode([number]));
        private_folder(&below)?;
        dateless(&below)?;
    }
    Ok(dateless(&folder)?)
}

/// Takes their dates from the two folders above a body.
fn undate(place: &Path) -> io::Result<()> {
    place.ancestors().skip(1).take(2).try_for_each(dateless)
}

/// Dates a folder to 1970.
fn dateless(folder: &Path) -> io::Result<()> {
    let none = SystemTime::UNIX_EPOCH;
    File::open(folder)?.set_times(FileTimes::new().set_accessed(none).set_modified(none))
}

/// Opens a body.
///
/// # Errors
/// `Error::NotFound` if it is not there.
pub fn open(data: &DataDir, file: &str) -> Result<File> {
    if !is_id(file) {
        return Err(Error::NotFound);
    }
    File::open(path(data, file)).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Error::NotFound,
        _ => e.into(),
    })
}

/// Reads part of a body.
///
/// # Errors
/// If it is shorter, or cannot be read.
pub fn read_at(file: &mut File, from: u64, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Writes zeros over a body and removes it. The bytes may stay in a disk's own reserve or in a snapshot of the file
/// system: without the keys that the head held they are noise.
///
/// # Errors
/// If it is there and cannot be removed.
pub fn destroy(data: &DataDir, file: &str) -> Result<()> {
    if !is_id(file) {
        return Ok(());
    }
    let path = path(data, file);
    let gone = |e: &io::Error| e.kind() == io::ErrorKind::NotFound;
    match File::options().write(true).open(&path) {
        Ok(open) => overwrite(open)?,
        Err(e) if gone(&e) => return Ok(()),
        Err(e) => return Err(e.into()),
    }
    fs::remove_file(&path)?;
    Ok(undate(&path)?)
}

/// Writes zeros over a whole file.
///
/// # Errors
/// If the disk fails.
pub(crate) fn overwrite(mut open: File) -> Result<()> {
    let zeros = vec![0; PIECE];
    let mut left = open.metadata()?.len();
    open.seek(SeekFrom::Start(0))?;
    while left > 0 {
        let now = left.min(PIECE as u64);
        open.write_all(&zeros[..usize::try_from(now).unwrap_or(PIECE)])?;
        left -= now;
    }
    Ok(open.sync_all()?)
}

/// All files of the folder, by name: for looking after them.
///
/// # Errors
/// If the folder cannot be read.
pub fn all(data: &DataDir) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in entries(&folder(data))? {
        if entry.is_dir() {
            let names = entries(&entry)?;
            found.extend(names.iter().filter_map(|p| p.file_name()?.to_str().map(str::to_owned)));
        }
    }
    Ok(found)
}

/// Removes what was interrupted, on a folder that no other server writes to.
///
/// # Errors
/// If the folder cannot be read.
pub fn sweep(data: &DataDir) -> Result<()> {
    for entry in entries(&folder(data))? {
        if entry.extension().is_some_and(|extension| extension == "part") {
            fs::remove_file(entry)?;
        }
    }
    if folder(data).is_dir() { Ok(dateless(&folder(data))?) } else { Ok(()) }
}

/// Writes a body anew, so that the file system's own dates of its making (which programs cannot set) are those of the
/// nightly round and not of its arrival.
///
/// # Errors
/// If the disk is full or fails; the body stays as it was.
pub fn blur(data: &DataDir, file: &str, day: Day) -> Result<()> {
    let place = path(data, file);
    if !place.exists() {
        // Erased meanwhile.
        return Ok(());
    }
    let copy = folder(data).join(format!("{file}.part"));
    let made = private_file(&copy).and_then(|mut new| {
        io::copy(&mut File::open(&place)?, &mut new)?;
        date(&new, day)?;
        new.sync_all()?;
        fs::rename(&copy, &place)?;
        Ok(undate(&place)?)
    });
    if made.is_err() {
        let _ = fs::remove_file(&copy);
    }
    made
}

fn date(file: &File, day: Day) -> io::Result<()> {
    let moment = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(day.begins().millis()).unwrap_or(0));
    file.set_times(FileTimes::new().set_accessed(moment).set_modified(moment))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.flatten().map(|entry| entry.path()).collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e.into()),
    }
}

/// A folder for nobody else's eyes.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn private_file(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    Ok(File::options().write(true).create_new(true).mode(0o600).open(path)?)
}
