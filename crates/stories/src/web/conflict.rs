//! A stale save of the plain form: both versions beside one another, and a way to keep either.

use axum::response::Response;
use http::StatusCode;
use onrecord_accounts::Actor;
use onrecord_base::{App, Error, Result, views::View, web::Moment};
use serde::Serialize;

use super::{fields::Form, staff_names};
use crate::{
    Content, Draft,
    compare::{self, Part},
};

/// The page that shows both.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Conflict {
    id: String,
    /// The version that stands now; keeping one's own replaces it.
    version: i64,
    by: Option<String>,
    /// True if the other version is of the same person, from another window.
    own: bool,
    at: Moment,
    /// What differs, field by field.
    parts: Vec<Part>,
    form: Form,
    body: String,
}

impl View for Conflict {
    const TEMPLATE: &'static str = "stories/conflict.html";

    fn samples() -> Vec<Conflict> {
        let sample = Conflict {
            id: "1".into(),
            version: 7,
            own: false,
            by: Some("Tomas \"<Lind>\"".into()),
            at: Moment::sample(),
            parts: compare::sample(),
            form: Form::default(),
            body: "{}".into(),
        };
        let own = Conflict { own: true, ..sample.clone() };
        vec![Conflict { by: None, parts: Vec::new(), ..sample.clone() }, own, sample]
    }
}

pub(super) async fn show(app: &App, actor: &Actor, mine: &Content, theirs: Draft) -> Result<Response> {
    let names = staff_names(app).await?;
    let zone = app.settings().zone();
    let (by, at) = (theirs.saved_by, Moment::new(app, theirs.saved_at));
    let (old, new) = (theirs.content, mine.clone());
    // Comparing large texts takes a while; others are answered meanwhile.
    let compared = tokio::task::spawn_blocking(move || {
        (compare::contents(&old, &new, &zone), Form::of(&new, &zone), new.body.to_json())
    });
    let (parts, form, body) = compared.await.map_err(|e| Error::internal(e.to_string()))?;
    let own = by.as_ref() == Some(&actor.staff_id);
    let by = by.as_ref().and_then(|id| names.get(id)).cloned();
    let view = Conflict { by, own, at, parts, form, body, id: theirs.id, version: theirs.version };
    actor.page_with(app, StatusCode::CONFLICT, &view)
}
