//! Reading and answering with a passphrase, where the data folder is: for the command line, with no server running, on a
//! copy of the folder too. The server itself never calls this.

use std::{
    fs::{DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use onrecord_base::{App, DataDir, Error, Result};
use onrecord_sealed::{
    Address, Author, DeskId, Head, Index, JournalistKeys, Lock, NewsroomId, Opener, Place, SEALED_CHUNK, Sealer,
    Signer, SourcePublic, TipId,
};

use crate::{
    Day, Kind, Message, Tip,
    codename::{entropy, refused},
    keys::{self, normal, sealed_day},
    line::{MOST_BYTES, MOST_SEALED},
    store::{keys as kept, line, messages, tips},
    tip::today,
    vault::{self, Draft},
};

/// A journalist with unlocked keys.
pub struct Reader {
    staff_id: String,
    keys: Vec<JournalistKeys>,
    newsroom: NewsroomId,
}

/// A message that was opened.
pub struct Opened {
    /// What the server knows of it.
    pub message: Message,
    /// What it says; none if these keys do not open it, with why.
    pub index: std::result::Result<Index, onrecord_sealed::Refused>,
    /// Who signed it; nobody knows of one that does not open.
    pub from: Option<Standing>,
}

/// Who signed a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The source that wrote first.
    Source,
    /// A source, with other keys than the one that wrote first.
    OtherSource,
    /// Nobody: it was sealed here on arrival, from a channel without keys.
    Nobody,
    /// A journalist of the desk.
    Desk,
    /// Somebody who is no journalist of the desk.
    Stranger,
    /// A journalist, as far as the message says; there is no list of keys to compare it with.
    Unchecked,
}

impl Standing {
    /// What is said of it in a terminal; nothing where it is as it should be.
    pub fn doubt(self) -> &'static str {
        match self {
            Standing::Source | Standing::Desk => "",
            Standing::OtherSource => "NOT from the source that wrote first: another codename's keys signed it",
            Standing::Nobody => "sealed by the server on arrival; nobody signed it",
            Standing::Stranger => "NOT from this desk: none of its journalists' keys signed it",
            Standing::Unchecked => "signed by keys that cannot be compared: there is no list of keys",
        }
    }
}

