//! Writing a comment: from what a form sent to a row, or to a clear answer why not.

use onrecord_base::{App, Conn, Error, FieldError, Result, Time, mail, token_hash, web::Client};
use onrecord_stories::published::Whereabouts;
use sha2::{Digest, Sha256};

use crate::{
    comment::{Comment, Queue, State, Why},
    guard::{Guard, Site},
    judge::{Lists, Standing, Verdict, judge},
    mails,
    reader::{Reader, folded},
    rules::{LONGEST_NAME, Mode, Rules, Who},
    scorer::{self, Score},
    store::{bans, comments, passkeys, readers, settings},
    text,
};

/// What a reader sends.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The story.
    pub story: String,
    /// What it answers.
    pub parent: Option<String>,
    /// The name.
    pub name: String,
    /// The address, where one is asked for.
    pub email: String,
    /// The text.
    pub text: String,
    /// Whether to mail when somebody answers.
    pub notify: bool,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The comment's id.
    pub id: String,
    /// The secret with which its writer changes it.
    pub token: String,
    /// As its writer is told.
    pub state: State,
    /// The story's path.
    pub path: String,
}

/// What is known before a verdict.
struct Known {
    story: Whereabouts,
    rules: Rules,
    site: std::sync::Arc<Site>,
    parent: Option<Comment>,
    standing: Standing,
    /// The reader has a passkey here.
    passkey: bool,
}

/// Posts a comment.
///
/// # Errors
/// `Error::Invalid` for fields, `Error::Refused` with the reason, `Error::NotFound` for a story that is none,
/// `Error::TooMany`.
pub async fn post(
    app: &App,
    guard: &Guard,
    written: Written,
    reader: Option<&Reader>,
    client: &Client,
) -> Result<Posted> {
    let now = app.now();
    let address = guard.address(app, client).await?;
    let known = known(app, guard, &written, reader, &address).await?;
    if known.rules.who == Who::Passkey && !known.passkey {
        return Err(Error::refused("site-comments-passkey-needed"));
    }
    let confirmed = reader.is_some();
    let claims = !confirmed && known.rules.who == Who::Email;
    let (name, body) = check(&written, &known.rules, confirmed, claims)?;
    if claims {
        // Without mail the link would never come, and what was written would be lost after a week.
        if !mail::is_set_up(app) {
            return Err(Error::refused("site-comments-no-mail"));
        }
        // Nobody fills another's mailbox with our links.
        app.limits.mail.check(&format!("reader:{}", folded(&written.email)))?;
    }
    guard.may_write(&known.rules, reader.map_or(address.as_str(), |reader| reader.id.as_str()), &address)?;
    let mode = known.rules.mode_at(known.story.published_at, now);
    let (why, score) = weigh(&known.rules, mode, &known.site.lists, known.standing, [&name, &body])?;
    let (state, queue) = if claims { (State::Unconfirmed, Queue::Nowhere) } else { place(why) };
    let (id, token) = (app.id(), app.random.token());
    let who = match reader {
        Some(reader) => reader.id.clone(),
        None if claims => folded(&written.email),
        // Many are called Ana, and many say "Thank you".
        None => format!("{}\0{address}", folded(&name)),
    };
    let new = comments::New {
        id: id.clone(),
        parent: known.parent.as_ref().map(comments::Parent::from),
        at: now,
        state,
        why,
        queue,
        name: name.clone(),
        reader_id: reader.map(|reader| reader.id.clone()),
        staff_id: None,
        score: score.likelihood,
        drove: score.drove,
        notify: written.notify && (claims || confirmed),
        fingerprint: Some(fingerprint(&written, &who, &body)),
        own_hash: Some(token_hash(&token)),
        address_key: Some(address),
        text: body,
        story_id: written.story,
    };
    let claim = claims.then(|| Reader::new(app.id(), name, written.email.trim().to_owned(), &app.random, now));
    let (job, path) = (app.id(), known.story.path);
    let back = mails::waiting_at(&id);
    app.db.write(move |conn| keep(conn, new, claim, &job, &back, now)).await?;
    let told = if why == Why::Shadow && !claims { State::Shown } else { state };
    Ok(Posted { id, token, state: told, path })
}

fn keep(
    conn: &mut Conn<'_>,
    mut new: comments::New,
    claim: Option<Reader>,
    job: &str,
    back: &str,
    now: Time,
) -> Result<()> {
    let mut reader = new.reader_id.clone();
    if let Some(claim) = claim {
        let claimed = readers::claim(conn, &claim)?;
        mails::request_link(conn, job, &claimed.id, back, now)?;
        reader = Some(claimed.id);
        new.reader_id.clone_from(&reader);
    }
    if let Some(reader) = reader.filter(|_| new.notify) {
        readers::notify(conn, &reader, Some(now))?;
    }
    comments::add(conn, &new)?;
    if new.state == State::Shown {
        mails::answered(conn, &new.id, new.parent.as_ref().map(|parent| parent.id.as_str()), now)?;
    }
    Ok(())
}

