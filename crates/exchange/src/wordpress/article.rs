//! An item of an export as an article of the newsroom: what it says, and what had to be altered.

use jiff::tz::TimeZone;
use onrecord_base::Time;
use onrecord_prose::{ChangeKind, Document, FoundPicture, HtmlOptions};
use onrecord_stories::Kind;
use sha2::{Digest, Sha256};

use super::dates;
use super::shortcodes::{self, Attachments, Shown};
use super::survey::{Survey, plain};
use crate::wxr::{Comment, Item};

/// Longest headline and dek; the store refuses longer ones.
const LINE_BYTES: usize = 990;
/// Characters of a headline made of a text's beginning.
const HEADLINE_CHARS: usize = 90;
/// Most names of bylines and of tags.
const NAMES: usize = 50;
/// Longest name of a tag or author.
const NAME_BYTES: usize = 110;

/// An article that came with an export.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) key: String,
    pub(crate) hash: String,
    pub(crate) kind: Kind,
    pub(crate) headline: String,
    pub(crate) dek: String,
    pub(crate) slug: String,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    /// Slugs and names.
    pub(crate) authors: Vec<(String, String)>,
    pub(crate) lead: Option<u64>,
    pub(crate) language: String,
    pub(crate) body: Document,
    pub(crate) created_at: Time,
    pub(crate) changed_at: Time,
    /// When it was published there; none for drafts.
    pub(crate) published_at: Option<Time>,
    /// For drafts: when it was to be published.
    pub(crate) planned_at: Option<Time>,
    pub(crate) path: Option<String>,
    pub(crate) sticky: bool,
    pub(crate) comments: Vec<(Comment, Time)>,
    /// What was altered: reason and detail.
    pub(crate) notes: Vec<(String, String)>,
}

/// What an item is turned into articles with.
pub(crate) struct Context<'a> {
    pub(crate) survey: &'a Survey,
    pub(crate) zone: &'a TimeZone,
    pub(crate) now: Time,
    pub(crate) picture: &'a dyn Fn(&FoundPicture<'_>) -> Option<String>,
}

/// What names an item from export to export.
pub(crate) fn key_of(item: &Item) -> String {
    let parts =
        [("guid", &item.guid), ("id", &item.id), ("link", &item.link), ("name", &item.name), ("title", &item.title)];
    let found = parts.into_iter().find(|(_, value)| !value.trim().is_empty());
    found.map_or_else(|| format!("line:{}", item.line), |(name, value)| format!("{name}:{}", value.trim()))
}

/// What an item says, in short: equal for equal items.
pub(crate) fn hash_of(item: &Item) -> String {
    let mut hash = Sha256::new();
    let fields = [
        &item.title,
        &item.content,
        &item.excerpt,
        &item.status,
        &item.kind,
        &item.date_gmt,
        &item.date,
        &item.name,
        &item.link,
        &item.creator,
        &item.password,
    ];
    for field in fields {
        hash.update(field.as_bytes());
        hash.update([0]);
    }
    for term in &item.terms {
        hash.update(term.nicename.as_bytes());
        hash.update([1]);
    }
    hex::encode(&hash.finalize()[..16])
}

