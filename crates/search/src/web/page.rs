//! `GET /search`

use axum::{
    Extension,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use onrecord_base::{
    App, Result,
    messages::Arg,
    views::View,
    web::{Frame, Framed},
};
use onrecord_stories::{published, store::authors};
use serde::Serialize;

use super::filters::{self, Active, Group, Names, Offer, Resolved, name_of};
use crate::{
    Search,
    find::{Ask, Found, Missing, find},
    highlight::Piece,
    question::{Part, Question, parts},
    schema::{Key, Kind},
    shown::{self, Day, Line, Link, Public},
};

/// The language of the site, for templates.
#[derive(Serialize)]
pub(crate) struct Shell {
    pub lang: String,
}

/// The page of search.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SearchPage {
    /// `empty` (nothing asked), `found`, `none`, or `away` (no index at the moment).
    state: &'static str,
    form: Form,
    active: Vec<Active>,
    unknown: Vec<Active>,
    missing: Vec<Gone>,
    /// The same question with names written as we have them.
    meant: Option<Link>,
    total: i64,
    /// The total and the counts are estimates.
    about: bool,
    /// Not all was looked at in time.
    cut: bool,
    results: Vec<Line>,
    groups: Vec<Group>,
    page: i64,
    pages: i64,
    previous: Option<String>,
    next: Option<String>,
    /// Other questions that may find something.
    others: Vec<Other>,
    /// Where one may look around without a question.
    browse: Vec<Link>,
}

/// The form, filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Form {
    q: String,
    kind: String,
    author: String,
    person: String,
    said_by: String,
    from: String,
    to: String,
    sort: String,
    /// True if more than the words is filled in.
    more: bool,
    sections: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Names that are offered while an author's is typed.
    authors: Vec<String>,
}

/// Names of authors that are offered: what one scrolls through.
const AUTHORS: usize = 100;

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A word that nothing has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Gone {
    word: String,
    /// Words that are written nearly so were looked for.
    instead: bool,
}

/// Another question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Other {
    /// `unfiltered`, `unphrased`, `without`.
    kind: &'static str,
    word: String,
    url: String,
}

impl View for SearchPage {
    const TEMPLATE: &'static str = "search/page.html";

    fn samples() -> Vec<SearchPage> {
        let link = || Link { name: "Town & \"<Harbour>\"".into(), url: "/town".into() };
        let choice = || Choice { value: "town".into(), name: "Town <b>".into(), chosen: true };
        let authors = vec!["Ana \"<Ruiz>\"".into()];
        let form = Form { sections: vec![choice()], kinds: vec![choice()], authors, ..Form::default() };
        let empty = SearchPage { form: form.clone(), browse: vec![link()], ..blank() };
        let active = || {
            let (text, url) = ("Ana <Ruiz>".into(), "/search?q=x".into());
            vec![Active { field: "author", text, url, which: vec![link(), link()] }]
        };
        let form = Form { q: "\"<script>\"".into(), more: true, ..form };
        let gone = |instead| Gone { word: "<wrod>".into(), instead };
        let other = |kind| Other { kind, word: "<wrod>".into(), url: "/search?q=x".into() };
        let none = SearchPage {
            state: "none",
            form: form.clone(),
            unknown: active(),
            missing: vec![gone(false), gone(true)],
            meant: Some(link()),
            others: ["unfiltered", "unphrased", "without"].map(other).into(),
            ..empty.clone()
        };
        let line = |kind| Line {
            kind,
            url: "/town/wall".into(),
            title: vec![Piece { text: "The <old> ".into(), hit: false }, Piece { text: "<wall>".into(), hit: true }],
            excerpt: vec![Piece { text: "a < b & c".into(), hit: true }],
            language: "ar".into(),
            of: Some(link()),
            by: vec!["Ana \"Ruiz\"".into()],
            date: Some(Day { iso: "2026-11-22T10:00:00+01:00".into(), text: "22 November 2026".into() }),
            story: Some(link()),
            count: 2,
        };
        let bare = Line { of: None, by: vec![], date: None, story: None, excerpt: vec![], count: 0, ..line("page") };
        let offer = Offer { name: "Town <b>".into(), url: "/search?q=x&section=town".into(), count: 3 };
        let found = SearchPage {
            state: "found",
            form,
            active: active(),
            missing: vec![gone(true)],
            meant: Some(link()),
            total: 12_000,
            about: true,
            cut: true,
            results: ["story", "quotation", "person"].map(line).into_iter().chain([bare]).collect(),
            groups: ["kind", "section", "author", "person", "year"]
                .map(|field| Group { field, items: vec![offer.clone()] })
                .into(),
            page: 2,
            pages: 3,
            previous: Some("/search?q=x".into()),
            next: Some("/search?q=x&page=3".into()),
            ..empty.clone()
        };
        let one =
            SearchPage { about: false, total: 1, cut: false, pages: 1, previous: None, next: None, ..found.clone() };
        vec![empty.clone(), none, found, one, SearchPage { state: "away", ..empty }]
    }
}

