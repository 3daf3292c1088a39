//! Comments from elsewhere and out again: Disqus XML, WordPress WXR, Isso's SQLite file, a remark42 backup in; JSON and
//! Disqus-shaped XML out.
//!
//! A thread elsewhere belongs to an address. It comes to the story that stands at that address here, or is led there;
//! threads without a story are named, not dropped silently: import the stories first, then the comments again.

mod disqus;
mod export;
mod remark;

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use flate2::read::GzDecoder;
use onrecord_base::{App, Conn, Error, Result, Time};
use onrecord_comments::{
    import::{self, Counts, Foreign},
    text,
};
use onrecord_stories::published::{self, Resolved};

pub use self::export::{Format, export};
use crate::{
    store,
    wxr::{Entry, Wxr},
};

/// The largest file: the backup of a large site's comments has some hundred megabytes.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// Threads without a story that are named.
const NAMED: usize = 20;

/// Where comments come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Disqus.
    Disqus,
    /// WordPress.
    Wordpress,
    /// Isso.
    Isso,
    /// remark42.
    Remark42,
}

impl Source {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Source::Disqus => "disqus",
            Source::Wordpress => "wordpress",
            Source::Isso => "isso",
            Source::Remark42 => "remark42",
        }
    }
}

/// A comment as a file holds it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Elsewhere {
    /// Its name in the source.
    pub key: String,
    /// The name of what it answers; empty for none.
    pub parent: String,
    /// The address of what it stands below.
    pub address: String,
    /// Its writer's name.
    pub name: String,
    /// When; none if the file does not say.
    pub at: Option<Time>,
    /// Readers saw it.
    pub shown: bool,
    /// It was deleted and keeps its place.
    pub deleted: bool,
    /// Likes less dislikes.
    pub respect: i64,
    /// Its text as it would be written here.
    pub text: String,
}

/// What a file holds.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// Where it is from.
    pub source: Source,
    /// Its comments.
    pub comments: Vec<Elsewhere>,
    /// Left out there already: spam, pings.
    pub left_out: u64,
}

/// What an import came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Comments in the file.
    pub read: u64,
    /// Spam and pings, which stay where they are.
    pub left_out: u64,
    /// Kept, known, empty.
    pub counts: Counts,
    /// Comments below addresses where no story stands.
    pub homeless: u64,
    /// Some of those addresses.
    pub addresses: Vec<String>,
}

/// Reads a file of comments; what it is, it says itself.
///
/// # Errors
/// `Error::Unavailable` with a sentence for who gave the file.
pub fn read(path: &Path) -> Result<Found> {
    let wrong = |why: String| Error::unavailable(format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| wrong(e.to_string()))?;
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|e| wrong(e.to_string()))?;
    if bytes.starts_with(b"SQLite format 3\0") {
        return store::isso::comments(path).map_err(wrong);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        GzDecoder::new(bytes.as_slice()).take(LARGEST).read_to_end(&mut plain).map_err(|e| wrong(e.to_string()))?;
        bytes = plain;
    }
    let start: String = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    match start.trim_start_matches(['\u{feff}', '`', ' ', '\n', '\r', '\t']).chars().next() {
        Some('{' | '[') => remark::comments(&bytes).map_err(wrong),
        Some('<') if start.contains("<disqus") => disqus::comments(&bytes).map_err(wrong),
        Some('<') => wordpress(&bytes).map_err(wrong),
        _ => Err(wrong("neither Disqus or WordPress XML, nor an Isso database, nor a remark42 backup".into())),
    }
}

/// The comments of a WordPress export.
fn wordpress(bytes: &[u8]) -> std::result::Result<Found, String> {
    let mut found = Found { source: Source::Wordpress, comments: Vec::new(), left_out: 0 };
    for entry in Wxr::new(BufReader::new(bytes)) {
        let Entry::Item(item) = entry.map_err(|fault| fault.to_string())? else { continue };
        for comment in &item.comments {
            let spam = matches!(comment.approved.trim(), "spam" | "trash" | "post-trashed");
            if spam || !matches!(comment.kind.trim(), "" | "comment") {
                found.left_out += 1;
                continue;
            }
            found.comments.push(Elsewhere {
                key: comment.id.trim().to_owned(),
                parent: Some(comment.parent.trim()).filter(|parent| *parent != "0").unwrap_or_default().to_owned(),
                address: item.link.trim().to_owned(),
                name: comment.author.clone(),
                at: wordpress_time(&comment.date_gmt).or_else(|| wordpress_time(&comment.date)),
                shown: matches!(comment.approved.trim(), "1" | "approve" | "approved"),
                deleted: false,
                respect: 0,
                text: text::from_html(&comment.content),
            });
        }
    }
    Ok(found)
}

