//! Comments as they are written and as they change: every way into and out of what readers see passes here.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use crate::comment::{Comment, Queue, State, Why};

const COLUMNS: &str = "id, story_id, root_id, parent_id, depth, at, edited_at, state, why, queue, name, reader_id, \
     staff_id, respect, replies, reports, featured_at, score, drove, text";

/// A comment that is to be kept.
#[derive(Debug, Clone)]
pub struct New {
    /// Its id.
    pub id: String,
    /// Below which story.
    pub story_id: String,
    /// What it answers.
    pub parent: Option<Parent>,
    /// When.
    pub at: Time,
    /// Where it stands.
    pub state: State,
    /// Why it is held.
    pub why: Why,
    /// Where a moderator meets it.
    pub queue: Queue,
    /// Its writer's name.
    pub name: String,
    /// Its writer, if they have an address here.
    pub reader_id: Option<String>,
    /// Its writer, if of the staff.
    pub staff_id: Option<String>,
    /// The scorer's likelihood.
    pub score: f64,
    /// The words that drove it.
    pub drove: String,
    /// Whether its writer wants to hear of answers.
    pub notify: bool,
    /// What makes it this very comment: the same again is refused.
    pub fingerprint: Option<String>,
    /// Hash of the secret with which its writer changes it without an account.
    pub own_hash: Option<String>,
    /// Keyed hash of the network address.
    pub address_key: Option<String>,
    /// Its text.
    pub text: String,
}

/// What an answer needs to know of what it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Parent {
    /// Its id.
    pub id: String,
    /// The root of its branch.
    pub root_id: String,
    /// Its depth.
    pub depth: i64,
}

impl From<&Comment> for Parent {
    fn from(comment: &Comment) -> Parent {
        Parent { id: comment.id.clone(), root_id: comment.root_id.clone(), depth: comment.depth }
    }
}

/// Keeps a comment.
///
/// # Errors
/// `Error::Refused` if the same writer wrote the same in the same place before.
pub fn add(conn: &mut Conn<'_>, new: &New) -> Result<()> {
    let root = new.parent.as_ref().map_or(&new.id, |parent| &parent.root_id);
    let depth = new.parent.as_ref().map_or(0, |parent| parent.depth + 1);
    let shown = new.state == State::Shown;
    let listed = if !shown { 0 } else { 1 + i64::from(new.parent.is_some()) };
    conn.execute(
        "INSERT INTO comments (id, story_id, root_id, parent_id, depth, at, state, why, queue, listed, name, reader_id,
            staff_id, respect, replies, reports, score, drove, notify, fingerprint, own_hash, address_key, text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, $14, $15, $16, $17, $18, $19, $20)",
        args![
            &new.id,
            &new.story_id,
            root,
            new.parent.as_ref().map(|parent| parent.id.as_str()),
            depth,
            new.at,
            new.state.name(),
            new.why.name(),
            new.queue.name(),
            listed,
            &new.name,
            new.reader_id.as_deref(),
            new.staff_id.as_deref(),
            new.score,
            &new.drove,
            i64::from(new.notify),
            new.fingerprint.as_deref(),
            new.own_hash.as_deref(),
            new.address_key.as_deref(),
            &new.text
        ],
    )
    .map_err(|e| match e {
        Error::Unique(name) if name == "comments_fingerprint" => Error::refused("site-comments-twice"),
        other => other,
    })?;
    if shown {
        let above = new.parent.as_ref().map(|parent| (parent.root_id.as_str(), parent.id.as_str()));
        count(conn, &new.story_id, above, 1)?;
        conn.changed("comments", &new.story_id, new.at)?;
    }
    Ok(())
}

/// The comment with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Comment>> {
    conn.one(&format!("SELECT {COLUMNS} FROM comments WHERE id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The comment with this id, if `token` is the secret that its writer got, or `reader` is its writer.
///
/// # Errors
/// As [`Conn::query`].
pub fn own(conn: &mut Conn<'_>, id: &str, token_hash: &str, reader: Option<&str>) -> Result<Option<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comments WHERE id = $1 AND (own_hash = $2 OR reader_id = $3)");
    conn.one(&sql, args![id, token_hash, reader])?.as_ref().map(read).transpose()
}

/// A reader's comments, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_reader(conn: &mut Conn<'_>, reader: &str, limit: i64) -> Result<Vec<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comments WHERE reader_id = $1 ORDER BY at DESC, id DESC LIMIT $2");
    conn.query(&sql, args![reader, limit])?.iter().map(read).collect()
}

/// A reader's comments below a story, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_reader_at(conn: &mut Conn<'_>, reader: &str, story: &str, limit: i64) -> Result<Vec<Comment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comments WHERE reader_id = $1 AND story_id = $2 ORDER BY at DESC, id DESC LIMIT $3"
    );
    conn.query(&sql, args![reader, story, limit])?.iter().map(read).collect()
}

/// How many of a reader's comments a moderator let stand, counted up to `enough`.
///
/// # Errors
/// As [`Conn::query`].
pub fn approved(conn: &mut Conn<'_>, reader: &str, enough: i64) -> Result<i64> {
    let row = conn.one(
        "SELECT count(*) AS n FROM (SELECT 1 AS one FROM comments WHERE reader_id = $1 AND state = 'shown'
            AND queue = '' LIMIT $2) AS few",
        args![reader, enough],
    )?;
    row.map_or(Ok(0), |row| row.get("n"))
}