impl Article {
    /// Reads a post or page; nothing for items that are neither, with the reason.
    pub(crate) fn read(item: &Item, context: &Context<'_>) -> Result<Article, String> {
        let kind = match item.kind.as_str() {
            "post" | "" => Kind::Story,
            "page" => Kind::Page,
            other => return Err(format!("items of the kind “{}” were not imported", short(other))),
        };
        if item.status == "trash" {
            return Err("items in the bin were not imported".into());
        }
        let mut notes = Vec::new();
        let body = body(item, context, &mut notes);
        let headline = headline(item, &body, &mut notes);
        let (section, mut tags) = context.survey.filed(item);
        if section.is_none() && kind == Kind::Story && !tags.is_empty() {
            notes.push(("its categories became tags, none of them a section".into(), tags.join(", ")));
        }
        tags.extend(item.terms.iter().filter(|term| term.domain == "post_tag").map(|term| plain(&term.name)));
        tags.retain(|tag| tag.chars().any(char::is_alphanumeric));
        trim_names(&mut tags, "tags", &mut notes);
        let (published_at, planned_at) = standing(item, context, &mut notes);
        let date = dates::published(item, context.zone).unwrap_or(context.now);
        custom_fields(item, &mut notes);
        Ok(Article {
            key: key_of(item),
            hash: hash_of(item),
            kind,
            headline,
            dek: line(&plain(&item.excerpt), "the excerpt was cut: a dek is one line", &mut notes),
            slug: slug_of(&item.name),
            section: section.filter(|_| kind == Kind::Story),
            tags,
            authors: authors(item, context.survey),
            lead: item.meta("_thumbnail_id").and_then(|number| number.trim().parse().ok()),
            language: context.survey.site.language.clone(),
            body,
            created_at: date.min(context.now),
            changed_at: date.min(context.now),
            path: published_at.and(context.survey.path_of(&item.link)),
            published_at,
            planned_at,
            sticky: item.sticky && kind == Kind::Story,
            comments: comments(item, date, &mut notes),
            notes,
        })
    }
}

fn headline(item: &Item, body: &Document, notes: &mut Vec<(String, String)>) -> String {
    let headline = plain(&item.title);
    if !headline.is_empty() {
        return line(&headline, "the headline was cut", notes);
    }
    let headline = body.excerpt(HEADLINE_CHARS);
    let headline = if headline.is_empty() { "Untitled".to_owned() } else { headline };
    notes.push(("it had no headline; one was taken from its beginning".into(), headline.clone()));
    headline
}

/// A text that fits into a line, cut at a word with a note when it does not.
fn line(text: &str, reason: &str, notes: &mut Vec<(String, String)>) -> String {
    if text.len() <= LINE_BYTES {
        return text.to_owned();
    }
    notes.push((reason.to_owned(), text.to_owned()));
    let end = text.floor_char_boundary(LINE_BYTES - "…".len());
    let kept = text[..end].rsplit_once(' ').map_or(&text[..end], |(kept, _)| kept);
    format!("{kept}…")
}

fn trim_names(names: &mut Vec<String>, what: &str, notes: &mut Vec<(String, String)>) {
    for name in names.iter_mut().filter(|name| name.len() > NAME_BYTES) {
        notes.push((format!("a name among its {what} was cut"), name.clone()));
        name.truncate(name.floor_char_boundary(NAME_BYTES));
    }
    if names.len() > NAMES {
        notes.push((format!("it had more than {NAMES} {what}; the others were left out"), names[NAMES..].join(", ")));
        names.truncate(NAMES);
    }
}

/// WordPress writes slugs of other scripts percent-encoded.
fn slug_of(name: &str) -> String {
    onrecord_stories::slug::from_text(&onrecord_stories::address::readable(name))
}

fn authors(item: &Item, survey: &Survey) -> Vec<(String, String)> {
    let mut authors: Vec<(String, String)> = item
        .terms
        .iter()
        .filter(|term| term.domain == "author")
        .map(|term| (term.nicename.trim_start_matches("cap-").to_owned(), plain(&term.name)))
        .collect();
    if authors.is_empty() && !item.creator.is_empty() {
        authors.push(survey.author(&item.creator));
    }
    authors.retain(|(_, name)| name.chars().any(char::is_alphanumeric));
    for (_, name) in &mut authors {
        name.truncate(name.floor_char_boundary(NAME_BYTES));
    }
    authors.truncate(NAMES);
    authors
}

