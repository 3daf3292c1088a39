//! `GET /search/description.xml`: how a browser offers our search by itself (OpenSearch 1.1).

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use onrecord_base::{App, Result, views::View};
use serde::Serialize;

use super::page::Shell;

#[derive(Debug, Clone, Serialize)]
pub(super) struct Description {
    /// At most 16 characters, as the format has it.
    short: String,
    name: String,
    /// The site's public address.
    url: String,
}

impl View for Description {
    const TEMPLATE: &'static str = "search/description.xml";

    fn samples() -> Vec<Description> {
        let url = "https://news.example".into();
        vec![Description { short: "The <Courier> &".into(), name: "The <Courier> & more".into(), url }]
    }
}

pub(super) async fn show(State(app): State<App>) -> Result<Response> {
    let settings = app.settings();
    let view = Description {
        short: settings.name.chars().take(16).collect::<String>().trim().to_owned(),
        name: settings.name.clone(),
        url: settings.base_url.clone(),
    };
    let xml = app.views.render(&view, &Shell { lang: settings.language().to_owned() })?;
    Ok(([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], xml).into_response())
}
