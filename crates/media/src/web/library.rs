//! `GET /desk/pictures`: the library, as a page or as JSON for the editor.

use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Result, views::View};
use serde::{Deserialize, Serialize};

use super::{Shown, wants_json};
use crate::store;

/// What is asked of the library.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    q: String,
    before: String,
}

/// The library's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Library {
    pictures: Vec<Shown>,
    q: String,
    /// Id after which older pictures follow.
    older: Option<String>,
    /// True on the first page.
    first: bool,
    /// Which files of the last upload were refused, and why.
    refused: Vec<String>,
    /// How many of it were taken all the same.
    taken: usize,
}

impl View for Library {
    const TEMPLATE: &'static str = "media/library.html";

    fn samples() -> Vec<Library> {
        let shown = Shown::sample();
        let bare = Shown { alt: String::new(), credited: false, ..shown.clone() };
        vec![
            Library { pictures: vec![], q: String::new(), older: None, first: true, refused: vec![], taken: 0 },
            Library {
                pictures: vec![],
                q: "<harbour>".into(),
                older: None,
                first: true,
                refused: vec!["Broken.".into(), "a<b>.png: Broken.".into()],
                taken: 2,
            },
            Library {
                pictures: vec![shown, bare],
                q: String::new(),
                older: Some("1".into()),
                first: false,
                refused: vec![],
                taken: 0,
            },
        ]
    }
}

/// Lists and searches.
pub(super) async fn get(
    State(app): State<App>,
    actor: Actor,
    Query(question): Query<Question>,
    headers: HeaderMap,
) -> Result<Response> {
    actor.may(Action::UploadPicture)?;
    let library = load(&app, question).await?;
    match wants_json(&headers) {
        true => Ok(Json(library).into_response()),
        false => actor.page(&app, &library),
    }
}

/// The library again with the reasons why files of an upload were refused, and how many were taken.
pub(super) async fn refused(
    app: &App,
    actor: &Actor,
    status: StatusCode,
    refused: Vec<String>,
    taken: usize,
) -> Result<Response> {
    let library = Library { refused, taken, ..load(app, Question::default()).await? };
    actor.page_with(app, status, &library)
}

async fn load(app: &App, Question { q, before }: Question) -> Result<Library> {
    let words = q.clone();
    let first = before.is_empty();
    let (pictures, more) = app.db.read(move |conn| store::list(conn, &words, Some(&before))).await?;
    let older = pictures.last().filter(|_| more).map(|picture| picture.id.clone());
    Ok(Library { pictures: pictures.iter().map(Shown::from).collect(), q, older, first, refused: vec![], taken: 0 })
}

impl Shown {
    pub(super) fn sample() -> Shown {
        Shown {
            id: "019aab00-0000-7000-8000-000000000001".into(),
            src: "/media/0000000000000000000000000000000000000000000000000000000000000000.jpg".into(),
            small: "/media/0000000000000000000000000000000000000000000000000000000000000000.jpg".into(),
            width: 1_200,
            height: 800,
            alt: "A wall \"of\" stone".into(),
            caption: "The harbour wall <before> the winter.".into(),
            agency: "Salt Pictures".into(),
            photographer: "Mirela Osei".into(),
            licence: "CC BY 4.0".into(),
            terms: "https://salt.example/licensing?a&b".into(),
            file_name: "wall.jpg".into(),
            credited: true,
        }
    }
}
