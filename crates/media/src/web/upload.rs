//! `POST /desk/pictures`: files come in, from the editor or from the library's form.

use std::time::Duration;

use axum::{
    Json,
    extract::{Multipart, State, multipart::Field},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, FieldError, Result};

use super::{AT_ONCE, MOST, Shown, library, said, wants_json};
use crate::{MAX_BYTES, NewPicture, Picture, ingest};

/// How long what is not taken is read: some hundred megabytes from a slow line.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes the files. The editor sends one and gets it back as JSON; the form sends several and comes back to the page.
pub(super) async fn post(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response> {
    actor.may(Action::UploadPicture)?;
    let json = wants_json(&headers);
    let Taken { pictures, mut refused } = take(&app, &actor, form).await?;
    if refused.is_empty() {
        return Ok(answer(&pictures, json));
    }
    if json {
        return Ok(super::refused(&app, refused.swap_remove(0).1));
    }
    let (status, _) = said(&app, &refused[0].1)?;
    let whys = refused.iter().map(|(file, error)| {
        let (_, why) = said(&app, error)?;
        Ok(if file.is_empty() { why } else { format!("{file}: {why}") })
    });
    library::refused(&app, &actor, status, whys.collect::<Result<_>>()?, pictures.len()).await
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

/// What became of the files of a form.
struct Taken {
    pictures: Vec<Picture>,
    /// Names of those that were not taken, and why.
    refused: Vec<(String, Error)>,
}

/// Reads the form and takes each file as it comes, so that at most one is held in memory; one that is refused holds up no
/// other. Texts (`alt`, `caption`, `agency`, `photographer`, `licence`, `terms`) that stand before a file are its own and
/// those of the files after it.
async fn take(app: &App, actor: &Actor, mut form: Multipart) -> Result<Taken> {
    let mut new = NewPicture { uploaded_by: Some(actor.staff_id.clone()), ..NewPicture::default() };
    let mut taken = Taken { pictures: Vec::new(), refused: Vec::new() };
    loop {
        let field = match form.next_field().await.map_err(|e| unreadable(&e)) {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if is_too_much(&error) => {
                taken.refused.push((String::new(), too_much()));
                break;
            }
            Err(error) => return Err(error),
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            new.file_name = field.file_name().unwrap_or_default().to_owned();
            let bytes = bytes(field).await;
            // What browsers send for a file field that was left empty.
            if new.file_name.is_empty() && bytes.as_ref().is_ok_and(Vec::is_empty) {
                continue;
            }
            if taken.pictures.len() + taken.refused.len() == AT_ONCE {
                let error = FieldError::new("file", "media-too-many").arg("most", AT_ONCE);
                taken.refused.push((String::new(), Error::Invalid(vec![error])));
                break;
            }
            if bytes.as_ref().is_err_and(is_too_much) {
                taken.refused.push((new.file_name.clone(), too_much()));
                break;
            }
            let picture = match bytes {
                Ok(bytes) => ingest(app, bytes, new.clone()).await,
                Err(error) => Err(error),
            };
            match picture {
                Ok(picture) => taken.pictures.push(picture),
                Err(error @ (Error::Invalid(_) | Error::TooLarge { .. })) => {
                    taken.refused.push((new.file_name.clone(), error));
                }
                Err(error) => return Err(error),
            }
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
    read_to_the_end(&mut form).await;
    if taken.pictures.is_empty() && taken.refused.is_empty() {
        taken.refused.push((String::new(), Error::field("file", "media-no-file")));
    }
    Ok(taken)
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
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: MOST as u64 },
        _ => Error::BadRequest("base-form-incomplete".into()),
    }
}

/// True if it is not a file that is too large, but all of them together.
fn is_too_much(error: &Error) -> bool {
    matches!(error, Error::TooLarge { limit } if *limit == MOST as u64)
}

fn too_much() -> Error {
    Error::Invalid(vec![FieldError::new("file", "media-too-much").arg("most", MOST / (1024 * 1024))])
}

/// Browsers show no answer before they have sent everything: without this it would be a broken connection.
async fn read_to_the_end(form: &mut Multipart) {
    let reading = async {
        loop {
            match form.next_field().await {
                Ok(Some(_)) => {}
                Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {}
                Ok(None) | Err(_) => break,
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, reading).await;
}
