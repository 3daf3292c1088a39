//! Comments going out: everything as JSON, or what readers see in the shape of a Disqus export, which others read.
//! Addresses of readers stay here.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use onrecord_base::{App, Error, Result, Time};
use onrecord_comments::{Comment, store::comments, text};
use onrecord_stories::published::{self, Whereabouts};

/// Comments read at once.
const BATCH: i64 = 500;

/// The form comments go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A list of all comments.
    Json,
    /// What readers see, as Disqus exports it.
    Disqus,
}

/// Writes all comments, oldest first. Returns how many.
///
/// # Errors
/// If the database does not answer or `out` takes no more.
pub async fn export(app: &App, format: Format, out: &mut (dyn Write + Send)) -> Result<u64> {
    let base = app.settings().base_url.clone();
    let mut stories: HashMap<String, Option<Whereabouts>> = HashMap::new();
    let mut written = 0;
    let (mut at, mut id) = (Time::from_millis(i64::MIN), String::new());
    out.write_all(match format {
        Format::Json => b"[".as_slice(),
        Format::Disqus => HEAD.as_bytes(),
    })?;
    loop {
        let (from, after) = (at, id.clone());
        let batch = app.db.read(move |conn| comments::after(conn, from, &after, BATCH)).await?;
        let Some(last) = batch.last() else { break };
        (at, id) = (last.at, last.id.clone());
        for comment in &batch {
            let is_new = !stories.contains_key(&comment.story_id);
            if is_new {
                let story = comment.story_id.clone();
                let found = app.db.read(move |conn| published::whereabouts(conn, &story)).await?;
                stories.insert(comment.story_id.clone(), found);
            }
            let story = stories.get(&comment.story_id).and_then(Option::as_ref);
            match (format, story) {
                (Format::Json, story) => json(out, comment, story, written == 0)?,
                (Format::Disqus, Some(story)) if comment.is_shown() => {
                    if is_new {
                        thread(out, story, &base)?;
                    }
                    post(out, comment)?;
                }
                (Format::Disqus, _) => continue,
            }
            written += 1;
        }
    }
    out.write_all(match format {
        Format::Json => b"\n]\n".as_slice(),
        Format::Disqus => b"</disqus>\n".as_slice(),
    })?;
    out.flush()?;
    Ok(written)
}

fn json(out: &mut dyn Write, comment: &Comment, story: Option<&Whereabouts>, first: bool) -> Result<()> {
    let value = serde_json::json!({
        "id": comment.id, "story": comment.story_id, "address": story.map(|story| &story.path),
        "answers": comment.parent_id, "at": comment.at.rfc3339(),
        "edited_at": comment.edited_at.map(Time::rfc3339), "state": comment.state.name(), "name": comment.name,
        "newsroom": comment.staff_id.is_some(), "featured": comment.featured_at.is_some(),
        "respect": comment.respect, "text": comment.text,
    });
    let text = serde_json::to_string(&value).map_err(|e| Error::internal(e.to_string()))?;
    write!(out, "{}\n{text}", if first { "" } else { "," })?;
    Ok(())
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\n";

fn thread(out: &mut dyn Write, story: &Whereabouts, base: &str) -> io::Result<()> {
    writeln!(
        out,
        "<thread dsq:id=\"{}\"><id>{}</id><link>{base}{}</link><title>{}</title><createdAt>{}</createdAt>\
         <isClosed>false</isClosed><isDeleted>false</isDeleted></thread>",
        escaped(&story.id),
        escaped(&story.path),
        escaped(&story.path),
        escaped(&story.headline),
        story.published_at.rfc3339()
    )
}

fn post(out: &mut dyn Write, comment: &Comment) -> io::Result<()> {
    let parent = comment.parent_id.as_deref().map(|id| format!("<parent dsq:id=\"{}\"/>", escaped(id)));
    writeln!(
        out,
        "<post dsq:id=\"{}\"><message>{}</message><createdAt>{}</createdAt><isDeleted>false</isDeleted>\
         <isSpam>false</isSpam><author><name>{}</name><isAnonymous>true</isAnonymous></author>\
         <thread dsq:id=\"{}\"/>{}</post>",
        escaped(&comment.id),
        escaped(&text::html(&comment.text)),
        comment.at.rfc3339(),
        escaped(&comment.name),
        escaped(&comment.story_id),
        parent.unwrap_or_default()
    )
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
