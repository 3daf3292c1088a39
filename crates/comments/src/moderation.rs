//! What moderators do: one function a decision, each written into the log with how things stood, each undone from there.

use onrecord_base::{App, Conn, Error, Random, Result, Time, jobs};
use serde::{Deserialize, Serialize};

use crate::{
    comment::{Comment, Queue, State, Why},
    mails,
    store::{
        bans::{self, Ban},
        comments,
        decisions::{self, Decision},
        queue, reports,
    },
};

/// A decision about a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is shown, and was looked at.
    Approve,
    /// It goes.
    Reject,
    /// It waits.
    Hold,
    /// It stands above its thread.
    Feature,
    /// It stands there no more.
    Unfeature,
}

impl Action {
    /// As forms and the log have it.
    pub fn name(self) -> &'static str {
        match self {
            Action::Approve => "approve",
            Action::Reject => "reject",
            Action::Hold => "hold",
            Action::Feature => "feature",
            Action::Unfeature => "unfeature",
        }
    }

    /// The one of that name.
    pub fn parse(text: &str) -> Option<Action> {
        [Action::Approve, Action::Reject, Action::Hold, Action::Feature, Action::Unfeature]
            .into_iter()
            .find(|action| action.name() == text)
    }
}

/// How a comment stood before a decision: what taking it back restores.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    state: String,
    why: String,
    queue: String,
    featured_at: Option<Time>,
}

impl Before {
    fn of(comment: &Comment) -> Before {
        Before {
            state: comment.state.name().into(),
            why: comment.why.name().into(),
            queue: comment.queue.name().into(),
            featured_at: comment.featured_at,
        }
    }
}

/// Who decides, and what a decision needs besides.
#[derive(Clone)]
pub struct Hand {
    /// Whose it is.
    pub by: String,
    /// Ids for what is written.
    pub random: Random,
    /// When.
    pub now: Time,
}

impl Hand {
    /// The hand of somebody of the staff.
    pub fn new(app: &App, by: &str) -> Hand {
        Hand { by: by.into(), random: app.random.clone(), now: app.now() }
    }

    fn id(&self) -> String {
        self.random.id(self.now)
    }

    fn decision(&self, action: &str) -> Decision {
        Decision {
            id: self.id(),
            at: self.now,
            by_id: self.by.clone(),
            action: action.into(),
            comment_id: None,
            ban_id: None,
            scope: None,
            before: String::new(),
            undone_at: None,
        }
    }
}

/// Decides on a comment.
///
/// # Errors
/// `Error::NotFound` if there is none, `Error::Refused` if its writer took it out.
pub fn decide(conn: &mut Conn<'_>, hand: &Hand, id: &str, action: Action) -> Result<()> {
    let comment = comments::find(conn, id)?.ok_or(Error::NotFound)?;
    if matches!(comment.state, State::Removed | State::Erased | State::Unconfirmed) {
        return Err(Error::refused("comments-gone"));
    }
    let now = hand.now;
    let (state, why) = match action {
        Action::Approve | Action::Feature => (State::Shown, Why::None),
        Action::Reject => (State::Rejected, Why::None),
        Action::Hold => (State::Held, Why::Reports),
        Action::Unfeature => (comment.state, comment.why),
    };
    let queue = if action == Action::Hold { Queue::Held } else { Queue::Nowhere };
    let before = serde_json::to_string(&Before::of(&comment)).map_err(|e| Error::internal(e.to_string()))?;
    if action != Action::Unfeature {
        comments::stand(conn, &comment, state, why, queue, now)?;
    }
    match action {
        Action::Feature => comments::feature(conn, &comment, Some(now), now)?,
        Action::Unfeature | Action::Reject if comment.featured_at.is_some() => {
            comments::feature(conn, &comment, None, now)?;
        }
        _ => {}
    }
    if matches!(action, Action::Approve | Action::Reject | Action::Feature) {
        let outcome = if action == Action::Reject { "removed" } else { "kept" };
        mails::settle(conn, id, outcome, &hand.by, now)?;
    }
    if state == State::Shown && !comment.is_shown() {
        mails::answered(conn, id, comment.parent_id.as_deref(), now)?;
    }
    decisions::add(conn, &Decision { comment_id: Some(id.into()), before, ..hand.decision(action.name()) })
}

/// Whom a ban keeps out.
#[derive(Debug, Clone)]
pub struct NewBan {
    /// The comment that gave the reason.
    pub comment: String,
    /// A shadow instead: held without telling.
    pub shadow: bool,
    /// Days; none for good.
    pub days: Option<i64>,
    /// Why, for the others at the desk.
    pub reason: String,
}

