//! `/desk/pictures/{id}`: one picture, and what the newsroom says about it.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, Result, views::View, web::Form};
use serde::Serialize;

use super::{Shown, refused, sentence, wants_json};
use crate::{Credits, Picture, Rendition, store};

/// Width of the picture whose address is given for a logo: it stands on every page, at most 5rem high.
const LOGO_WIDTH: u32 = 640;

/// One picture's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Page {
    picture: Shown,
    may_edit: bool,
    /// When it came, for machines and for people.
    added: String,
    added_text: String,
    format: String,
    kilobytes: u64,
    /// Sizes of the original and of what readers get.
    original: (u32, u32),
    widths: Vec<u32>,
    /// Where browsers get it: for a logo.
    address: Option<String>,
    errors: BTreeMap<String, String>,
}

impl View for Page {
    const TEMPLATE: &'static str = "media/picture.html";

    fn samples() -> Vec<Page> {
        let page = Page {
            picture: Shown::sample(),
            may_edit: true,
            added: "2026-11-22T10:00:00Z".into(),
            added_text: "2026-11-22 10:00".into(),
            format: "jpeg".into(),
            kilobytes: 812,
            original: (6000, 4000),
            widths: vec![320, 480],
            address: Some("/media/ab.jpg".into()),
            errors: BTreeMap::new(),
        };
        let bare = Shown { credited: false, alt: String::new(), file_name: String::new(), ..Shown::sample() };
        vec![
            Page { errors: BTreeMap::from([("alt".into(), "Too long.".into())]), ..page.clone() },
            Page { picture: bare, may_edit: false, ..page },
        ]
    }
}

/// Shows it.
pub(super) async fn get(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    actor.may(Action::UploadPicture)?;
    let picture = find(&app, id).await?;
    match wants_json(&headers) {
        true => Ok(Json(Shown::from(&picture)).into_response()),
        false => actor.page(&app, &page(&app, &actor, &picture)),
    }
}

/// Describes it: everybody their own, editors all.
pub(super) async fn post(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(credits): Form<Credits>,
) -> Result<Response> {
    let picture = find(&app, id).await?;
    if !may_edit(&actor, &picture) {
        return Err(Error::Forbidden);
    }
    let json = wants_json(&headers);
    let tidied = match credits.tidied() {
        Ok(tidied) => tidied,
        Err(error) if json => return Ok(refused(&app, error)),
        Err(Error::Invalid(fields)) => {
            let errors = fields.iter().map(|field| (field.field.clone(), sentence(&app, field))).collect();
            let Credits { alt, caption, agency, photographer, licence, terms } = credits;
            let picture = Picture { alt, caption, agency, photographer, licence, terms, ..picture };
            let page = Page { errors, ..page(&app, &actor, &picture) };
            return actor.page_with(&app, StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return Err(error),
    };
    let (id, now) = (picture.id.clone(), app.now());
    app.db.write(move |conn| store::describe(conn, &id, &tidied, now)).await?;
    if json {
        return Ok(Json(Shown::from(&find(&app, picture.id).await?)).into_response());
    }
    Ok(flash(Redirect::to(&format!("/desk/pictures/{}", picture.id)), "ok", "media-saved"))
}

async fn find(app: &App, id: String) -> Result<Picture> {
    app.db.read(move |conn| store::find(conn, &id)).await?.ok_or(Error::NotFound)
}

fn may_edit(actor: &Actor, picture: &Picture) -> bool {
    let own = picture.uploaded_by.as_ref() == Some(&actor.staff_id);
    actor.can(Action::ManagePictures) || own && actor.can(Action::UploadPicture)
}

fn page(app: &App, actor: &Actor, picture: &Picture) -> Page {
    let local = picture.created_at.in_zone(&app.settings().zone());
    Page {
        picture: Shown::from(picture),
        may_edit: may_edit(actor, picture),
        added: picture.created_at.rfc3339(),
        added_text: local.strftime("%Y-%m-%d %H:%M").to_string(),
        format: picture.format.to_uppercase(),
        kilobytes: picture.bytes.div_ceil(1024),
        original: (picture.width, picture.height),
        address: picture.nearest(LOGO_WIDTH).map(Rendition::url),
        widths: picture.view().srcset.into_iter().map(|(_, width)| width).collect(),
        errors: BTreeMap::new(),
    }
}
