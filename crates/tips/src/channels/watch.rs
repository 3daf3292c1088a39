//! Watched folders: recordings that the newsroom's own telephone system drops, and a maildir that a mail host delivers to.
//!
//! Which folders they are is set where the server is started, not at the desk: what lies in them is sealed, written over
//! and removed, and nobody at the desk should be able to say that of any folder. A file is taken when it is whole and
//! stays when the line is closed. What cannot be taken is moved aside, below `set-aside` and the reason's name.

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs::{self, File},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{MetadataExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use onrecord_base::{App, Error, Result};
use rustix::fs::{Dir, FileType};
use sha2::{Digest, Sha256};
use tokio::{io::AsyncReadExt, task::JoinHandle};

use super::{
    audio::{self, Sound},
    caller::{self, Caller},
    mail,
};
use crate::{Channel, Guard, arrive::Arriving, keys, line::MOST_BYTES, quota::Lane, stack, store::channels, vault};

/// How often the folders are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// Looks between which a file must not have changed, if it says itself that it is whole.
const STILL: u32 = 1;
/// The same for files that do not say: a minute.
const LONG_STILL: u32 = 12;
/// Files seen in one look: a folder with more is emptied over several.
const MOST_SEEN: usize = 1000;
/// What is read of a file at a time.
const PIECE: usize = 512 * 1024;
/// Where files go that cannot be taken.
const ASIDE: &str = "set-aside";

/// The folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// Recordings.
    pub recordings: Option<PathBuf>,
    /// A maildir: mails are taken from its `new`.
    pub mail: Option<PathBuf>,
}

/// Why a file was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Larger than a message may be.
    TooLarge,
    /// Not a recording, or not a file that we may read.
    Unreadable,
}

/// Files that were set aside for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub count: usize,
    /// Where they lie.
    pub folder: String,
}

impl Reason {
    const ALL: [Reason; 2] = [Reason::TooLarge, Reason::Unreadable];

    /// As the folder and the messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::TooLarge => "too-large",
            Reason::Unreadable => "unreadable",
        }
    }
}

impl Folders {
    /// Whether none is watched.
    pub fn is_empty(&self) -> bool {
        self.recordings.is_none() && self.mail.is_none()
    }

    /// Looks whether the folders are there and can be written.
    ///
    /// # Errors
    /// With a sentence for who starts the server.
    pub fn check(&self) -> Result<(), String> {
        let mail = self.mail.as_ref().map(|folder| folder.join("new"));
        for folder in [self.recordings.clone(), mail].into_iter().flatten() {
            let shown = folder.display();
            fs::read_dir(&folder).map_err(|e| format!("the folder {shown} cannot be watched: {e}"))?;
            let trial = folder.join(".onrecord-trial");
            let written = File::options().create(true).truncate(false).write(true).open(&trial).map(drop);
            written
                .and_then(|()| fs::remove_file(&trial))
                .map_err(|e| format!("the folder {shown} cannot be written: {e}. What is sealed is removed from it"))?;
        }
        Ok(())
    }
}

/// What was set aside in a folder.
pub fn set_aside(folder: &Path) -> Vec<SetAside> {
    let of = |reason: Reason| {
        let place = folder.join(ASIDE).join(reason.name());
        let count = entries(&place).map_or(0, |found| found.len());
        SetAside { reason, count, folder: place.display().to_string() }
    };
    Reason::ALL.into_iter().map(of).filter(|aside| aside.count > 0).collect()
}

/// Watches the folders of the guard until it is dropped.
pub struct Watch(Option<JoinHandle<()>>);

impl Watch {
    /// Begins to watch; does nothing if there is no folder.
    pub fn start(app: App, guard: Guard) -> Watch {
        let mut watcher = Watcher::new(app, guard);
        let folders = watcher.guard.folders().clone();
        Watch((!folders.is_empty()).then(|| {
            tokio::spawn(async move {
                loop {
                    stack::wiping(watcher.look()).await;
                    tokio::time::sleep(LOOK).await;
                }
            })
        }))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // A message that is being sealed is dropped with it: its file stays and is taken the next time.
        if let Some(task) = self.0.take() {
            task.abort();
        }
    }
}

/// What a file looked like, and for how many looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    length: u64,
    changed: Option<SystemTime>,
}

pub(crate) struct Watcher {
    app: App,
    guard: Guard,
    seen: HashMap<PathBuf, (State, u32)>,
    /// Whether the last look went wrong: said once in the log, not every five seconds.
    failing: bool,
}

impl Watcher {
    pub(crate) fn new(app: App, guard: Guard) -> Watcher {
        Watcher { app, guard, seen: HashMap::new(), failing: false }
    }

    /// One look at all folders.
    pub(crate) async fn look(&mut self) {
        let outcome = self.all().await;
        if let Err(error) = &outcome
            && !self.failing
        {
            // Nothing of it names a file: a name can be a number.
            tracing::warn!(why = name(error), "a watched folder waits");
        }
        self.failing = outcome.is_err();
    }