/// Bans the writer of a comment: by their account, and while it is known by the hash of the address.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` where nothing is known of the writer any more.
pub fn ban(conn: &mut Conn<'_>, hand: &Hand, new: &NewBan) -> Result<()> {
    let comment = comments::find(conn, &new.comment)?.ok_or(Error::NotFound)?;
    if comment.staff_id.is_some() {
        return Err(Error::refused("comments-ban-staff"));
    }
    let who = match &comment.reader_id {
        Some(reader) => Some(reader.clone()),
        None => queue::address_key(conn, &comment.id)?,
    };
    // A network address is not remembered for longer because somebody at it was banned.
    let most = comment.reader_id.is_none().then(|| comment.at.plus(mails::ADDRESS));
    let wanted = new.days.map(|days| hand.now.plus(days.saturating_mul(86_400_000)));
    let kind = if new.shadow { "shadow" } else { "ban" };
    let ban = Ban {
        id: hand.id(),
        who: who.ok_or_else(|| Error::refused("comments-ban-nobody"))?,
        kind: kind.into(),
        at: hand.now,
        until: wanted.into_iter().chain(most).min(),
        by_id: hand.by.clone(),
        reason: new.reason.clone(),
        lifted_at: None,
    };
    bans::add(conn, &ban)?;
    let decision = hand.decision(kind);
    decisions::add(conn, &Decision { comment_id: Some(comment.id), ban_id: Some(ban.id), ..decision })
}

/// Lifts a ban.
///
/// # Errors
/// `Error::NotFound` if it does not hold.
pub fn lift(conn: &mut Conn<'_>, hand: &Hand, ban: &str) -> Result<()> {
    if !bans::lift(conn, ban, &hand.by, hand.now)? {
        return Err(Error::NotFound);
    }
    decisions::add(conn, &Decision { ban_id: Some(ban.into()), ..hand.decision("lift") })
}

/// Answers as the newsroom.
///
/// # Errors
/// `Error::NotFound`, or `Error::Refused` if what it answers is not shown.
pub fn reply(conn: &mut Conn<'_>, hand: &Hand, to: &str, name: &str, text: String) -> Result<String> {
    let parent = comments::find(conn, to)?.ok_or(Error::NotFound)?;
    if !parent.is_shown() {
        return Err(Error::refused("comments-reply-hidden"));
    }
    let id = hand.id();
    let new = comments::New {
        id: id.clone(),
        story_id: parent.story_id.clone(),
        parent: Some((&parent).into()),
        at: hand.now,
        state: State::Shown,
        why: Why::None,
        queue: Queue::Nowhere,
        name: name.into(),
        reader_id: None,
        staff_id: Some(hand.by.clone()),
        score: 0.0,
        drove: String::new(),
        notify: false,
        fingerprint: None,
        own_hash: None,
        address_key: None,
        text,
    };
    comments::add(conn, &new)?;
    mails::answered(conn, &id, Some(&parent.id), hand.now)?;
    decisions::add(conn, &Decision { comment_id: Some(id.clone()), ..hand.decision("reply") })?;
    Ok(id)
}

/// Writes down that rules were changed.
///
/// # Errors
/// As [`Conn::query`].
pub fn ruled(conn: &mut Conn<'_>, hand: &Hand, scope: &str) -> Result<()> {
    decisions::add(conn, &Decision { scope: Some(scope.into()), ..hand.decision("rules") })
}

/// Takes a decision back: the comment stands as it stood, the ban is lifted, reports are open again.
///
/// # Errors
/// `Error::NotFound`; `Error::Stale` if somebody decided on it since, or it was taken back already.
pub fn undo(conn: &mut Conn<'_>, hand: &Hand, id: &str) -> Result<Decision> {
    let decision = decisions::find(conn, id)?.ok_or(Error::NotFound)?;
    let about_comment = Action::parse(&decision.action).is_some();
    if decision.undone_at.is_some() || about_comment && !decisions::is_latest(conn, &decision)? {
        return Err(Error::Stale);
    }
    match decision.action.as_str() {
        "ban" | "shadow" => {
            bans::lift(conn, decision.ban_id.as_deref().unwrap_or_default(), &hand.by, hand.now)?;
        }
        _ if about_comment => restore(conn, hand, &decision)?,
        _ => return Err(Error::refused("comments-undo-not")),
    }
    if !decisions::undo(conn, id, &hand.by, hand.now)? {
        return Err(Error::Stale);
    }
    Ok(decision)
}

fn restore(conn: &mut Conn<'_>, hand: &Hand, decision: &Decision) -> Result<()> {
    let id = decision.comment_id.as_deref().unwrap_or_default();
    let comment = comments::find(conn, id)?.ok_or(Error::NotFound)?;
    if !matches!(comment.state, State::Shown | State::Held | State::Rejected) {
        return Err(Error::refused("comments-gone"));
    }
    let before: Before = serde_json::from_str(&decision.before).map_err(|e| Error::internal(e.to_string()))?;
    let state = State::parse(&before.state).unwrap_or(State::Held);
    let queue = Queue::parse(&before.queue).unwrap_or(Queue::Held);
    comments::stand(conn, &comment, state, Why::parse(&before.why).unwrap_or(Why::None), queue, hand.now)?;
    if comment.featured_at != before.featured_at {
        comments::feature(conn, &comment, before.featured_at, hand.now)?;
    }
    // Who gave notice is not told of a decision that was taken back before the mail went out.
    for report in reports::of(conn, id)?.iter().filter(|report| report.settled_at == Some(decision.at)) {
        jobs::cancel(conn, &format!("notice:{}", report.id))?;
    }
    reports::unsettle(conn, id, decision.at)
}
