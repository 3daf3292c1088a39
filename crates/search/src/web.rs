//! What readers ask and are answered: `/search`, what is suggested while they type, and how a browser asks us itself.

mod description;
mod filters;
mod page;
mod suggestions;

use axum::{Extension, Router, routing::get};
use onrecord_base::{App, views::Templates, web::Frame};

use crate::Search;

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("search/page.html", include_str!("../templates/page.html")),
    ("search/description.xml", include_str!("../templates/description.xml")),
];

/// All routes of this area. What readers see is put into `frame`.
pub fn routes(frame: Frame, search: Search) -> Router<App> {
    Router::new()
        .route("/search", get(page::show))
        .route("/search/suggest", get(suggestions::show))
        .route("/search/description.xml", get(description::show))
        .layer(Extension(frame))
        .layer(Extension(search))
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(crate) fn rendered_samples(app: &App, lang: &str) -> Vec<String> {
    use onrecord_base::views::View;
    fn all<V: View>(app: &App, lang: &str) -> Vec<String> {
        let shell = page::Shell { lang: lang.into() };
        V::samples().iter().map(|view| app.views.render(view, &shell).expect(V::TEMPLATE)).collect()
    }
    [all::<page::SearchPage>(app, lang), all::<description::Description>(app, lang)].concat()
}
