//! `POST /desk/pictures`: files come in, from the editor or from the library's form.

use axum::{
    Json,
    extract::{Multipart, State, multipart::Field},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, FieldError, Result};

use super::{AT_ONCE, Shown, library, refused, sentence, wants_json};
use crate::{MAX_BYTES, NewPicture, Picture, ingest};

/// Takes the files. The editor sends one and gets it back as JSON; the form sends several and comes back to the page.
pub(super) async fn post(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response> {
    actor.may(Action::UploadPicture)?;
    let json = wants_json(&headers);
    match take(&app, &actor, form).await {
        Ok(pictures) => Ok(answer(&pictures, json)),
        Err(error) if json => Ok(refused(&app, error)),
        Err(Error::Invalid(fields)) => {
            let text: Vec<String> = fields.iter().map(|field| sentence(&app, field)).collect();
            library::refused(&app, &actor, StatusCode::UNPROCESSABLE_ENTITY, text.join(" ")).await
        }
        Err(Error::TooLarge { limit }) => {
            let text = sentence(&app, &FieldError::new("file", "media-too-large").arg("most", limit / (1024 * 1024)));
            library::refused(&app, &actor, StatusCode::PAYLOAD_TOO_LARGE, text).await
        }
        Err(error) => Err(error),
    }
}

fn answer(pictures: &[Picture], json: bool) -> Response {
    match pictures {
        [picture, ..] if json => {
            let place = format!("/desk/pictures/{}", picture.id);
            (StatusCode::CREATED, [(header::LOCATION, place)], Json(Shown::from(picture))).into_response()
        }
        [picture] => flash(Redirect::to(&format!("/desk/pictures/{}", picture.id)), "ok", "media-added"),
        _ => flash(Redirect::to("/desk/pictures"), "ok", "media-added-several"),
    }
}

/// Reads the form and takes each file as it comes, so that at most one is held in memory. Texts (`alt`, `caption`,
/// `agency`, `photographer`, `licence`, `terms`) that stand before a file are its own and those of the files after it.
async fn take(app: &App, actor: &Actor, mut form: Multipart) -> Result<Vec<Picture>> {
    let mut new = NewPicture { uploaded_by: Some(actor.staff_id.clone()), ..NewPicture::default() };
    let mut pictures = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            new.file_name = field.file_name().unwrap_or_default().to_owned();
            let bytes = bytes(field).await?;
            // What browsers send for a file field that was left empty.
            if bytes.is_empty() && new.file_name.is_empty() {
                continue;
            }
            if pictures.len() == AT_ONCE {
                return Err(Error::Invalid(vec![FieldError::new("file", "media-too-many").arg("most", AT_ONCE)]));
            }
            pictures.push(ingest(app, bytes, new.clone()).await?);
            continue;
        }
        let text = field.text().await.map_err(|e| unreadable(&e))?;
        match name.as_str() {
            "alt" => new.alt = text,
            "caption" => new.caption = text,
            "agency" => new.agency = text,
            "photographer" => new.photographer = text,
            "licence" => new.licence = text,
            "terms" => new.terms = text,
            _ => {}
        }
    }
    if pictures.is_empty() {
        return Err(Error::field("file", "media-no-file"));
    }
    Ok(pictures)
}

async fn bytes(mut field: Field<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err(Error::TooLarge { limit: MAX_BYTES as u64 });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn unreadable(error: &axum::extract::multipart::MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: MAX_BYTES as u64 },
        _ => Error::BadRequest("base-form-incomplete".into()),
    }
}
