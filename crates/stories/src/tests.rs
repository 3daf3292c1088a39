//! The area's tests, on both databases.

mod desk;
mod drafts;
mod editing;
mod importing;
mod lists;
mod names;
mod overrides;
mod publishing;
mod standing;
mod views;

use http::{Method, StatusCode};
use onrecord_accounts::{
    Role,
    testing::{Answer, Browser, staff},
};
use onrecord_base::{App, views::Templates, web::errors};
use serde_json::{Value, json};

/// Every template the stories need.
const ALL: &[Templates] = &[errors::TEMPLATES, crate::TEMPLATES];

/// A browser in which somebody of this role is signed in.
async fn browser_of(app: &App, name: &str, role: Role) -> Browser {
    let (_, cookie) = staff(app, name, role).await;
    Browser::new(app, crate::routes()).signed_in(&cookie)
}

/// Begins a story as a person does, and gives its id.
async fn begin(browser: &mut Browser, list: &str) -> String {
    let answer = browser.post(list, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.strip_prefix("/desk/stories/").expect("the editor's address").to_owned()
}

/// Saves as the editor's script does.
async fn put(browser: &mut Browser, id: &str, base: i64, fields: Value, text: &str) -> (StatusCode, Value) {
    let body =
        json!({ "type": "doc", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] });
    let sent = json!({ "base_version": base, "fields": fields, "body": body }).to_string();
    put_raw(browser, id, sent.into_bytes()).await
}

async fn put_raw(browser: &mut Browser, id: &str, sent: Vec<u8>) -> (StatusCode, Value) {
    let headers =
        [("content-type", "application/json"), ("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let path = format!("/desk/stories/{id}/draft");
    let answer: Answer = browser.send(Method::PUT, &path, sent.into(), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}