/// Comments after `(at, id)`, oldest first, for exports: those of one story, or of all.
///
/// # Errors
/// As [`Conn::query`].
pub fn after(conn: &mut Conn<'_>, at: Time, id: &str, limit: i64) -> Result<Vec<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comments WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT $3");
    conn.query(&sql, args![at, id, limit])?.iter().map(read).collect()
}

/// Comments whose link nobody opened, written before `until`; a few hundred at a time.
///
/// # Errors
/// As [`Conn::query`].
pub fn unconfirmed(conn: &mut Conn<'_>, until: Time) -> Result<Vec<Comment>> {
    let sql =
        format!("SELECT {COLUMNS} FROM comments WHERE state = 'unconfirmed' AND at < $1 ORDER BY at, id LIMIT 500");
    conn.query(&sql, args![until])?.iter().map(read).collect()
}

/// Moves a comment to another state; threads and counts follow.
///
/// # Errors
/// `Error::Stale` if it is not in the state that `comment` says any more.
pub fn stand(conn: &mut Conn<'_>, comment: &Comment, state: State, why: Why, queue: Queue, now: Time) -> Result<()> {
    let shown = i64::from(state == State::Shown);
    let changed = conn.execute(
        "UPDATE comments SET state = $1, why = $2, queue = $3,
            listed = CASE WHEN id <> root_id THEN 2 * CAST($4 AS BIGINT)
                WHEN CAST($4 AS BIGINT) = 1 OR replies > 0 THEN 1 ELSE 0 END
         WHERE id = $5 AND state = $6",
        args![state.name(), why.name(), queue.name(), shown, &comment.id, comment.state.name()],
    )?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    let more = shown - i64::from(comment.is_shown());
    if more != 0 {
        let above = comment.parent_id.as_deref().map(|parent| (comment.root_id.as_str(), parent));
        count(conn, &comment.story_id, above, more)?;
        conn.changed("comments", &comment.story_id, now)?;
    }
    Ok(())
}

/// Moves a comment to another queue without touching where it stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn requeue(conn: &mut Conn<'_>, id: &str, queue: Queue) -> Result<()> {
    conn.execute("UPDATE comments SET queue = $1 WHERE id = $2", args![queue.name(), id]).map(drop)
}

/// Gives a comment another text.
///
/// # Errors
/// `Error::Stale` if it is gone meanwhile.
pub fn rewrite(conn: &mut Conn<'_>, comment: &Comment, text: &str, score: (f64, &str), now: Time) -> Result<()> {
    let changed = conn.execute(
        "UPDATE comments SET text = $1, score = $2, drove = $3, edited_at = $4, fingerprint = NULL
         WHERE id = $5 AND state = $6",
        args![text, score.0, score.1, now, &comment.id, comment.state.name()],
    )?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    if comment.is_shown() { conn.changed("comments", &comment.story_id, now) } else { Ok(()) }
}

/// Features a comment, or ends that.
///
/// # Errors
/// As [`Conn::query`].
pub fn feature(conn: &mut Conn<'_>, comment: &Comment, at: Option<Time>, now: Time) -> Result<()> {
    conn.execute("UPDATE comments SET featured_at = $1 WHERE id = $2", args![at, &comment.id])?;
    conn.changed("comments", &comment.story_id, now)
}

/// Counts a comment that came into sight or left it.
fn count(conn: &mut Conn<'_>, story: &str, above: Option<(&str, &str)>, more: i64) -> Result<()> {
    if let Some((root, parent)) = above {
        conn.execute(
            "UPDATE comments SET replies = replies + $1, listed = CASE WHEN id <> root_id THEN listed
                WHEN state = 'shown' OR replies + $1 > 0 THEN 1 ELSE 0 END WHERE id = $2 OR id = $3",
            args![more, root, parent],
        )?;
    }
    conn.execute(
        "INSERT INTO comment_counts (story_id, shown) VALUES ($1, $2)
         ON CONFLICT (story_id) DO UPDATE SET shown = comment_counts.shown + excluded.shown",
        args![story, more],
    )
    .map(drop)
}

/// Takes the hashes of network addresses away from what was written before `until`.
///
/// # Errors
/// As [`Conn::query`].
pub fn forget_addresses(conn: &mut Conn<'_>, until: Time) -> Result<u64> {
    conn.execute("UPDATE comments SET address_key = NULL WHERE address_key IS NOT NULL AND at <= $1", args![until])
}

pub(super) fn read(row: &Row) -> Result<Comment> {
    let known = |text: String| Error::internal(format!("a comment is in no known state: {text:?}"));
    let (state, why, queue): (String, String, String) = (row.get("state")?, row.get("why")?, row.get("queue")?);
    Ok(Comment {
        id: row.get("id")?,
        story_id: row.get("story_id")?,
        root_id: row.get("root_id")?,
        parent_id: row.get("parent_id")?,
        depth: row.get("depth")?,
        at: row.get("at")?,
        edited_at: row.get("edited_at")?,
        state: State::parse(&state).ok_or_else(|| known(state))?,
        why: Why::parse(&why).ok_or_else(|| known(why))?,
        queue: Queue::parse(&queue).ok_or_else(|| known(queue))?,
        name: row.get("name")?,
        reader_id: row.get("reader_id")?,
        staff_id: row.get("staff_id")?,
        respect: row.get("respect")?,
        replies: row.get("replies")?,
        reports: row.get("reports")?,
        featured_at: row.get("featured_at")?,
        score: row.get("score")?,
        drove: row.get("drove")?,
        text: row.get("text")?,
    })
}