/// When it was published, or when it was to be.
fn standing(item: &Item, context: &Context<'_>, notes: &mut Vec<(String, String)>) -> (Option<Time>, Option<Time>) {
    let date = dates::published(item, context.zone);
    let written = [&item.date_gmt, &item.date, &item.pub_date].into_iter().find(|text| dates::is_meant(text)).cloned();
    let mut draft = |reason: &str| notes.push((reason.to_owned(), String::new()));
    match item.status.as_str() {
        "publish" | "" if !item.password.is_empty() => draft("it was behind a password; it became a draft"),
        "publish" | "" => match date {
            Some(date) if date <= context.now => return (Some(date), None),
            Some(date) => {
                draft("its date lies ahead; it became a draft with that date");
                return (None, Some(date));
            }
            None => {
                let reason = match &written {
                    Some(_) => "its date is none of the calendar's; it was published with that of the import",
                    None => "it had no date; it was published with that of the import",
                };
                notes.push((reason.to_owned(), written.unwrap_or_default()));
                return (Some(context.now), None);
            }
        },
        "future" => {
            draft("it was to be published later; it became a draft with that date");
            return (None, date.filter(|date| *date > context.now));
        }
        "private" => draft("it was private; it became a draft"),
        "draft" | "pending" | "auto-draft" | "inherit" => {}
        other => notes.push((format!("its status was “{}”; it became a draft", short(other)), String::new())),
    }
    (None, None)
}

fn comments(item: &Item, posted: Time, notes: &mut Vec<(String, String)>) -> Vec<(Comment, Time)> {
    let mut kept = Vec::new();
    for comment in &item.comments {
        if matches!(comment.approved.as_str(), "spam" | "trash" | "post-trashed") {
            notes.push(("comments in the bin or marked as spam were not kept".into(), String::new()));
            continue;
        }
        if !matches!(comment.kind.trim(), "" | "comment") {
            notes.push(("pings of other sites among the comments were not kept".into(), String::new()));
            continue;
        }
        let date = dates::moment(&comment.date_gmt, &TimeZone::UTC).unwrap_or(posted);
        kept.push((comment.clone(), date));
    }
    kept
}

fn custom_fields(item: &Item, notes: &mut Vec<(String, String)>) {
    // A leading underscore marks what WordPress and its plug-ins keep for themselves.
    for (key, value) in item.meta.iter().filter(|(key, _)| !key.starts_with('_') && !key.is_empty()) {
        notes.push((format!("the custom field “{}” was not kept", short(key)), value.chars().take(200).collect()));
    }
}

struct OfPost<'a> {
    survey: &'a Survey,
    number: Option<u64>,
}

impl Attachments for OfPost<'_> {
    fn picture(&self, number: u64) -> Option<Shown> {
        let attachment = self.survey.attachments.get(&number)?;
        Some(Shown {
            number,
            url: attachment.url.clone(),
            alt: attachment.alt.clone(),
            caption: attachment.caption.clone(),
        })
    }

    fn of_post(&self) -> Vec<Shown> {
        let numbers = self.number.map(|number| self.survey.of_post(number)).unwrap_or_default();
        numbers.into_iter().filter_map(|number| self.picture(number)).filter(|shown| is_picture(&shown.url)).collect()
    }
}

/// True for an address that ends like a picture's.
pub(crate) fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or("").to_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp"].iter().any(|end| path.ends_with(end))
}

fn body(item: &Item, context: &Context<'_>, notes: &mut Vec<(String, String)>) -> Document {
    let attachments = OfPost { survey: context.survey, number: item.id.parse().ok() };
    let (html, unknown) = shortcodes::expand(&item.content, &attachments);
    for (name, times) in unknown {
        let times = if times > 1 { format!("{times} times") } else { String::new() };
        notes.push((format!("the shortcode [{}] is not known; it stands in the text", short(&name)), times));
    }
    let rewrite = |href: &str| context.survey.rewrite(href);
    let options = HtmlOptions {
        autop: !item.content.contains("<!-- wp:"),
        base: Some(item.link.as_str()).filter(|link| link.starts_with("http")),
        picture: Some(context.picture),
        link: Some(&rewrite),
    };
    let cleaned = Document::from_html_with(&html, &options);
    for change in cleaned.changes {
        let times = if change.count > 1 { format!(" ({} times)", change.count) } else { String::new() };
        match (change.kind, change.reason.split_once(": ")) {
            (ChangeKind::Picture, Some((reason, detail))) => {
                notes.push((reason.to_owned(), format!("{detail}{times}")))
            }
            _ => notes.push((change.reason.into_owned(), format!("{}{times}", change.excerpt))),
        }
    }
    cleaned.document
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
