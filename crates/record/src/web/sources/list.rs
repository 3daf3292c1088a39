//! `GET /desk/sources`: the sources, as a page or as JSON for the editor.

use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::HeaderMap;
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Result, views::View, web::Moment};
use serde::{Deserialize, Serialize};

use super::{Brief, kind_key};
use crate::{
    SourceKind,
    store::sources::{self, Narrow, SourceLine},
    web::desk::{LAST_PAGE, PAGE, say, staff_names, wants_json},
};

/// Sources that a script gets at once: what fits below a field.
const SUGGESTED: usize = 50;

/// The sources.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourcesPage {
    sources: Vec<Line>,
    q: String,
    kind: String,
    /// Value and text of each kind, all of them first.
    kinds: Vec<(String, String)>,
    newer: Option<usize>,
    older: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    title: String,
    kind_text: String,
    /// The host of its address, or its file's name.
    from: String,
    at: Moment,
    by: String,
    confidential: bool,
    uses: i64,
}

impl View for SourcesPage {
    const TEMPLATE: &'static str = "record/sources.html";

    fn samples() -> Vec<SourcesPage> {
        let line = Line {
            id: "1".into(),
            title: "Filing \"<12>\"".into(),
            kind_text: "Document".into(),
            from: "filing.pdf".into(),
            at: Moment::sample(),
            by: "Ana".into(),
            confidential: true,
            uses: 2,
        };
        let bare = Line {
            title: String::new(),
            from: String::new(),
            by: String::new(),
            confidential: false,
            uses: 0,
            ..line.clone()
        };
        let kinds = vec![(String::new(), "All".into()), ("url".into(), "Page".into())];
        let empty =
            SourcesPage { sources: vec![], q: String::new(), kind: String::new(), kinds, newer: None, older: None };
        vec![
            SourcesPage { sources: vec![line, bare], q: "<f".into(), newer: Some(1), older: Some(3), ..empty.clone() },
            SourcesPage { kind: "url".into(), ..empty.clone() },
            empty,
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    q: String,
    kind: String,
    page: usize,
}

pub(super) async fn index(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    let json = wants_json(&headers);
    let (page, limit) = if json { (1, SUGGESTED) } else { (question.page.clamp(1, LAST_PAGE), PAGE + 1) };
    let narrow =
        Narrow { words: question.q.clone(), kind: SourceKind::parse(&question.kind), ..Narrow::seen_by(&actor) };
    let mut lines = app.db.read(move |conn| sources::list(conn, &narrow, (page - 1) * PAGE, limit)).await?;
    let names = staff_names(&app).await?;
    let name = |line: &SourceLine| names.get(&line.captured_by).cloned().unwrap_or_default();
    if json {
        let briefs: Vec<Brief> = lines.into_iter().map(|line| Brief::of(line.clone(), &name(&line))).collect();
        return Ok(Json(briefs).into_response());
    }
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let kinds = SourceKind::ALL.map(|kind| (kind.as_str().to_owned(), say(&app, &kind_key(kind))));
    let all = (String::new(), say(&app, "record-kind-all"));
    let view = SourcesPage {
        sources: lines.iter().map(|line| shown(&app, line, name(line))).collect(),
        q: question.q,
        kind: question.kind,
        kinds: std::iter::once(all).chain(kinds).collect(),
        newer: (page > 1).then(|| page - 1),
        older: more.then_some(page + 1),
    };
    actor.page(&app, &view)
}

fn shown(app: &App, line: &SourceLine, by: String) -> Line {
    let host = url::Url::parse(&line.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    Line {
        id: line.id.clone(),
        title: line.title.clone(),
        kind_text: say(app, &kind_key(line.kind)),
        from: host.unwrap_or_else(|| line.file_name.clone()),
        at: Moment::new(app, line.captured_at),
        by,
        confidential: line.confidential,
        uses: line.uses,
    }
}