impl Reader {
    /// Unlocks somebody's keys of all months that are left. Takes 256 MiB and a second or two.
    ///
    /// # Errors
    /// `Error::Refused` if there are none, or the passphrase is another.
    pub async fn unlock(app: &App, staff_id: &str, passphrase: &str) -> Result<Reader> {
        let id = staff_id.to_owned();
        let (line, own) = app.db.read(move |conn| Ok((line::load(conn)?, kept::of_staff(conn, &id)?))).await?;
        let line = line.ok_or_else(|| Error::refused("tips-no-line"))?;
        let newsroom = NewsroomId(line.newsroom_id().ok_or_else(|| Error::refused("tips-no-line"))?);
        let closed: Vec<Vec<u8>> = own.into_iter().filter_map(|key| key.wrapped).collect();
        if closed.is_empty() {
            return Err(Error::refused("tips-no-keys"));
        }
        let passphrase = normal(passphrase);
        let work = move || unlock(&passphrase, &closed);
        let keys = tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))??;
        Ok(Reader { staff_id: staff_id.to_owned(), keys, newsroom })
    }

    /// The messages of a thread, as far as these keys open them.
    ///
    /// # Errors
    /// `Error::NotFound` if the thread is not for a desk of this journalist.
    pub async fn thread(&self, app: &App, tip: &str) -> Result<(Tip, Vec<Opened>)> {
        let (id, staff) = (tip.to_owned(), self.staff_id.clone());
        let (tip, parts, list) = app
            .db
            .read(move |conn| {
                let tip = tips::for_staff(conn, &id, &staff)?;
                let mut parts = Vec::new();
                for message in messages::of(conn, &tip.id)? {
                    let head = messages::head(conn, &tip.id, message.sequence)?;
                    parts.push((message, head));
                }
                Ok((tip, parts, keys::last_list(conn)?))
            })
            .await?;
        let desk = DeskId::parse(&tip.desk_id).map_err(refused)?;
        let mut first: Option<SourcePublic> = None;
        let opened = parts.into_iter().map(|(message, head)| {
            let index = self.opener(&message, &head).and_then(|opener| index(&app.data, &message, &opener));
            let from = index.as_ref().ok().map(|index| match (&index.author, &list) {
                (Author::Nobody, _) => Standing::Nobody,
                (Author::Source(source), _) => match *first.get_or_insert_with(|| source.clone()) == *source {
                    true => Standing::Source,
                    false => Standing::OtherSource,
                },
                (Author::Journalist(_), None) => Standing::Unchecked,
                (Author::Journalist(key), Some(list)) if list.speaks_for(desk, key) => Standing::Desk,
                (Author::Journalist(_), Some(_)) => Standing::Stranger,
            });
            Opened { message, index, from }
        });
        let opened = opened.collect();
        Ok((tip, opened))
    }

    /// Writes the files of a thread's messages, and their texts, into a new folder that nobody else on the machine can
    /// read. Returns what was written.
    ///
    /// # Errors
    /// If the folder is there already, or cannot be written.
    pub async fn export(&self, app: &App, tip: &str, folder: &Path) -> Result<Vec<PathBuf>> {
        let (tip, opened) = self.thread(app, tip).await?;
        DirBuilder::new().mode(0o700).create(folder)?;
        let mut written = Vec::new();
        for (place, Opened { message, index, .. }) in opened.into_iter().enumerate() {
            let Ok(index) = index else { continue };
            let name = folder.join(format!("{place:04}-{}.txt", message.kind.name()));
            let mut text = index.text.clone();
            for (name, value) in &index.facts {
                text += &format!("\n{name}: {value}");
            }
            own_file(&name)?.write_all(text.as_bytes())?;
            written.push(name);
            let (id, sequence) = (tip.id.clone(), message.sequence);
            let head = app.db.read(move |conn| messages::head(conn, &id, sequence)).await?;
            let opener = self.opener(&message, &head).map_err(refused)?;
            for (number, part) in index.parts.iter().enumerate() {
                let name = folder.join(format!("{place:04}-{:02}-{}", number + 1, part.name));
                file(&app.data, &message, &opener, part, &name)?;
                written.push(name);
            }
        }
        Ok(written)
    }

    /// Answers the source; or writes a note for the desk. Files are read as they are sealed, a piece at a time.
    ///
    /// # Errors
    /// `Error::Refused` if the source cannot be answered (it came by a way without a codename), or the line has no list.
    pub async fn write(&self, app: &App, tip: &str, kind: Kind, text: &str, files: &[PathBuf]) -> Result<()> {
        let (tip, opened) = self.thread(app, tip).await?;
        let source = opened.iter().find_map(|one| match &one.index {
            Ok(Index { author: Author::Source(source), .. }) => Some(source.clone()),
            _ => None,
        });
        if kind == Kind::Reply && source.is_none() {
            return Err(Error::refused("tips-no-source"));
        }
        let keys = self.keys.first().ok_or_else(|| Error::refused("tips-no-keys"))?;
        write(app, keys, &self.staff_id, tip, Written { kind, text, files, to: source }).await
    }

    fn opener(&self, message: &Message, head: &[u8]) -> std::result::Result<Opener, onrecord_sealed::Refused> {
        let head = Head::parse(head)?;
        Opener::journalist(&head, &place(self.newsroom, message)?, &self.keys)
    }
}

fn place(newsroom: NewsroomId, message: &Message) -> std::result::Result<Place, onrecord_sealed::Refused> {
    let sequence = u32::try_from(message.sequence).map_err(|_| onrecord_sealed::Refused::Misplaced)?;
    Ok(Place { newsroom, tip: TipId::parse(&message.tip_id)?, sequence })
}

fn unlock(passphrase: &str, closed: &[Vec<u8>]) -> Result<Vec<JournalistKeys>> {
    let mut locks: Vec<Lock> = Vec::new();
    let mut keys = Vec::new();
    for closed in closed {
        let lock = match locks.iter().find(|lock| lock.fits(closed)) {
            Some(lock) => lock.clone(),
            None => {
                let lock = Lock::of(passphrase, closed).map_err(refused)?;
                locks.push(lock.clone());
                lock
            }
        };
        // A month that was closed with a passphrase of before stays closed; the others open.
        keys.extend(JournalistKeys::open(&lock, closed).ok());
    }
    if keys.is_empty() { Err(Error::refused("tips-passphrase-wrong")) } else { Ok(keys) }
}

/// Reads the index of a body: its last few chunks.
pub(crate) fn index(
    data: &DataDir,
    message: &Message,
    opener: &Opener,
) -> std::result::Result<Index, onrecord_sealed::Refused> {
    let chunks = opener.index_chunks();
    let (from, length) = (u64::from(chunks.start) * SEALED_CHUNK as u64, chunks.len() * SEALED_CHUNK);
    let mut file = vault::open(data, &message.file).map_err(|_| onrecord_sealed::Refused::Truncated)?;
    let sealed = vault::read_at(&mut file, from, length).map_err(|_| onrecord_sealed::Refused::Truncated)?;
    opener.index(&sealed)
}

