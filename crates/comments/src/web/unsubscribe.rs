//! Ending the mails about answers: by the button on the page, or in one step by the mail program (RFC 8058).

use axum::{extract::Path, response::Response};
use onrecord_base::{Error, views::View};
use serde::Serialize;

use super::room::Room;
use crate::store::readers;

/// The page with the button.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Page {
    action: String,
}

impl View for Page {
    const TEMPLATE: &'static str = "comments/unsubscribe.html";

    fn samples() -> Vec<Page> {
        vec![Page { action: "/comments/unsubscribe/1".into() }]
    }
}

/// `GET /comments/unsubscribe/{token}`
pub(super) async fn show(room: Room, Path(token): Path<String>) -> Response {
    let outcome = async {
        let asked = token.clone();
        let found = room.app.db.read(move |conn| readers::by_unsubscribe(conn, &asked)).await?;
        found.ok_or(Error::NotFound)?;
        let page = Page { action: format!("/comments/unsubscribe/{token}") };
        room.page("site-comments-unsubscribe", &page).await
    };
    room.answer(outcome.await).await
}

/// `POST /comments/unsubscribe/{token}`: without a cookie, from anywhere; the secret is in the address.
pub(super) async fn create(room: Room, Path(token): Path<String>) -> Response {
    let outcome = async {
        let done = room.app.db.write(move |conn| {
            let reader = readers::by_unsubscribe(conn, &token)?.ok_or(Error::NotFound)?;
            readers::notify(conn, &reader.id, None)
        });
        done.await?;
        room.tell("site-comments-unsubscribed", "site-comments-unsubscribed-text", None).await
    };
    room.answer(outcome.await).await
}