    async fn all(&mut self) -> Result<()> {
        // Closed: everything stays where it is.
        if keys::open(&self.app).await.is_err() {
            return Ok(());
        }
        let folders = self.guard.folders().clone();
        // What goes wrong with one folder does not stop the other.
        let recordings = match &folders.recordings {
            Some(folder) => self.recordings(folder).await,
            None => Ok(()),
        };
        let mails = match &folders.mail {
            Some(folder) => self.mails(folder).await,
            None => Ok(()),
        };
        recordings.and(mails)
    }

    async fn recordings(&mut self, folder: &Path) -> Result<()> {
        let files = entries(folder)?;
        self.seen.retain(|path, _| files.contains(path));
        let mut outcome = Ok(());
        for path in files.iter().filter(|path| is_recording(path)) {
            match self.look_at(folder, path).await {
                Err(error) if ends_the_look(&error) => return Err(error),
                // A fault of one file does not stop the others.
                other => outcome = outcome.and(other),
            }
        }
        outcome
    }

    async fn look_at(&mut self, folder: &Path, path: &Path) -> Result<()> {
        let Ok(meta) = fs::symlink_metadata(path) else { return Ok(()) };
        if !meta.is_file() {
            // A link or a pipe is not ours to follow.
            return aside(folder, path, Reason::Unreadable);
        }
        let state = State { length: meta.len(), changed: meta.modified().ok() };
        let looks = match self.seen.get(path) {
            Some((known, looks)) if *known == state => looks + 1,
            _ => 0,
        };
        self.seen.insert(path.to_owned(), (state, looks));
        if looks < STILL {
            return Ok(());
        }
        if state.length > MOST_BYTES {
            return aside(folder, path, Reason::TooLarge);
        }
        let Ok(file) = open(path) else { return aside(folder, path, Reason::Unreadable) };
        let front = front(&file)?;
        if looks < LONG_STILL && !audio::says_complete(&front, state.length) {
            return Ok(());
        }
        match Sound::of(&front) {
            _ if audio::is_empty(state.length) => remove(path, Some(file)).await?,
            None => aside(folder, path, Reason::Unreadable)?,
            Some(sound) => self.recording(path, file, sound, state).await?,
        }
        self.seen.remove(path);
        Ok(())
    }

    async fn recording(&self, path: &Path, file: File, sound: Sound, state: State) -> Result<()> {
        let desk = self.app.db.read(channels::load).await?.recordings.desk;
        let open = keys::open(&self.app).await?;
        let place = self.guard.begin(&open.line, Lane::Plain, &self.app)?;
        let beside = path.with_extension("json");
        let caller = read_caller(&beside);
        let file_name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut arriving = Arriving::begin(&self.app, &desk, Channel::Drop, None, None).await?;
        arriving.file(&file_name, sound.media_type()).await?;
        let (mut reader, mut piece) = (tokio::fs::File::from_std(file), vec![0; PIECE]);
        loop {
            let read = reader.read(&mut piece).await?;
            if read == 0 {
                break;
            }
            self.guard.add(&open.line, Lane::Plain, read as u64, &self.app)?;
            arriving.push(&piece[..read]).await?;
        }
        let file = reader.into_std().await;
        if (State { length: file.metadata()?.len(), changed: file.metadata()?.modified().ok() }) != state {
            // It grew while it was read: what was sealed of it is dropped, and it is taken later.
            return Ok(());
        }
        let facts = caller.unwrap_or_default().facts(&self.app.now().rfc3339());
        // None: it was sealed before, and the server ended before it was removed.
        let _ = arriving.once(Some(once(&file_name, state))).keep("", &facts).await?;
        place.kept(&self.app);
        remove(path, Some(file)).await?;
        if fs::symlink_metadata(&beside).is_ok() {
            remove(&beside, self::open(&beside).ok()).await?;
        }
        Ok(())
    }

    async fn mails(&self, folder: &Path) -> Result<()> {
        let mut outcome = Ok(());
        // Whole by the rules of a maildir: a mail is written in `tmp` and moved here.
        for path in entries(&folder.join("new"))? {
            match self.mail(folder, &path).await {
                Err(error) if ends_the_look(&error) => return Err(error),
                other => outcome = outcome.and(other),
            }
        }
        outcome
    }

