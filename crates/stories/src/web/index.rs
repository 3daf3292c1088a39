//! `GET /desk/stories` and `/desk/pages`: the lists; `POST` begins one.

use axum::{
    extract::{Query, State},
    response::Response,
};
use onrecord_accounts::Actor;
use onrecord_base::{App, Result, views::View, web::Moment};
use serde::{Deserialize, Serialize};

use super::{access, editor_url, list_url, say, staff_names, to};
use crate::{
    Byline, Content, Kind,
    store::{
        self, drafts,
        index::{self, Line, Narrow},
    },
};

/// Lines of a page of the list.
const PAGE: usize = 40;
/// The last page that is counted to: whoever needs more narrows the list.
const LAST_PAGE: usize = 10_000;

/// What is asked of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    q: String,
    state: String,
    section: String,
    author: String,
    page: usize,
}

/// A list of stories or pages.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Index {
    /// `story` or `page`.
    kind: &'static str,
    /// Where the list is.
    url: &'static str,
    lines: Vec<Shown>,
    tabs: Vec<Tab>,
    sections: Vec<(String, String)>,
    authors: Vec<(String, String)>,
    q: String,
    state: String,
    section: String,
    author: String,
    narrowed: bool,
    /// True for those who see only what they began or sign.
    own: bool,
    total: i64,
    first: usize,
    last: usize,
    newer: Option<usize>,
    older: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
struct Tab {
    /// A state's name, empty for all.
    state: &'static str,
    text: String,
    count: i64,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Shown {
    id: String,
    headline: String,
    section: Option<String>,
    bylines: String,
    language: Option<String>,
    state: &'static str,
    state_text: String,
    badge: &'static str,
    saved_at: Moment,
    saved_by: Option<String>,
    due_at: Option<Moment>,
}

impl View for Index {
    const TEMPLATE: &'static str = "stories/index.html";