/// Opens one file into a new one of that name; nothing is left of it if it was changed on the way.
fn file(data: &DataDir, message: &Message, opener: &Opener, part: &onrecord_sealed::Part, name: &Path) -> Result<()> {
    let mut sealed = vault::open(data, &message.file)?;
    let mut plain = own_file(name)?;
    let mut reader = opener.part(part);
    let mut copy = || -> Result<()> {
        while let Some(number) = reader.wants() {
            let chunk = vault::read_at(&mut sealed, u64::from(number) * SEALED_CHUNK as u64, SEALED_CHUNK)?;
            plain.write_all(&reader.push(&chunk).map_err(refused)?)?;
        }
        Ok(())
    };
    let copied = copy().and_then(|()| reader.finish().map_err(refused));
    if copied.is_err() {
        let _ = std::fs::remove_file(name);
    }
    copied
}

/// A new file that nobody else on the machine can read.
fn own_file(name: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(0o600).open(name)
}

/// What somebody at the desk writes.
struct Written<'a> {
    kind: Kind,
    text: &'a str,
    files: &'a [PathBuf],
    /// Whom a reply is for.
    to: Option<SourcePublic>,
}

/// Bytes of a file that are read at a time.
const PIECE: usize = 512 * 1024;

/// Seals and keeps it.
async fn write(app: &App, keys: &JournalistKeys, by: &str, tip: Tip, written: Written<'_>) -> Result<()> {
    // Before a number is taken: a file that cannot be read would leave a gap.
    let mut files = Vec::new();
    for path in written.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, File::open(path)?));
    }
    let open = keys::open(app).await?;
    let id = tip.id.clone();
    let numbered = written.kind;
    let sequence = app.db.write(move |conn| tips::number(conn, &id, numbered, None)).await?;
    let kind = match written.kind {
        Kind::Reply => onrecord_sealed::Kind::Reply,
        Kind::Note => onrecord_sealed::Kind::Note,
        Kind::Link => onrecord_sealed::Kind::Link,
        Kind::Tip => return Err(Error::internal("a source's message from the desk")),
    };
    let address = Address {
        kind,
        desk: open.desk(&tip.desk_id).ok_or_else(|| Error::refused("site-tips-error-closed"))?,
        tip: TipId::parse(&tip.id).map_err(refused)?,
        sequence: u32::try_from(sequence).map_err(|_| Error::internal("a thread without end"))?,
    };
    let (mut random, day) = (entropy(app), sealed_day(today(app)));
    let mut sealer = Sealer::new(&open.list, day, &address, written.to.as_ref(), &mut random).map_err(refused)?;
    let mut draft = Draft::begin(app)?;
    let mut piece = vec![0; PIECE];
    for (name, mut file) in files {
        sealer.begin(&name, "").map_err(refused)?;
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            draft.write(&sealer.push(&piece[..read]).map_err(refused)?)?;
            if draft.written() > MOST_SEALED {
                return Err(Error::TooLarge { limit: MOST_BYTES });
            }
        }
    }
    let mut closing = sealer.finish(written.text, &[], Signer::Journalist(keys)).map_err(refused)?;
    while let Some(chunk) = closing.next_chunk().map_err(refused)? {
        draft.write(&chunk)?;
    }
    keep(app, tip, written.kind, by, sequence, closing.head().bytes(), draft).await
}

/// Keeps a sealed message of the desk whose number was taken before.
pub(crate) async fn keep(
    app: &App,
    tip: Tip,
    kind: Kind,
    by: &str,
    sequence: i64,
    head: Vec<u8>,
    draft: Draft,
) -> Result<()> {
    let size = i64::try_from(draft.written()).unwrap_or(i64::MAX);
    let file =
        tokio::task::spawn_blocking(move || draft.keep()).await.map_err(|e| Error::internal(e.to_string()))??;
    let day = Day::of(app.now());
    let (name, data) = (file.clone(), app.data.clone());
    let message = Message { tip_id: tip.id.clone(), sequence, kind, by_id: Some(by.to_owned()), day, size, file };
    let kept = app
        .db
        .write(move |conn| {
            let mut tip = tips::find(conn, &tip.id)?.ok_or(Error::NotFound)?;
            tip.last_day = day;
            tips::save(conn, &tip)?;
            messages::add(conn, &message, head)
        })
        .await;
    if kept.is_err() {
        let _ = vault::destroy(&data, &name);
    }
    kept
}
