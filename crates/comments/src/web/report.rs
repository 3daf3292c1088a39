//! Reporting a comment: a word to the moderators, or a notice of illegal content under article 16 of the EU's Digital
//! Services Act, which wants a reason, a name, an address and good faith, and is acknowledged by mail.

use axum::{Json, extract::Path, response::IntoResponse, response::Response};
use http::StatusCode;
use onrecord_base::{
    Error, FieldError, Result, mail,
    views::View,
    web::{Form, forms::Errors},
};
use serde::{Deserialize, Serialize};

use super::{
    room::{Link, Room},
    write::{ground, place, shown},
};
use crate::{
    comment::{Comment, Queue, State, Why},
    mails,
    reader::folded,
    rules::REPORTS_TO_HOLD,
    store::{comments, reports},
    text,
};

/// Characters of what a report says.
const LONGEST: usize = 4_000;
/// Reasons that are offered.
const REASONS: [&str; 4] = ["abuse", "spam", "other", "illegal"];

#[derive(Debug, Clone, Serialize)]
pub(super) struct ReportPage {
    action: String,
    name: String,
    html: String,
    back: Link,
    form: Fields,
    errors: Errors,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    reason: String,
    text: String,
    name: String,
    email: String,
    good_faith: String,
}

impl View for ReportPage {
    const TEMPLATE: &'static str = "comments/report.html";

    fn samples() -> Vec<ReportPage> {
        let page = ReportPage {
            action: "/comments/1/report".into(),
            name: "Bo \"<Li>\"".into(),
            html: "<p>x</p>".into(),
            back: Link { name: "The <wall>".into(), url: "/town/wall/comments/1".into() },
            form: Fields { reason: "abuse".into(), ..Fields::default() },
            errors: Errors::new(),
        };
        let form =
            Fields { reason: "illegal".into(), text: "\"<x>".into(), good_faith: "1".into(), ..Fields::default() };
        let wrong = ["reason", "text", "name", "email", "good_faith"];
        let errors = wrong.map(|field| (field.to_owned(), "Wrong <field>".to_owned())).into();
        vec![page.clone(), ReportPage { form, errors, ..page }]
    }
}

/// `GET /comments/{id}/report`
pub(super) async fn begin(room: Room, Path(id): Path<String>) -> Response {
    let outcome = async {
        let comment = shown(&room, id).await?;
        let form = Fields { reason: "abuse".into(), ..Fields::default() };
        page(&room, &comment, form, Errors::new(), StatusCode::OK).await
    };
    room.answer(outcome.await).await
}

async fn page(room: &Room, comment: &Comment, form: Fields, errors: Errors, status: StatusCode) -> Result<Response> {
    let (story, _) = ground(room, &comment.story_id).await?;
    let view = ReportPage {
        action: format!("/comments/{}/report", comment.id),
        name: comment.name.clone(),
        html: text::html(&comment.text),
        back: Link { name: story.headline.clone(), url: place(&story, &comment.id) },
        form,
        errors,
    };
    room.page_with(status, "site-comments-report", &view).await
}

/// `POST /comments/{id}/report`
pub(super) async fn create(room: Room, Path(id): Path<String>, Form(form): Form<Fields>) -> Response {
    let outcome = async {
        let comment = shown(&room, id).await?;
        let address = room.guard.address(&room.app, &room.client).await?;
        match check(&form) {
            Err(wrong) if room.script => return Err(Error::Invalid(wrong)),
            Err(wrong) => {
                let errors = room.errors(&wrong);
                return page(&room, &comment, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
            }
            Ok(()) => room.guard.may_report(&address)?,
        }
        let legal = form.reason == "illegal";
        // One report a person; but a notice of something illegal is a thing of its own, and at one network address there
        // may be many who give one.
        let by_key = match (&room.reader, legal) {
            (Some(reader), false) => reader.id.clone(),
            (Some(reader), true) => reports::notice_key(&reader.id),
            (None, false) => address,
            (None, true) => {
                let giver = room.guard.hash(&room.app, "email", &folded(&form.email)).await?;
                format!("{}:{giver}", reports::notice_key(&address))
            }
        };
        let report = reports::Report {
            id: room.app.id(),
            comment_id: comment.id.clone(),
            at: room.app.now(),
            reason: form.reason,
            text: text::text(&form.text),
            name: if legal { text::name(&form.name) } else { String::new() },
            email: if legal { form.email.trim().to_owned() } else { String::new() },
            by_key,
            settled_at: None,
            outcome: None,
        };
        keep(&room, report).await?;
        let said = if legal { "site-comments-reported-legal" } else { "site-comments-reported-text" };
        if room.script {
            return Ok((StatusCode::CREATED, Json(serde_json::json!({ "said": room.say(said) }))).into_response());
        }
        let (story, _) = ground(&room, &comment.story_id).await?;
        let url = format!("{}/comments", story.path.trim_end_matches('/'));
        room.tell("site-comments-reported", said, Some(Link { name: story.headline, url })).await
    };
    room.answer(outcome.await).await
}

async fn keep(room: &Room, report: reports::Report) -> Result<()> {
    let now = report.at;
    room.app
        .db
        .write(move |conn| {
            let added = reports::add(conn, &report)?;
            if added && !report.email.is_empty() {
                mails::request_notice(conn, &format!("notice:{}:came", report.id), &report.id, now)?;
            }
            // Many reports take a comment out of sight until somebody decides, unless somebody already did.
            let comment = comments::find(conn, &report.comment_id)?.ok_or(Error::NotFound)?;
            if added && comment.is_shown() && comment.reports >= REPORTS_TO_HOLD && comment.staff_id.is_none() {
                comments::stand(conn, &comment, State::Held, Why::Reports, Queue::Reported, now)?;
            }
            Ok(())
        })
        .await
}

fn check(form: &Fields) -> Result<(), Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, field: &str, key: &str| {
        if !holds {
            wrong.push(FieldError::new(field, key));
        }
    };
    let legal = form.reason == "illegal";
    must(REASONS.contains(&form.reason.as_str()), "reason", "site-comments-report-reason");
    must(form.text.chars().count() <= LONGEST, "text", "site-comments-report-long");
    must(!legal || !text::text(&form.text).is_empty(), "text", "site-comments-report-why");
    must(!legal || !text::name(&form.name).is_empty(), "name", "site-comments-name-missing");
    must(!legal || mail::is_address(form.email.trim()), "email", "site-comments-email-wrong");
    must(!legal || !form.good_faith.is_empty(), "good_faith", "site-comments-report-faith");
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