/// Answers every question; none is an error.
pub(super) async fn show(
    State(app): State<App>,
    Extension(search): Extension<Search>,
    Extension(frame): Extension<Frame>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let question = Question::read(&query.unwrap_or_default());
    let view = answer(&app, &search, &question).await?;
    let status = if view.state == "away" { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let settings = app.settings();
    let html = app.views.render(&view, &Shell { lang: settings.language().to_owned() })?;
    let title = match question.words.as_str() {
        "" => app.messages.text(settings.language(), "site-search-title", []),
        words => app.messages.text(settings.language(), "site-search-title-for", [("words", Arg::from(words))]),
    };
    let mut response = frame.around(&app, Framed { area: "search", status, title, html }).await?;
    let headers = response.headers_mut();
    // What was taken down must be gone with the next look, and nobody's questions stay in a cache.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Ok(response.into_response())
}

async fn answer(app: &App, search: &Search, question: &Question) -> Result<SearchPage> {
    let (resolved, form, browse) = prepare(app, question).await?;
    let mut view = SearchPage {
        state: "empty",
        form,
        active: resolved.active.clone(),
        unknown: resolved.unknown.clone(),
        browse,
        ..blank()
    };
    if question.is_empty() {
        return Ok(view);
    }
    let parts = parts(&question.words);
    if !resolved.unknown.is_empty() || (parts.is_empty() && resolved.filters.is_empty()) {
        view.state = "none";
        view.others = others(question, &parts, &[]);
        return Ok(view);
    }
    let ask = Ask { parts, filters: resolved.filters, sort: question.sort, page: question.page, now: app.now() };
    let asked = ask.clone();
    let Some(found) = search.ask(move |generation| find(generation, &asked)).await? else {
        view.state = "away";
        return Ok(view);
    };
    let (keys, facets) = (found.keys.clone(), found.facets.clone());
    let read = app.db.read(move |conn| Ok((shown::read(conn, &keys)?, filters::names(conn, &facets)?)));
    let (public, names) = read.await?;
    fill(app, question, &ask.parts, found, &public, &names, &mut view);
    Ok(view)
}

fn blank() -> SearchPage {
    SearchPage {
        state: "empty",
        form: Form::default(),
        active: vec![],
        unknown: vec![],
        missing: vec![],
        meant: None,
        total: 0,
        about: false,
        cut: false,
        results: vec![],
        groups: vec![],
        page: 1,
        pages: 0,
        previous: None,
        next: None,
        others: vec![],
        browse: vec![],
    }
}

/// What the filters mean, the form, and where one may look around.
async fn prepare(app: &App, question: &Question) -> Result<(Resolved, Form, Vec<Link>)> {
    let (handle, asked) = (app.clone(), question.clone());
    let read = app.db.read(move |conn| {
        let resolved = filters::resolve(conn, &handle, &asked)?;
        Ok((resolved, published::sections(conn)?, authors::signing(conn, AUTHORS)?))
    });
    let (resolved, sections, authors) = read.await?;
    let browse = match question.is_empty() {
        true => sections.iter().map(|one| Link { name: one.name.clone(), url: format!("/{}", one.slug) }).collect(),
        false => Vec::new(),
    };
    let kind = |kind: Kind| Choice {
        value: kind.name().into(),
        name: name_of(app, kind),
        chosen: question.kind == Some(kind),
    };
    let form = Form {
        q: question.words.clone(),
        kind: question.get("kind"),
        author: question.author.clone(),
        person: question.person.clone(),
        said_by: question.said_by.clone(),
        from: question.get("from"),
        to: question.get("to"),
        sort: question.get("sort"),
        more: question.is_filtered(),
        kinds: Kind::ALL.map(kind).into(),
        authors,
        sections: sections
            .into_iter()
            .map(|one| Choice { chosen: one.slug == question.section, value: one.slug, name: one.name })
            .collect(),
    };
    Ok((resolved, form, browse))
}

fn fill(
    app: &App,
    question: &Question,
    parts: &[Part],
    found: Found,
    public: &Public,
    names: &Names,
    view: &mut SearchPage,
) {
    let keys: &[Key] = &found.keys;
    view.results = shown::lines(app, keys, public, &found.marks);
    view.missing =
        found.missing.iter().map(|one| Gone { word: one.typed.clone(), instead: !one.instead.is_empty() }).collect();
    view.meant = meant(question, &found.missing);
    view.total = i64::try_from(found.facets.total).unwrap_or(i64::MAX);
    view.about = found.facets.estimated;
    view.cut = found.cut;
    view.pages = found.pages as i64;
    view.page = found.page as i64;
    if view.results.is_empty() {
        view.state = "none";
        view.others = others(question, parts, &found.missing);
        return;
    }
    view.state = "found";
    view.groups = filters::groups(app, question, &found.facets, names);
    let turn = |page: usize| question.on_page(page).url();
    view.previous = (found.page > 1).then(|| turn(found.page - 1));
    view.next = (found.page < found.pages).then(|| turn(found.page + 1));
}

/// The question with its unknown words written as headlines and names have them.
fn meant(question: &Question, missing: &[Missing]) -> Option<Link> {
    let mut words = question.words.clone();
    for one in missing {
        words = words.replacen(&one.typed, one.name.as_ref()?, 1);
    }
    (words != question.words).then(|| Link { url: question.with("q", &words).url(), name: words })
}

/// Other questions that may find something.
fn others(question: &Question, parts: &[Part], missing: &[Missing]) -> Vec<Other> {
    let mut others = Vec::new();
    let mut offer = |kind, word: &str, url: String| others.push(Other { kind, word: word.to_owned(), url });
    if question.is_filtered() && !question.words.is_empty() {
        offer("unfiltered", "", question.unfiltered().url());
    }
    if parts.iter().any(|part| part.phrase) {
        let words: Vec<String> =
            parts.iter().map(|part| format!("{}{}", if part.not { "-" } else { "" }, part.text)).collect();
        offer("unphrased", "", question.with("q", &words.join(" ")).url());
    }
    for one in missing.iter().filter(|one| one.instead.is_empty()) {
        let rest = question.words.replacen(&one.typed, "", 1);
        if rest.chars().any(char::is_alphanumeric) {
            offer("without", &one.typed, question.with("q", &rest).url());
        }
    }
    others
}
