//! Arrivals: what comes in by a way that has no keys (the form without a script, a telephone, a mail) is sealed here, in
//! memory, chunk by chunk, before anything of it touches the disk.
//!
//! Channels call [`arrive`] with all they have, or, with something large, [`Arriving::begin`], [`Arriving::file`],
//! [`Arriving::push`] and [`Arriving::keep`]. What is known of how it came (a number, an address) goes sealed among the
//! *facts*, never into a row.

use bytes::Bytes;
use onrecord_base::{App, Conn, Error, Result, Time};
use onrecord_sealed::{Address, Author, Entropy, Lookup, Sealer, Signer, SourceKeys, TipId};

use crate::{
    Channel, Day, Kind, Message, State, Tip,
    channels::errand::{self, Errand},
    codename::{entropy, refused},
    keys::{self, InUse, sealed_day},
    line::{MOST_BYTES, MOST_SEALED},
    store::{arrivals, messages, tips},
    tip::today,
    vault::Draft,
};

/// What came by a channel, in the open.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// The desk it is for; the first that takes tips if empty.
    pub desk: String,
    /// By which way.
    pub channel: Option<Channel>,
    /// What it says, such as a text message. Longer than [`onrecord_sealed::MAX_TEXT`] it becomes a file.
    pub text: String,
    /// What is known of how it came: `from`, `to`, `at`, `subject`. Sealed with the text; names and values are cut to what
    /// an envelope takes.
    pub facts: Vec<(String, String)>,
    /// Files.
    pub parts: Vec<Part>,
    /// The channel's own id of the delivery; one that came before is not taken twice.
    pub once: Option<String>,
}

/// A file that came.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its name, as the sender has it.
    pub name: String,
    /// Its media type, as the sender names it; believed by nobody.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Seals what came and keeps it. Returns the tip's id, or none if it came before.
///
/// # Errors
/// `Error::Refused` while the line is not open, `Error::TooLarge`, or if the disk fails. Nothing is kept then, and it may
/// be delivered again.
pub async fn arrive(app: &App, arrival: Arrival) -> Result<Option<String>> {
    let Arrival { desk, channel, text, facts, parts, once } = arrival;
    let channel = channel.unwrap_or(Channel::Drop);
    let mut arriving = Arriving::begin(app, &desk, channel, None, None).await?;
    let long = text.len() > onrecord_sealed::MAX_TEXT;
    if long {
        arriving.file("message.txt", "text/plain").await?;
        arriving.push(text.as_bytes()).await?;
    }
    for part in &parts {
        arriving.file(&part.name, &part.media_type).await?;
        arriving.push(&part.bytes).await?;
    }
    let text = if long { "" } else { text.as_str() };
    arriving.once(once).keep(text, &facts).await
}

/// A message that is being sealed while it comes in. Dropped before [`Arriving::keep`], nothing of it is left.
pub struct Arriving {
    app: App,
    sealer: Sealer,
    draft: Draft,
    /// Sealed bytes that wait to be written together.
    waiting: Vec<u8>,
    taken: u64,
    thread: Thread,
    channel: Channel,
    source: Option<SourceKeys>,
    beside: Beside,
}

/// What is kept in the same transaction as a message.
#[derive(Default)]
pub(crate) struct Beside {
    /// The channel's own id of the delivery, as a hash.
    pub(crate) once: Option<String>,
    /// What is left to be done at a provider.
    pub(crate) errand: Option<(String, Errand)>,
}

/// Which thread a message belongs to.
#[derive(Clone)]
pub(crate) struct Thread {
    pub(crate) tip: String,
    pub(crate) desk: String,
    pub(crate) sequence: i64,
    pub(crate) lookup: Option<Lookup>,
}

/// Sealed bytes written at a time.
const PIECE: usize = 512 * 1024;

impl Arriving {
    /// Begins to seal a message for a desk; with a source's keys it begins or continues that source's thread.
    ///
    /// # Errors
    /// `Error::Refused` if the line or the desk is not open.
    pub async fn begin(
        app: &App,
        desk: &str,
        channel: Channel,
        source: Option<SourceKeys>,
        thread: Option<Tip>,
    ) -> Result<Arriving> {
        let open = keys::open(app).await?;
        let thread = match thread {
            Some(tip) => {
                let id = tip.id.clone();
                let sequence = app.db.write(move |conn| tips::number(conn, &id, Kind::Tip, None)).await?;
                Thread { tip: tip.id, desk: tip.desk_id, sequence, lookup: None }
            }
            None => {
                let first = open.desks.first().map_or("", |desk| desk.id.as_str());
                let desk = if desk.is_empty() { first } else { desk };
                let lookup = source.as_ref().map(|source| source.lookup().clone());
                let tip = lookup.as_ref().map_or_else(|| TipId(app.random.bytes()), Lookup::tip);
                Thread { tip: tip.to_string(), desk: desk.to_owned(), sequence: 0, lookup }
            }
        };
        let (sealer, draft) = (sealer(app, &open, &thread).await?, Draft::begin(app)?);
        let app = app.clone();
        Ok(Arriving {
            app,
            sealer,
            draft,
            waiting: Vec::new(),
            taken: 0,
            thread,
            channel,
            source,
            beside: Beside::default(),
        })
    }

    /// With the channel's own id of the delivery.
    #[must_use]
    pub fn once(mut self, id: Option<String>) -> Arriving {
        self.beside.once = id;
        self
    }

    /// With what is left to be done at a provider once it is kept.
    #[must_use]
    pub(crate) fn errand(mut self, id: &str, errand: Errand) -> Arriving {
        self.beside.errand = Some((id.to_owned(), errand));
        self
    }