    fn samples() -> Vec<Index> {
        let line = Shown {
            id: "1".into(),
            headline: "Wall \"<falls>\"".into(),
            section: Some("Town".into()),
            bylines: "Ana Ruiz".into(),
            language: Some("de".into()),
            state: "scheduled",
            state_text: "Scheduled".into(),
            badge: "scheduled",
            saved_at: Moment::sample(),
            saved_by: Some("Ana Ruiz".into()),
            due_at: Some(Moment::sample()),
        };
        let bare = Shown { headline: String::new(), section: None, saved_by: None, due_at: None, ..line.clone() };
        let tab = Tab { state: "draft", text: "Drafts".into(), count: 2, current: true };
        let full = Index {
            kind: "story",
            url: "/desk/stories",
            lines: vec![line, bare],
            tabs: vec![tab],
            sections: vec![("1".into(), "Town".into())],
            authors: vec![("1".into(), "Ana".into())],
            q: "wall".into(),
            state: "draft".into(),
            section: "1".into(),
            author: String::new(),
            narrowed: true,
            own: false,
            total: 90,
            first: 41,
            last: 80,
            newer: Some(1),
            older: Some(3),
        };
        let nothing = Index { lines: vec![], total: 0, newer: None, older: None, ..full.clone() };
        let empty = Index { kind: "page", url: "/desk/pages", narrowed: false, q: String::new(), ..nothing.clone() };
        let own = Index { own: true, narrowed: false, ..nothing.clone() };
        vec![full, nothing, empty, own]
    }
}

pub(super) async fn stories(
    State(app): State<App>,
    actor: Actor,
    Query(question): Query<Question>,
) -> Result<Response> {
    show(app, actor, Kind::Story, question).await
}

pub(super) async fn pages(State(app): State<App>, actor: Actor, Query(question): Query<Question>) -> Result<Response> {
    show(app, actor, Kind::Page, question).await
}

pub(super) async fn begin_story(State(app): State<App>, actor: Actor) -> Result<Response> {
    begin(app, actor, Kind::Story).await
}

pub(super) async fn begin_page(State(app): State<App>, actor: Actor) -> Result<Response> {
    begin(app, actor, Kind::Page).await
}

async fn begin(app: App, actor: Actor, kind: Kind) -> Result<Response> {
    actor.may(access::writes(kind))?;
    let (id, now, staff, name) = (app.id(), app.now(), actor.staff_id.clone(), actor.name.clone());
    let language = app.settings().language().to_owned();
    let new = id.clone();
    app.db
        .write(move |conn| {
            let mut content = Content { language, ..Content::default() };
            if kind == Kind::Story {
                let author = store::authors::of_staff(conn, &staff)?;
                let name = author.map_or(name, |author| author.name);
                content.bylines.push(Byline { author: None, name });
                drafts::link_names(conn, &mut content)?;
            }
            drafts::create(conn, &new, kind, &content, Some(&staff), now)
        })
        .await?;
    Ok(to(&editor_url(&id)))
}

async fn show(app: App, actor: Actor, kind: Kind, question: Question) -> Result<Response> {
    actor.may(access::writes(kind))?;
    let own = access::own(&actor).filter(|_| kind == Kind::Story);
    let is_own = own.is_some();
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let narrow = Narrow {
        state: some(&question.state),
        section: some(&question.section),
        author: some(&question.author).filter(|_| !is_own),
        words: question.q.clone(),
        own: own.clone(),
    };
    let page = question.page.clamp(1, LAST_PAGE);
    let offset = (page - 1) * PAGE;
    let (lines, total, counts, sections, authors) = app
        .db
        .read(move |conn| {
            Ok((
                index::list(conn, kind, &narrow, offset, PAGE)?,
                index::count(conn, kind, &narrow)?,
                index::counts(conn, kind, own.as_deref())?,
                store::sections::all(conn)?,
                store::authors::all(conn)?,
            ))
        })
        .await?;
    let names = staff_names(&app).await?;
    let tab = |state: &'static str, count: i64| Tab {
        state,
        text: say(&app, if state.is_empty() { "stories-tab-all" } else { tab_key(state) }),
        count,
        current: question.state == state,
    };
    let view = Index {
        kind: kind.as_str(),
        url: list_url(kind),
        tabs: vec![
            tab("", counts.all),
            tab("draft", counts.drafts),
            tab("scheduled", counts.scheduled),
            tab("published", counts.published),
            tab("changed", counts.changed),
            tab("killed", counts.killed),
        ],
        own: is_own,
        narrowed: [&question.q, &question.state, &question.section, &question.author].iter().any(|t| !t.is_empty()),
        sections: sections.into_iter().map(|section| (section.id, section.name)).collect(),
        authors: authors.into_iter().map(|author| (author.id, author.name)).collect(),
        first: offset + 1,
        last: offset + lines.len(),
        newer: (page > 1).then(|| page - 1),
        older: usize::try_from(total).is_ok_and(|total| total > offset + PAGE).then_some(page + 1),
        lines: lines.into_iter().map(|line| shown(&app, &names, line)).collect(),
        total,
        q: question.q,
        state: question.state,
        section: question.section,
        author: question.author,
    };
    actor.page(&app, &view)
}

fn tab_key(state: &str) -> &'static str {
    match state {
        "draft" => "stories-tab-draft",
        "scheduled" => "stories-tab-scheduled",
        "published" => "stories-tab-published",
        "changed" => "stories-tab-changed",
        _ => "stories-tab-killed",
    }
}

fn shown(app: &App, names: &std::collections::HashMap<String, String>, line: Line) -> Shown {
    let settings = app.settings();
    Shown {
        state: line.state.name(),
        state_text: say(app, &format!("stories-state-{}", line.state.name())),
        badge: line.state.badge(),
        due_at: line.state.schedule().map(|schedule| Moment::new(app, schedule.due_at)),
        saved_at: Moment::new(app, line.saved_at),
        saved_by: line.saved_by.as_ref().and_then(|id| names.get(id)).cloned(),
        language: Some(line.language).filter(|language| language != settings.language()),
        bylines: line.bylines.join(", "),
        id: line.id,
        headline: line.headline,
        section: line.section,
    }
}
