//! `PUT /desk/stories/{id}/draft` by the editor, and `POST /desk/stories/{id}` by the plain form: saving.

use axum::{
    Json,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use onrecord_accounts::{Actor, flash};
use onrecord_base::{App, Error, Result, web::forms};
use onrecord_prose::{Cleaned, Document};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    access, body,
    body::EditorForm,
    conflict, editor, editor_url,
    fields::{Fields, Form},
    staff_names, standing, to,
};
use crate::{
    Content, Draft, LARGEST_BODY,
    store::drafts::{self, How, Saved},
};

#[derive(Deserialize)]
struct Sent {
    base_version: i64,
    #[serde(default)]
    fields: Fields,
    body: Value,
}

/// Saves by itself while somebody writes.
pub(super) async fn put(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    let bytes = body::bytes(request, &app).await?;
    let draft = access::draft(&app, &actor, &id).await?;
    if bytes.len() > LARGEST_BODY + crate::content::ROOM_BESIDE {
        return Err(Error::TooLarge { limit: LARGEST_BODY as u64 });
    }
    let read = tokio::task::spawn_blocking(move || {
        let sent: Sent =
            serde_json::from_slice(&bytes).map_err(|_| Error::BadRequest("stories-draft-broken".into()))?;
        let cleaned = Document::from_value(&sent.body);
        Ok::<_, Error>((sent.base_version, sent.fields, cleaned))
    });
    let (base, fields, cleaned) = read.await.map_err(|e| Error::internal(e.to_string()))??;
    let content = match content(&app, &draft, &fields, cleaned.document) {
        Ok(content) => content,
        Err(Error::Invalid(wrong)) => {
            let errors = forms::errors(&app, &wrong);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "errors": errors }))).into_response());
        }
        Err(other) => return Err(other),
    };
    match save(&app, &actor, &id, base, content, How::Auto).await? {
        Saved::Kept(version) => {
            let changes = serde_json::to_value(&cleaned.changes).unwrap_or_default();
            let saved_at = app.now().rfc3339();
            let page = standing::after_save(&app, &actor, &id).await?;
            let answer = json!({ "version": version, "saved_at": saved_at, "changes": changes, "page": page });
            Ok(Json(answer).into_response())
        }
        Saved::Stale(theirs) => stale(&app, *theirs).await,
    }
}

/// Both versions go to the editor: it has its own, here is the other.
async fn stale(app: &App, theirs: Draft) -> Result<Response> {
    let names = staff_names(app).await?;
    let by = theirs.saved_by.as_ref().and_then(|id| names.get(id)).cloned();
    let answer = json!({
        "version": theirs.version,
        "theirs": {
            "fields": Form::of(&theirs.content, &app.settings().zone()),
            "body": theirs.content.body,
            "by": by,
            "at": theirs.saved_at.rfc3339(),
        },
    });
    Ok((StatusCode::CONFLICT, Json(answer)).into_response())
}

/// Saves a form that was sent without script.
pub(super) async fn post(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    EditorForm(fields): EditorForm,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    match save_form(&app, &actor, &draft, &fields).await? {
        FormSaved::Kept { cleaned: false, .. } => Ok(flash(to(&editor_as_sent(&id, &fields)), "ok", "stories-saved")),
        FormSaved::Kept { cleaned: true, .. } => {
            Ok(flash(to(&editor_as_sent(&id, &fields)), "warn", "stories-saved-cleaned"))
        }
        FormSaved::Shown(response) => Ok(response),
    }
}

/// The editor again, in plain text for those who sent plain text.
pub(super) fn editor_as_sent(id: &str, fields: &Fields) -> String {
    editor_url(id) + if fields.is_plain() { "?plain=1" } else { "" }
}

/// What came of saving a form.
pub(super) enum FormSaved {
    /// It was kept.
    Kept {
        /// As this version.
        version: i64,
        /// True if the text held something that no story can say, and was altered.
        cleaned: bool,
    },
    /// It was not: the page that says why, with everything that was written.
    Shown(Response),
}

/// Saves a form of the editor's page, or makes the page that says why not.
pub(super) async fn save_form(app: &App, actor: &Actor, draft: &Draft, fields: &Fields) -> Result<FormSaved> {
    let base = fields.base_version()?;
    let Cleaned { document: body, changes } = body::document(fields, &draft.content.body).await?;
    let content = match content(app, draft, fields, body.clone()) {
        Ok(content) => content,
        Err(Error::Invalid(wrong)) => {
            let page = editor::again(app, actor, draft, fields, body, &wrong).await?;
            return Ok(FormSaved::Shown(page));
        }
        Err(other) => return Err(other),
    };
    match save(app, actor, &draft.id, base, content.clone(), How::Asked).await? {
        Saved::Kept(version) => Ok(FormSaved::Kept { version, cleaned: !changes.is_empty() }),
        Saved::Stale(theirs) => conflict::show(app, actor, &content, *theirs).await.map(FormSaved::Shown),
    }
}

fn content(app: &App, draft: &Draft, fields: &Fields, body: Document) -> Result<Content> {
    let settings = app.settings();
    let mut content = draft.content.clone();
    fields.apply(&mut content, &settings.zone())?;
    content.body = body;
    content.checked(settings.language())
}

async fn save(app: &App, actor: &Actor, id: &str, base: i64, content: Content, how: How) -> Result<Saved> {
    let (id, by, now) = (id.to_owned(), actor.staff_id.clone(), app.now());
    app.db.write(move |conn| drafts::save(conn, &id, base, content, how, Some(&by), now)).await
}
