//! The comments below a story: a page of the thread, and the page of one comment.

use onrecord_base::Result;
use onrecord_comments::{
    Entry, Mode, Rules, Who,
    store::{settings, threads},
    text,
    thread::{Sort, Thread},
};
use onrecord_stories::published::{Cursor, Place, Whereabouts};

use super::maker::Maker;
use crate::{
    edition::page::Draft,
    views::{
        Head, Link,
        comments::{self as view, Answered, Branch, Comment, Comments, CommentsView, WriteForm},
        direction,
    },
};

/// What stands behind `/comments` in an address.
pub(super) fn make(mut maker: Maker<'_, '_>, story: &str, rest: Option<&str>, place: &Place) -> Result<Option<Draft>> {
    maker.noted.note("story", story);
    maker.noted.note("comments", story);
    maker.noted.note("comment-rules", "site");
    let Some((story, rules)) = settings::rules_at(maker.conn, story)? else { return Ok(None) };
    let mode = rules.mode_at(story.published_at, maker.now);
    if mode == Mode::Off {
        return Ok(None);
    }
    let after = match place {
        Place::Newest => None,
        Place::OlderThan(cursor) | Place::NewerThan(cursor) => Some(cursor),
    };
    let base = format!("{}/comments", story.path.trim_end_matches('/'));
    let language = maker.frame_language(&story.language);
    let mut page = Page { maker, base, language, story, after };
    let form = page.form(mode, &rules);
    let comments = match rest.map_or(Some(Sort::Newest), |rest| Sort::parse(rest).filter(|sort| *sort != Sort::Newest))
    {
        Some(sort) => page.thread(sort, form)?,
        None => match page.focus(rest.unwrap_or_default(), form)? {
            Some(comments) => comments,
            None => return Ok(None),
        },
    };
    page.done(comments).map(Some)
}

struct Page<'a, 'c, 'p> {
    maker: Maker<'a, 'c>,
    /// Address of the comments.
    base: String,
    language: String,
    story: Whereabouts,
    after: Option<&'p Cursor>,
}

impl Page<'_, '_, '_> {
    fn form(&self, mode: Mode, rules: &Rules) -> Option<WriteForm> {
        (mode != Mode::Closed).then(|| WriteForm {
            action: format!("/comments/on/{}", self.story.id),
            email: rules.who == Who::Email,
            passkey: rules.who == Who::Passkey,
            held: mode != Mode::Open,
            longest: rules.longest,
        })
    }

    fn thread(&mut self, sort: Sort, form: Option<WriteForm>) -> Result<Comments> {
        let Thread { shown, branches, next, featured } =
            threads::page(self.maker.conn, &self.story.id, sort, self.after)?;
        let own = self.sorted(sort);
        let branches = branches
            .into_iter()
            .map(|branch| {
                let answers: Vec<Comment> = branch.answers.iter().map(|answer| self.comment(answer)).collect();
                let more = branch.root.replies - i64::try_from(answers.len()).unwrap_or(0);
                Branch { comment: self.comment(&branch.root), answers, more: more.max(0) }
            })
            .collect();
        Ok(Comments {
            sorts: Sort::ALL
                .iter()
                .map(|one| view::Sort { name: one.name(), url: self.sorted(*one), current: *one == sort })
                .collect(),
            featured: featured.iter().map(|entry| self.comment(entry)).collect(),
            branches,
            next: next.map(|cursor| further(&own, sort, &cursor)),
            start: self.after.map(|_| own),
            form,
            ..self.empty(shown)
        })
    }

    fn focus(&mut self, id: &str, form: Option<WriteForm>) -> Result<Option<Comments>> {
        let Some(found) = threads::focus(self.maker.conn, &self.story.id, id, self.after)? else { return Ok(None) };
        let own = format!("{}/{}", self.base, found.entry.id);
        let answers = found.answers.iter().map(|answer| self.comment(answer)).collect();
        let branch = Branch { comment: self.comment(&found.entry), answers, more: 0 };
        Ok(Some(Comments {
            focus: true,
            branches: vec![branch],
            next: found.next.map(|cursor| further(&own, Sort::Oldest, &cursor)),
            start: self.after.map(|_| own),
            form: form.filter(|_| found.entry.shown.is_some()),
            ..self.empty(found.shown)
        }))
    }

    fn empty(&self, count: i64) -> Comments {
        Comments {
            story: Link { name: self.story.headline.clone(), url: self.story.path.clone() },
            story_id: self.story.id.clone(),
            count,
            url: self.base.clone(),
            sorts: Vec::new(),
            focus: false,
            featured: Vec::new(),
            branches: Vec::new(),
            next: None,
            start: None,
            form: None,
        }
    }

    fn sorted(&self, sort: Sort) -> String {
        match sort {
            Sort::Newest => self.base.clone(),
            _ => format!("{}/{}", self.base, sort.name()),
        }
    }

    fn comment(&self, entry: &Entry) -> Comment {
        let dates = self.maker.dates(&self.language);
        let shown = entry.shown.as_ref();
        // Directly below its root a comment need not say what it answers.
        let answers = entry.answers.as_ref().filter(|(id, _)| *id != entry.root_id);
        Comment {
            id: entry.id.clone(),
            url: format!("{}/{}", self.base, entry.id),
            gone: match (shown, entry.by_writer) {
                (Some(_), _) => None,
                (None, true) => Some("writer"),
                (None, false) => Some("newsroom"),
            },
            name: shown.map_or_else(String::new, |shown| shown.name.clone()),
            staff: shown.is_some_and(|shown| shown.staff),
            featured: shown.is_some_and(|shown| shown.featured),
            date: dates.day_and_time(entry.at),
            edited: entry.edited_at.is_some(),
            html: shown.map_or_else(String::new, |shown| text::html(&shown.text)),
            respect: entry.respect,
            answers: answers.map(|(id, name)| Answered { name: name.clone(), url: format!("{}/{id}", self.base) }),
        }
    }

    fn done(self, comments: Comments) -> Result<Draft> {
        let Page { maker, base, language, story, .. } = self;
        let args = [("title", story.headline.clone().into())];
        let title = maker.app.messages.text(&language, "site-comments-on", args);
        // The story is what is to be found; its comments are found through it.
        let head = Head {
            robots: Some("noindex"),
            dir: direction(&language),
            language,
            ..maker.head("comments", &title, Some(&base))
        };
        maker.page(&CommentsView { comments }, &head)
    }
}

fn further(own: &str, sort: Sort, cursor: &Cursor) -> String {
    let name = if sort == Sort::Oldest { "after" } else { "before" };
    format!("{own}?{name}={}", cursor.to_text())
}