/// Where a comment stands that was judged so.
pub(crate) fn place(why: Why) -> (State, Queue) {
    match why {
        Why::None => (State::Shown, Queue::New),
        Why::Shadow => (State::Held, Queue::Nowhere),
        _ => (State::Held, Queue::Held),
    }
}

async fn known(app: &App, guard: &Guard, written: &Written, reader: Option<&Reader>, address: &str) -> Result<Known> {
    let (story, parent, now) = (written.story.clone(), written.parent.clone(), app.now());
    let reader = reader.map(|reader| reader.id.clone());
    let signed_in = reader.is_some();
    let address = address.to_owned();
    let (ground, parent, banned, approved, passkey) = app
        .db
        .glance(move |conn| {
            let ground = settings::ground(conn, &story)?.ok_or(Error::NotFound)?;
            let parent = match parent {
                None => None,
                Some(id) => Some(
                    comments::find(conn, &id)?
                        .filter(|parent| parent.story_id == story && parent.is_shown())
                        .ok_or_else(|| Error::refused("site-comments-parent"))?,
                ),
            };
            let id = reader.as_deref().unwrap_or_default();
            let banned = bans::against(conn, [id, &address], now)?;
            // The site's own number of newcomers is not known yet; nobody asks for more than this.
            let approved = if id.is_empty() { 0 } else { comments::approved(conn, id, 100)? };
            let passkey = !id.is_empty() && passkeys::any(conn, id)?;
            Ok((ground, parent, banned, approved, passkey))
        })
        .await?;
    let site = guard.site(&ground)?;
    let rules = ground.exceptions.iter().fold(site.rules.without_lists(), |rules, e| rules.except(e));
    let standing = Standing {
        staff: false,
        // Whoever is to open a link in a mail will have done so before anybody sees the comment.
        confirmed: signed_in || rules.who == Who::Email,
        approved,
        banned: banned.0,
        shadowed: banned.1,
    };
    Ok(Known { story: ground.story, rules, site, parent, standing, passkey })
}

/// Judges a name and a text: why a moderator sees them first, and what the scorer says of the text.
///
/// # Errors
/// `Error::Refused` with the reason.
pub(crate) fn weigh(
    rules: &Rules,
    mode: Mode,
    lists: &Lists,
    who: Standing,
    [name, body]: [&str; 2],
) -> Result<(Why, Score)> {
    let score = scorer::score(body);
    // A name is read by everybody too.
    let words = format!("{name}\n{body}");
    match judge(rules, mode, lists, who, &words, score.likelihood) {
        Verdict::Show => Ok((Why::None, score)),
        Verdict::Hold(why) => Ok((why, score)),
        Verdict::Refuse(key) => Err(Error::refused(key)),
    }
}

/// A text as it was sent, cleaned, or what is wrong with it.
pub(crate) fn cleaned(raw: &str, rules: &Rules) -> std::result::Result<String, FieldError> {
    let body = text::text(raw);
    match i64::try_from(body.chars().count()).unwrap_or(i64::MAX) {
        0 => Err(FieldError::new("text", "site-comments-text-missing").arg("most", rules.longest)),
        length if length > rules.longest => {
            Err(FieldError::new("text", "site-comments-text-long").arg("most", rules.longest))
        }
        _ => Ok(body),
    }
}

/// The name and text of a form, cleaned.
fn check(written: &Written, rules: &Rules, confirmed: bool, claims: bool) -> Result<(String, String)> {
    let mut wrong = Vec::new();
    let name = text::name(&written.name);
    if name.is_empty() {
        wrong.push(FieldError::new("name", "site-comments-name-missing"));
    } else if name.chars().count() > LONGEST_NAME {
        wrong.push(FieldError::new("name", "site-comments-name-long").arg("most", LONGEST_NAME));
    }
    if !confirmed && claims && !mail::is_address(written.email.trim()) {
        wrong.push(FieldError::new("email", "site-comments-email-wrong"));
    }
    match cleaned(&written.text, rules) {
        Ok(body) if wrong.is_empty() => return Ok((name, body)),
        Ok(_) => {}
        Err(error) => wrong.push(error),
    }
    Err(Error::Invalid(wrong))
}

/// The same words by the same writer in the same place are one comment, however often they are sent.
fn fingerprint(written: &Written, who: &str, body: &str) -> String {
    let mut digest = Sha256::new();
    for part in [&written.story, written.parent.as_deref().unwrap_or_default(), who, body] {
        digest.update(part.len().to_le_bytes());
        digest.update(part.as_bytes());
    }
    hex::encode(&digest.finalize()[..20])
}
