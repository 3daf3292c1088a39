//! Disqus' export: threads with an address, posts that name their thread and what they answer.

use std::collections::HashMap;

use onrecord_base::Time;
use onrecord_comments::text;
use quick_xml::{Reader, events::BytesStart, events::Event};

use super::{Elsewhere, Found, Source};

/// Open tags; an export has five.
const DEEPEST: usize = 32;

#[derive(Default)]
struct Thread {
    id: String,
    link: String,
    deleted: bool,
}

#[derive(Default)]
struct Post {
    comment: Elsewhere,
    thread: String,
    spam: bool,
}

/// Reads an export.
///
/// # Errors
/// A sentence that says where it ends to be XML.
pub(super) fn comments(bytes: &[u8]) -> Result<Found, String> {
    let text = String::from_utf8_lossy(bytes);
    // One of the files people have begins with a stray mark.
    let text = &text[text.find('<').unwrap_or(0)..];
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut state = State::default();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| format!("at byte {at}: {e}"))? {
            Event::Eof => break,
            Event::Start(start) => state.open(&start)?,
            Event::Empty(start) => {
                state.open(&start)?;
                state.close();
            }
            Event::End(_) => state.close(),
            Event::Text(text) => state.field.push_str(&text.xml10_content()),
            Event::CData(text) => state.field.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => state.field.push(c),
                _ => state.field.push_str(quick_xml::escape::resolve_xml_entity(&reference).unwrap_or_default()),
            },
            Event::DocType(_) => return Err("the file declares entities of its own; it is not read".into()),
            _ => {}
        }
    }
    if !state.path.is_empty() {
        return Err("the file ends in the middle".into());
    }
    Ok(state.done())
}

#[derive(Default)]
struct State {
    path: Vec<String>,
    field: String,
    thread: Option<Thread>,
    post: Option<Post>,
    threads: HashMap<String, Thread>,
    posts: Vec<Post>,
}

impl State {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let qname = start.name();
        let name: &str = qname.as_ref();
        if self.path.len() >= DEEPEST {
            return Err("tags stand in tags without end".into());
        }
        let id = start
            .attributes()
            .flatten()
            .find(|a| {
                let key: &str = a.key.as_ref();
                key == "dsq:id" || key == "id"
            })
            .map(|a| a.value.to_string());
        match (self.path.last().map(String::as_str), name) {
            (Some("disqus"), "thread") => {
                self.thread = Some(Thread { id: id.unwrap_or_default(), ..Thread::default() });
            }
            (Some("disqus"), "post") => {
                let mut post = Post::default();
                post.comment.key = id.unwrap_or_default();
                self.post = Some(post);
            }
            (Some("post"), "thread") => {
                self.post.iter_mut().for_each(|post| post.thread = id.clone().unwrap_or_default())
            }
            (Some("post"), "parent") => {
                self.post.iter_mut().for_each(|post| post.comment.parent = id.clone().unwrap_or_default());
            }
            _ => {}
        }
        self.path.push(name.to_owned());
        self.field.clear();
        Ok(())
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let field = std::mem::take(&mut self.field);
        let value = field.trim();
        match (self.path.last().map(String::as_str), name.as_str(), &mut self.thread, &mut self.post) {
            (Some("disqus"), "thread", thread, _) => {
                if let Some(thread) = thread.take() {
                    self.threads.insert(thread.id.clone(), thread);
                }
            }
            (Some("disqus"), "post", _, post) => self.posts.extend(post.take()),
            (Some("thread"), "link", Some(thread), _) => thread.link = value.to_owned(),
            (Some("thread"), "isDeleted", Some(thread), _) => thread.deleted = value == "true",
            (Some("post"), "message", _, Some(post)) => post.comment.text = text::from_html(value),
            (Some("post"), "createdAt", _, Some(post)) => post.comment.at = Time::parse(value),
            (Some("post"), "isDeleted", _, Some(post)) => post.comment.deleted = value == "true",
            // What is neither is no spam: one export says 123.
            (Some("post"), "isSpam", _, Some(post)) => post.spam = value == "true",
            (Some("author"), "name", None, Some(post)) => post.comment.name = value.to_owned(),
            _ => {}
        }
    }

    fn done(self) -> Found {
        let mut found = Found { source: Source::Disqus, comments: Vec::new(), left_out: 0 };
        for mut post in self.posts {
            let Some(thread) = self.threads.get(&post.thread).filter(|thread| {
                // Without a name of its own a second import would add it again.
                !thread.deleted && !post.spam && !post.comment.key.is_empty()
            }) else {
                found.left_out += 1;
                continue;
            };
            post.comment.address.clone_from(&thread.link);
            post.comment.shown = true;
            found.comments.push(post.comment);
        }
        found
    }
}
