//! Links that show a draft to people without an account.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use onrecord_accounts::Actor;
use onrecord_base::{
    App, Error, Result,
    views::View,
    web::{Form, Moment},
};
use serde::{Deserialize, Serialize};

use super::{access, done, editor_url};
use crate::store::previews;

/// How long a link works: long enough for a lawyer to read it, short enough to be forgotten safely.
const DAYS: i64 = 7;
/// How long the link behind the desk's own "Preview" works.
const OWN: i64 = 3_600_000;

/// The page that shows a link once; only its hash is kept.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PreviewLink {
    id: String,
    headline: String,
    url: String,
    expires_at: Moment,
}

impl View for PreviewLink {
    const TEMPLATE: &'static str = "stories/preview_link.html";

    fn samples() -> Vec<PreviewLink> {
        let url = "https://news.example/preview/0123".into();
        vec![PreviewLink { id: "1".into(), headline: "Wall \"<falls>\"".into(), url, expires_at: Moment::sample() }]
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Wish {
    /// Set to look at it oneself, at once.
    open: String,
}

pub(super) async fn create(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(wish): Form<Wish>,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let (link, token, now, by) = (app.id(), app.random.token(), app.now(), actor.staff_id.clone());
    let expires = now.plus(if wish.open.is_empty() { DAYS * 24 * 3_600_000 } else { OWN });
    let kept = token.clone();
    app.db.write(move |conn| previews::create(conn, &link, &kept, &id, Some(&by), now, expires)).await?;
    if !wish.open.is_empty() {
        return Ok(Redirect::to(&format!("/preview/{token}")).into_response());
    }
    let view = PreviewLink {
        id: draft.id,
        headline: draft.content.headline,
        url: format!("{}/preview/{token}", app.settings().base_url),
        expires_at: Moment::new(&app, expires),
    };
    actor.page_with(&app, StatusCode::CREATED, &view)
}

pub(super) async fn revoke(
    State(app): State<App>,
    actor: Actor,
    Path((id, preview)): Path<(String, String)>,
) -> Result<Response> {
    access::draft(&app, &actor, &id).await?;
    let story = id.clone();
    let revoked = app.db.write(move |conn| previews::revoke(conn, &story, &preview)).await?;
    let result = if revoked { Ok(()) } else { Err(Error::NotFound) };
    done(result, &editor_url(&id), "stories-preview-revoked")
}