    /// The newsroom.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// Begins a file.
    ///
    /// # Errors
    /// `Error::TooLarge` after too many.
    pub async fn file(&mut self, name: &str, media_type: &str) -> Result<()> {
        self.sealer.begin(name, media_type).map_err(refused)
    }

    /// Takes bytes of the file begun last.
    ///
    /// # Errors
    /// `Error::TooLarge`, or if the disk fails.
    pub async fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.taken = self.taken.saturating_add(bytes.len() as u64);
        if self.taken > MOST_BYTES {
            return Err(Error::TooLarge { limit: MOST_BYTES });
        }
        for piece in bytes.chunks(PIECE) {
            let sealed = self.sealer.push(piece).map_err(refused)?;
            self.waiting.extend_from_slice(&sealed);
            if self.waiting.len() >= PIECE {
                self.draft.write(&self.waiting)?;
                self.waiting.clear();
                // A file that is in memory already would otherwise keep this thread to itself.
                tokio::task::yield_now().await;
            }
        }
        Ok(())
    }

    /// Finishes and keeps it. Returns the tip's id, or none if the delivery came before.
    ///
    /// # Errors
    /// If it cannot be kept; nothing of it is left then.
    pub async fn keep(self, text: &str, facts: &[(String, String)]) -> Result<Option<String>> {
        let Arriving { app, sealer, mut draft, waiting, thread, channel, source, beside, .. } = self;
        draft.write(&waiting)?;
        let facts = fitting(facts);
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let signer = source.as_ref().map_or(Signer::Nobody, Signer::Source);
        let mut closing = sealer.finish(text, &facts, signer).map_err(refused)?;
        while let Some(chunk) = closing.next_chunk().map_err(refused)? {
            draft.write(&chunk)?;
        }
        let head = closing.head().bytes();
        let tip = thread.tip.clone();
        keep(&app, thread, channel, head, draft, beside).await.map(|kept| kept.then_some(tip))
    }
}

async fn sealer(app: &App, open: &InUse, thread: &Thread) -> Result<Sealer> {
    let desk = open.desk(&thread.desk).ok_or_else(|| Error::field("desk", "site-tips-desk-unknown"))?;
    let address = Address {
        kind: onrecord_sealed::Kind::Arrival,
        desk,
        tip: TipId::parse(&thread.tip).map_err(refused)?,
        sequence: u32::try_from(thread.sequence).map_err(|_| Error::internal("a thread without end"))?,
    };
    let (list, day, mut random): (_, _, Entropy) = (open.list.clone(), sealed_day(today(app)), entropy(app));
    // Thirty-two key encapsulations: some milliseconds.
    let work = move || Sealer::new(&list, day, &address, None, &mut random);
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?.map_err(refused)
}

/// Facts cut to what an envelope takes, at a character's end.
fn fitting(facts: &[(String, String)]) -> Vec<(String, String)> {
    fn cut(text: &str, most: usize) -> String {
        let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text[..end].to_owned()
    }
    let fit = |(name, value): &(String, String)| {
        (cut(name, onrecord_sealed::MAX_FACT_NAME), cut(value, onrecord_sealed::MAX_FACT))
    };
    facts.iter().take(onrecord_sealed::MAX_FACTS).map(fit).collect()
}

/// Keeps a sealed message from a source: the body's file, then the rows. False if the delivery came before.
pub(crate) async fn keep(
    app: &App,
    thread: Thread,
    channel: Channel,
    head: Vec<u8>,
    draft: Draft,
    beside: Beside,
) -> Result<bool> {
    let size = draft.written();
    if size > MOST_SEALED {
        return Err(Error::TooLarge { limit: MOST_BYTES });
    }
    let file =
        tokio::task::spawn_blocking(move || draft.keep()).await.map_err(|e| Error::internal(e.to_string()))??;
    let (now, name, data) = (app.now(), file.clone(), app.data.clone());
    let message = Message {
        tip_id: thread.tip.clone(),
        sequence: thread.sequence,
        kind: Kind::Tip,
        by_id: None,
        day: Day::of(now),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        file,
    };
    let kept = app
        .db
        .write(move |conn| {
            if let Some(once) = &beside.once
                && !arrivals::first(conn, channel, once, Day::of(now))?
            {
                return Ok(false);
            }
            add(conn, &thread, channel, &message, head, now)?;
            if let Some((id, errand)) = beside.errand {
                errand::enqueue(conn, &id, &errand.of(&thread.tip), now)?;
            }
            Ok(true)
        })
        .await;
    if !matches!(kept, Ok(true)) {
        let _ = crate::vault::destroy(&data, &name);
    }
    kept
}

fn add(
    conn: &mut Conn<'_>,
    thread: &Thread,
    channel: Channel,
    message: &Message,
    head: Vec<u8>,
    now: Time,
) -> Result<()> {
    let today = Day::of(now);
    match tips::find(conn, &thread.tip)? {
        // Numbers of a thread are given before: a first message has none before it.
        Some(_) if message.sequence == 0 => return Err(Error::refused("site-tips-error-known")),
        Some(mut tip) => {
            tip.heard(today);
            tips::save(conn, &tip)?;
        }
        None if message.sequence > 0 => return Err(Error::refused("site-tips-error-stale")),
        None => {
            let tip = Tip {
                id: thread.tip.clone(),
                desk_id: thread.desk.clone(),
                channel,
                state: State::New,
                assigned_to: None,
                first_day: today,
                last_day: today,
                unread: true,
                next_sequence: 1,
                inside: 0,
                closed_day: None,
                erase_day: None,
            };
            tips::add(conn, &tip, thread.lookup.as_ref())?;
        }
    }
    messages::add(conn, message, head)
}

/// Whether a message of a source is what its thread expects: for those who open one.
pub fn is_from_source(author: &Author) -> bool {
    matches!(author, Author::Nobody | Author::Source(_))
}
