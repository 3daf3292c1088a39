//! What browsers say, at `/api/next`, and the desk's pages at `/desk/next` and `/desk/stories/{id}/next`.

mod beacon;
mod desk;
mod story;
mod trial;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use onrecord_base::{App, views::Templates};

use crate::Next;

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("next/desk.html", include_str!("../templates/desk.html")),
    ("next/story.html", include_str!("../templates/story.html")),
];

/// All routes of this area.
pub fn routes(next: &Next) -> Router<App> {
    let said = Router::new()
        .route("/api/next", post(beacon::create))
        .layer(DefaultBodyLimit::max(beacon::LARGEST))
        .layer(Extension(beacon::Limits::default()));
    Router::new()
        .merge(said)
        .route("/desk/next", get(desk::show).post(desk::save))
        .route("/desk/next/trial", post(trial::begin))
        .route("/desk/next/trial/end", post(trial::end))
        .route("/desk/stories/{id}/next", get(story::show))
        .route("/desk/stories/{id}/next/pins", post(story::pin))
        .route("/desk/stories/{id}/next/excludes", post(story::exclude))
        .route("/desk/stories/{id}/next/releases", post(story::release))
        .route("/desk/stories/{id}/next/withheld", post(story::withhold))
        .layer(Extension(next.clone()))
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(crate) fn rendered_samples(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
    fn all<V: onrecord_base::views::View>(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
        V::samples().iter().map(|view| app.views.render(view, chrome).expect(V::TEMPLATE)).collect()
    }
    [all::<desk::DeskPage>(app, chrome), all::<story::StoryPage>(app, chrome)].concat()
}
