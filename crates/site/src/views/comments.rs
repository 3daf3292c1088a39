//! A page of the comments below a story.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Date, Link, samples};

/// A page of comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommentsView {
    /// What it shows.
    pub comments: Comments,
}

/// What a page of comments shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comments {
    /// The story.
    pub story: Link,
    /// The story's id, for what scripts ask for.
    pub story_id: String,
    /// How many are shown below the story.
    pub count: i64,
    /// Where the comments begin.
    pub url: String,
    /// The orders; none on the page of one comment.
    pub sorts: Vec<Sort>,
    /// True on the page of one comment.
    pub focus: bool,
    /// What the newsroom chose.
    pub featured: Vec<Comment>,
    /// The comments with their first answers.
    pub branches: Vec<Branch>,
    /// The next page.
    pub next: Option<String>,
    /// The first page, if this is another.
    pub start: Option<String>,
    /// The form; none where nothing new is taken.
    pub form: Option<WriteForm>,
}

/// An order of the comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// `newest`, `oldest` or `respect`.
    pub name: &'static str,
    /// Its address.
    pub url: String,
    /// True for the one on this page.
    pub current: bool,
}

/// A comment with its first answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The comment.
    pub comment: Comment,
    /// Its first answers.
    pub answers: Vec<Comment>,
    /// How many more there are, on the comment's own page.
    pub more: i64,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Its own page.
    pub url: String,
    /// `writer` or `newsroom`: who took it out. It keeps its place above its answers.
    pub gone: Option<&'static str>,
    /// Its writer's name.
    pub name: String,
    /// The newsroom wrote it.
    pub staff: bool,
    /// The newsroom chose it.
    pub featured: bool,
    /// When it was written.
    pub date: Date,
    /// It was changed since.
    pub edited: bool,
    /// Its text, rendered from plain text.
    pub html: String,
    /// How many respect it.
    pub respect: i64,
    /// What it answers, if that is no root.
    pub answers: Option<Answered>,
}

/// What a comment answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Its writer; none if it was removed.
    pub name: Option<String>,
    /// Its own page.
    pub url: String,
}

/// The form for a new comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WriteForm {
    /// Where it is sent.
    pub action: String,
    /// An address is asked for.
    pub email: bool,
    /// Only who has a passkey writes: on a page of their own.
    pub passkey: bool,
    /// New writers are held.
    pub held: bool,
    /// Characters of a comment.
    pub longest: i64,
}

fn sample() -> Comment {
    Comment {
        id: "01".into(),
        url: "/town/wall/comments/01".into(),
        gone: None,
        name: "Bo \"<Li>\"".into(),
        staff: true,
        featured: true,
        date: samples::date(),
        edited: true,
        html: "<p>x</p>".into(),
        respect: 3,
        answers: Some(Answered { name: Some("Ana <x>".into()), url: "/town/wall/comments/00".into() }),
    }
}

impl View for CommentsView {
    const TEMPLATE: &'static str = "comments.html";

    fn samples() -> Vec<CommentsView> {
        let sort = |name, current| Sort { name, url: format!("/town/wall/comments/{name}"), current };
        let empty = Comments {
            story: Link { name: "The <wall>".into(), url: "/town/wall".into() },
            story_id: "9".into(),
            count: 0,
            url: "/town/wall/comments".into(),
            sorts: vec![sort("newest", true), sort("oldest", false), sort("respect", false)],
            focus: false,
            featured: vec![],
            branches: vec![],
            next: None,
            start: None,
            form: None,
        };
        let plain = Comment { staff: false, featured: false, edited: false, respect: 0, answers: None, ..sample() };
        let gone = |who| Comment { gone: Some(who), name: String::new(), html: String::new(), ..plain.clone() };
        let lost = Comment { answers: Some(Answered { name: None, url: "/x".into() }), ..sample() };
        let branches = vec![
            Branch { comment: plain.clone(), answers: vec![sample(), lost], more: 7 },
            Branch { comment: gone("writer"), answers: vec![sample()], more: 0 },
            Branch { comment: gone("newsroom"), answers: vec![], more: 1 },
        ];
        let form =
            WriteForm { action: "/comments/on/9".into(), email: true, passkey: false, held: true, longest: 5000 };
        let full = Comments {
            count: 12,
            featured: vec![sample()],
            branches,
            next: Some("/town/wall/comments?before=1-x".into()),
            start: Some("/town/wall/comments".into()),
            form: Some(form.clone()),
            ..empty.clone()
        };
        let guarded = WriteForm { passkey: true, email: false, held: false, ..form.clone() };
        let guarded = Comments { form: Some(guarded), ..empty.clone() };
        let focus = Comments { focus: true, sorts: vec![], featured: vec![], ..full.clone() };
        [empty, full, focus, guarded].map(|comments| CommentsView { comments }).into()
    }
}