fn wordpress_time(text: &str) -> Option<Time> {
    Time::parse(&format!("{}Z", text.trim().replacen(' ', "T", 1)))
}

/// Brings the comments of a file to the stories they belong to, a story in a transaction.
///
/// # Errors
/// If the database does not answer.
pub async fn bring(app: &App, found: Found) -> Result<Outcome> {
    let mut outcome =
        Outcome { read: found.comments.len() as u64 + found.left_out, left_out: found.left_out, ..Outcome::default() };
    let mut threads: BTreeMap<String, Vec<Elsewhere>> = BTreeMap::new();
    for comment in found.comments {
        threads.entry(path_of(&comment.address)).or_default().push(comment);
    }
    let source = found.source.name();
    let mut stories: HashMap<String, Vec<Foreign>> = HashMap::new();
    for (path, comments) in threads {
        let place = path.clone();
        match app.db.read(move |conn| story_at(conn, &place)).await? {
            Some((story, published)) => {
                let into = stories.entry(story.clone()).or_default();
                into.extend(comments.into_iter().map(|comment| foreign(comment, found.source, &story, published)));
            }
            None => {
                outcome.homeless += comments.len() as u64;
                if outcome.addresses.len() < NAMED {
                    outcome.addresses.push(path);
                }
            }
        }
    }
    for comments in stories.into_values() {
        let (random, now) = (app.random.clone(), app.now());
        outcome.counts += app.db.write(move |conn| import::thread(conn, &random, source, &comments, now)).await?;
    }
    Ok(outcome)
}

/// Brings the comments that came with stories and were kept into their threads, and keeps them no longer beside.
///
/// # Errors
/// If the database does not answer.
pub async fn settle(app: &App) -> Result<Counts> {
    let mut counts = Counts::default();
    for story in app.db.read(store::with_kept_comments).await? {
        let (random, now) = (app.random.clone(), app.now());
        counts += app
            .db
            .write(move |conn| {
                let kept = store::kept_comments(conn, &story)?;
                let foreign: Vec<Foreign> = kept.into_iter().map(|comment| settled(comment, &story)).collect();
                let counts = import::thread(conn, &random, Source::Wordpress.name(), &foreign, now)?;
                store::drop_kept_comments(conn, &story)?;
                Ok(counts)
            })
            .await?;
    }
    Ok(counts)
}

/// A comment of WordPress or Isso by its number, which another site gives out too: the same, whether it came with its story
/// or in a file of comments.
fn numbered(story: &str, number: &str) -> String {
    match number.trim() {
        "" | "0" => String::new(),
        number => format!("{story}#{number}"),
    }
}

fn settled(comment: store::KeptComment, story: &str) -> Foreign {
    Foreign {
        key: numbered(story, &comment.number),
        parent: numbered(story, &comment.parent),
        story: story.to_owned(),
        name: comment.author,
        at: comment.at,
        shown: matches!(comment.standing.trim(), "1" | "approve" | "approved"),
        deleted: false,
        respect: 0,
        text: text::from_html(&comment.content),
    }
}

fn foreign(comment: Elsewhere, source: Source, story: &str, published: Time) -> Foreign {
    let (key, parent) = match source {
        Source::Wordpress | Source::Isso => (numbered(story, &comment.key), numbered(story, &comment.parent)),
        _ => (comment.key, comment.parent),
    };
    Foreign {
        key,
        parent,
        story: story.to_owned(),
        name: comment.name,
        at: comment.at.unwrap_or(published),
        shown: comment.shown,
        deleted: comment.deleted,
        respect: comment.respect,
        text: comment.text,
    }
}

pub(crate) fn story_at(conn: &mut Conn<'_>, path: &str) -> Result<Option<(String, Time)>> {
    let mut path = path.to_owned();
    for _ in 0..4 {
        match published::resolve(conn, &path)? {
            Some(Resolved::Story(id)) => {
                return Ok(published::whereabouts(conn, &id)?.map(|story| (story.id, story.published_at)));
            }
            Some(Resolved::Redirect(to)) => path = to,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The path of an address: hosts change when a site moves.
pub(crate) fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let path = rest.split(['?', '#']).next().unwrap_or("/");
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}
