//! Writing: the page with the form, the form's target, and the way from a comment's id to its place.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use onrecord_base::{
    Error, Result,
    views::View,
    web::{Form, forms::Errors},
};
use onrecord_stories::published::Whereabouts;
use serde::{Deserialize, Serialize};

use super::room::{Link, Room};
use crate::{
    comment::Comment,
    posting::{self, Written},
    rules::{LONGEST_NAME, Mode, Rules, Who},
    store::{comments, passkeys, settings},
    text,
};

/// The form.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WritePage {
    story: Link,
    action: String,
    /// What is answered.
    parent: Option<Answered>,
    /// Who is signed in.
    reader: Option<String>,
    /// Whether an address is asked for.
    email_wanted: bool,
    held: bool,
    longest: i64,
    longest_name: usize,
    form: Fields,
    errors: Errors,
}

#[derive(Debug, Clone, Serialize)]
struct Answered {
    id: String,
    name: String,
    html: String,
}

/// What the form holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    parent: String,
    name: String,
    email: String,
    text: String,
    notify: String,
    /// A field that people do not see and leave empty.
    website: String,
}

impl View for WritePage {
    const TEMPLATE: &'static str = "comments/write.html";

    fn samples() -> Vec<WritePage> {
        let page = WritePage {
            story: Link { name: "The <wall>".into(), url: "/town/wall".into() },
            action: "/comments/on/1".into(),
            parent: None,
            reader: None,
            email_wanted: false,
            held: false,
            longest: 5000,
            longest_name: LONGEST_NAME,
            form: Fields::default(),
            errors: Errors::new(),
        };
        let parent = Some(Answered { id: "2".into(), name: "Bo \"<Li>\"".into(), html: "<p>x</p>".into() });
        let errors = ["name", "email", "text"].map(|field| (field.to_owned(), "Wrong <field>".to_owned())).into();
        vec![
            page.clone(),
            WritePage { parent, email_wanted: true, held: true, errors, ..page.clone() },
            WritePage { reader: Some("Ana".into()), ..page },
        ]
    }
}

/// `GET /comments/on/{story}`
pub(super) async fn begin(room: Room, Path(story): Path<String>) -> Response {
    let outcome = form(&room, &story, Fields::default(), Errors::new(), StatusCode::OK).await;
    room.answer(outcome).await
}

/// `GET /comments/{id}/reply`
pub(super) async fn reply(room: Room, Path(id): Path<String>) -> Response {
    let outcome = async {
        let comment = shown(&room, id).await?;
        let fields = Fields { parent: comment.id, ..Fields::default() };
        form(&room, &comment.story_id, fields, Errors::new(), StatusCode::OK).await
    };
    room.answer(outcome.await).await
}

/// `GET /comments/{id}`: to where it stands, whatever the story's address is by now.
pub(super) async fn lead(room: Room, Path(id): Path<String>) -> Response {
    let outcome = async {
        let comment = shown(&room, id).await?;
        let (story, _) = ground(&room, &comment.story_id).await?;
        Ok(Redirect::to(&format!("{}#c-{}", place(&story, &comment.id), comment.id)).into_response())
    };
    room.answer(outcome.await).await
}

/// `POST /comments/on/{story}`
pub(super) async fn create(room: Room, Path(story): Path<String>, Form(fields): Form<Fields>) -> Response {
    let outcome = post(&room, &story, fields).await;
    room.answer(outcome).await
}

async fn post(room: &Room, story: &str, fields: Fields) -> Result<Response> {
    if !fields.website.is_empty() {
        // Filled in by a machine, which is told nothing it could learn from.
        return Err(Error::refused("site-comments-machine"));
    }
    let written = Written {
        story: story.to_owned(),
        parent: (!fields.parent.is_empty()).then(|| fields.parent.clone()),
        name: room.reader.as_ref().map_or_else(|| fields.name.clone(), |reader| reader.name.clone()),
        email: fields.email.clone(),
        text: fields.text.clone(),
        notify: !fields.notify.is_empty(),
    };
    match posting::post(&room.app, &room.guard, written, room.reader.as_ref(), &room.client).await {
        Ok(posted) => {
            let own = format!("/comments/{}/own/{}", posted.id, posted.token);
            if room.script {
                let state = posted.state.name();
                let said = room.say(&format!("site-comments-posted-{state}"));
                let body = serde_json::json!({ "id": posted.id, "state": state, "said": said, "own": own });
                return Ok((StatusCode::CREATED, Json(body)).into_response());
            }
            Ok(Redirect::to(&own).into_response())
        }
        Err(Error::Invalid(wrong)) if !room.script => {
            let errors = room.errors(&wrong);
            form(room, story, fields, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error),
    }
}

async fn form(room: &Room, story: &str, fields: Fields, errors: Errors, status: StatusCode) -> Result<Response> {
    let (place, rules) = ground(room, story).await?;
    match rules.mode_at(place.published_at, room.app.now()) {
        Mode::Off => return Err(Error::refused("site-comments-off")),
        Mode::Closed => return Err(Error::refused("site-comments-closed")),
        _ => {}
    }
    if rules.who == Who::Passkey
        && let Some(elsewhere) = without_passkey(room, story, &fields.parent).await?
    {
        return Ok(elsewhere);
    }
    let parent = match fields.parent.as_str() {
        "" => None,
        id => Some(shown(room, id.to_owned()).await?),
    };
    let view = WritePage {
        action: format!("/comments/on/{}", place.id),
        parent: parent.map(|parent| Answered { html: text::html(&parent.text), id: parent.id, name: parent.name }),
        reader: room.reader.as_ref().map(|reader| reader.name.clone()),
        email_wanted: room.reader.is_none() && rules.who == Who::Email,
        held: rules.mode != Mode::Open,
        longest: rules.longest,
        longest_name: LONGEST_NAME,
        story: Link { name: place.headline, url: place.path },
        form: fields,
        errors,
    };
    room.page_with(status, "site-comments-write", &view).await
}

/// Where to go first, for who has no passkey and needs one to write.
async fn without_passkey(room: &Room, story: &str, parent: &str) -> Result<Option<Response>> {
    let Some(reader) = &room.reader else {
        let back = if parent.is_empty() { format!("on/{story}") } else { format!("{parent}/reply") };
        return Ok(Some(Redirect::to(&format!("/comments/sign-in?back=/comments/{back}")).into_response()));
    };
    let id = reader.id.clone();
    if room.app.db.read(move |conn| passkeys::any(conn, &id)).await? {
        return Ok(None);
    }
    let back = Link { name: room.say("site-comments-me"), url: "/comments/me".into() };
    room.tell("site-comments-write", "site-comments-passkey-needed", Some(back)).await.map(Some)
}

/// The comment with this id, if readers see it.
pub(super) async fn shown(room: &Room, id: String) -> Result<Comment> {
    let found = room.app.db.read(move |conn| comments::find(conn, &id)).await?;
    found.filter(Comment::is_shown).ok_or(Error::NotFound)
}

/// The story and the rules there.
pub(super) async fn ground(room: &Room, story: &str) -> Result<(Whereabouts, Rules)> {
    let story = story.to_owned();
    room.app.db.read(move |conn| settings::rules_at(conn, &story)).await?.ok_or(Error::NotFound)
}

/// The page of a comment.
pub(super) fn place(story: &Whereabouts, id: &str) -> String {
    format!("{}/comments/{id}", story.path.trim_end_matches('/'))
}
