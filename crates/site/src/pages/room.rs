//! The site's frame around what another area has to say to one reader. Never kept.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use onrecord_base::{
    App, Result,
    web::{Frame, Framed},
};

use super::maker::Maker;
use crate::{
    Edition,
    edition::page::security,
    views::{Head, Room, RoomView},
};

/// The way into the frame, for areas that stand before the site.
pub fn frame(edition: &Edition) -> Frame {
    let edition = edition.clone();
    Frame::new(move |app, framed| around(app, edition.clone(), framed))
}

async fn around(app: App, edition: Edition, framed: Framed) -> Result<Response> {
    let theme: Arc<_> = edition.themes().current();
    let status = framed.status;
    let handle = app.clone();
    let draft = app.db.read(move |conn| {
        let maker = Maker::new(conn, &handle, &theme);
        let head = Head { robots: Some("noindex"), ..maker.head("room", &framed.title, None) };
        maker.page(&RoomView { room: Room { area: framed.area, html: framed.html } }, &head)
    });
    let draft = draft.await?;
    let mut response = (status, draft.body).into_response();
    let headers = response.headers_mut();
    for (name, value) in security() {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(draft.media));
    Ok(response)
}