    async fn mail(&self, folder: &Path, path: &Path) -> Result<()> {
        let Ok(meta) = fs::symlink_metadata(path) else { return Ok(()) };
        if meta.is_file() && meta.len() > mail::LARGEST {
            return aside(folder, path, Reason::TooLarge);
        }
        let Ok(file) = open(path) else { return aside(folder, path, Reason::Unreadable) };
        let desk = self.app.db.read(channels::load).await?.mail.desk;
        let open = keys::open(&self.app).await?;
        let place = self.guard.begin(&open.line, Lane::Plain, &self.app)?;
        self.guard.add(&open.line, Lane::Plain, meta.len(), &self.app)?;
        let mut raw = Vec::new();
        // One byte more than allowed tells of a file that grew meanwhile: it is set aside the next time.
        let mut reader = tokio::fs::File::from_std(file).take(mail::LARGEST + 1);
        reader.read_to_end(&mut raw).await?;
        let file = reader.into_inner().into_std().await;
        mail::take(&self.app, &desk, Bytes::from(raw)).await?;
        place.kept(&self.app);
        remove(path, Some(file)).await
    }
}

/// Whether it would meet every other file too.
fn ends_the_look(error: &Error) -> bool {
    matches!(error, Error::Refused(_) | Error::Invalid(_) | Error::TooMany { .. })
}

/// What went wrong, in a word.
fn name(error: &Error) -> &'static str {
    match error {
        Error::Unavailable(_) => "the disk or the folder does not answer",
        Error::TooMany { .. } => "the hour is full",
        Error::Refused(_) | Error::Invalid(_) => "the line or the desk is closed",
        _ => "a fault",
    }
}

/// What lies in a folder, oldest names first, without folders and what programs hide while they write. Not by the standard
/// library: the C library's own buffer would keep the names, which can be numbers, in memory that nobody wipes.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let opened = File::open(folder)?;
    for entry in Dir::read_from(&opened).map_err(io::Error::from)?.flatten() {
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if entry.file_type() == FileType::Directory || name.as_bytes().starts_with(b".") {
            continue;
        }
        found.push(folder.join(name));
        if found.len() == MOST_SEEN {
            break;
        }
    }
    found.sort();
    Ok(found)
}

/// Neither caller data nor what a program is still writing under another name.
fn is_recording(path: &Path) -> bool {
    const NOT_YET: [&str; 5] = ["json", "part", "partial", "tmp", "filepart"];
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    !NOT_YET.contains(&extension.as_str())
}

/// Opens a file, and never what a link points at or a pipe. One that we may read and not write is taken all the same: then
/// it is removed without being written over.
fn open(path: &Path) -> io::Result<File> {
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    let mut options = File::options();
    let file = match options.read(true).write(true).custom_flags(flags).open(path) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => options.write(false).open(path)?,
        other => other?,
    };
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::from(io::ErrorKind::InvalidInput)),
    }
}

fn front(file: &File) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    let mut front = vec![0; audio::FRONT];
    let read = file.read_at(&mut front, 0)?;
    front.truncate(read);
    Ok(front)
}

fn read_caller(path: &Path) -> Option<Caller> {
    use std::io::Read;
    let mut bytes = Vec::new();
    open(path).ok()?.take(caller::LARGEST).read_to_end(&mut bytes).ok()?;
    Caller::read(&bytes)
}

/// The id of a delivery: the same file found again after a crash is the same delivery.
fn once(name: &str, state: State) -> String {
    let changed = state.changed.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    let hash = Sha256::new().chain_update(name).chain_update(b"\0").chain_update(state.length.to_be_bytes());
    hex::encode(hash.chain_update(changed.as_nanos().to_be_bytes()).finalize())
}

/// Writes over a file and removes it. A file that has a second name is only removed: the other name is somebody else's.
async fn remove(path: &Path, file: Option<File>) -> Result<()> {
    let path = path.to_owned();
    let work = move || {
        if let Some(file) = file
            && file.metadata()?.nlink() == 1
        {
            // Where this fails the file is removed at least.
            let _ = vault::overwrite(file);
        }
        match fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?
}

/// Moves a file to where it is not looked at again.
fn aside(folder: &Path, path: &Path, reason: Reason) -> Result<()> {
    let place = folder.join(ASIDE).join(reason.name());
    vault::private_folder(&place)?;
    let name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    let mut to = place.join(&name);
    for number in 1.. {
        if fs::symlink_metadata(&to).is_err() {
            break;
        }
        to = place.join(format!("{number}-{}", name.to_string_lossy()));
    }
    tracing::warn!(why = reason.name(), "a file of a watched folder was set aside");
    Ok(fs::rename(path, to)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_recordings_are_looked_at() {
        for taken in ["a.wav", "B.OGG", "1763.4", "x.json.wav"] {
            assert!(is_recording(Path::new(taken)), "{taken}");
        }
        for not in ["a.json", "a.wav.part", "a.TMP", "x.filepart"] {
            assert!(!is_recording(Path::new(not)), "{not}");
        }
    }

    #[test]
    fn folders_are_checked_before_the_server_starts() {
        assert!(Folders::default().check().is_ok());
        let missing = Folders { recordings: Some("/nowhere/at/all".into()), mail: None };
        assert!(missing.check().unwrap_err().contains("/nowhere/at/all"));
    }
}
