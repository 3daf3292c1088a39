//! `GET /search/description.xml`: how a browser offers our search by itself (OpenSearch 1.1).

use axum::{extract::State, response::Response};
use http::HeaderMap;
use onrecord_base::{App, Result, views::View, web::conditional};
use serde::Serialize;

use super::page::Shell;

/// Characters of the short name, as the format has it.
const SHORT: usize = 16;

#[derive(Debug, Clone, Serialize)]
pub(super) struct Description {
    /// At most [`SHORT`] characters.
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

pub(super) async fn show(State(app): State<App>, asked: HeaderMap) -> Result<Response> {
    let settings = app.settings();
    let view =
        Description { short: short(&settings.name), name: settings.name.clone(), url: settings.base_url.clone() };
    let xml = app.views.render(&view, &Shell { lang: settings.language().to_owned() })?;
    Ok(conditional::answer(&asked, "application/opensearchdescription+xml; charset=utf-8", xml))
}

/// As many words of a name as there is room for; a part of the first where it has none.
fn short(name: &str) -> String {
    let name = name.trim();
    let cut: String = name.chars().take(SHORT).collect();
    let whole = name[cut.len()..].chars().next().is_none_or(char::is_whitespace);
    let end = if whole { None } else { cut.rfind(char::is_whitespace) };
    cut[..end.unwrap_or(cut.len())].trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_ends_with_a_word() {
        for (name, expected) in [
            ("The Ellery Courant", "The Ellery"),
            ("The Daily Courier of Ellery", "The Daily"),
            ("Port Ellery News of Today", "Port Ellery News"),
            ("Courant", "Courant"),
            (" Grüße aus Übersee ", "Grüße aus"),
            ("Donaudampfschifffahrt", "Donaudampfschiff"),
            ("", ""),
        ] {
            assert_eq!(short(name), expected);
            assert!(short(name).chars().count() <= SHORT);
        }
    }
}
