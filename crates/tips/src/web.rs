//! What sources meet, below `/tip`, and what the desk does, below `/desk/tips`.

mod attached;
mod challenge;
mod channels;
mod desk;
mod door;
mod envelopes;
mod form;
mod page;
mod pieces;
mod returning;
mod thread;
mod uploads;

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, header};
use onrecord_base::{App, views::Templates, web::Frame};

pub use door::{LANGUAGES, POLICY};
pub(crate) use uploads::Uploads;

use crate::{Guard, line::MOST_BYTES, stack};

/// Bytes of a form without a script: its files, and what a form wraps them in.
const LARGEST_FORM: usize = MOST_BYTES as usize + 1024 * 1024;

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("tips/tip.html", include_str!("../templates/tip.html")),
    ("tips/return.html", include_str!("../templates/return.html")),
    ("tips/done.html", include_str!("../templates/done.html")),
    ("tips/languages.html", include_str!("../templates/languages.html")),
    ("tips/opening.html", include_str!("../templates/opening.html")),
    ("tips/said.html", include_str!("../templates/said.html")),
    ("tips/data.html", include_str!("../templates/data.html")),
    ("tips/writing.html", include_str!("../templates/writing.html")),
    ("tips/outcome.html", include_str!("../templates/outcome.html")),
    ("tips/channels.html", include_str!("../templates/channels.html")),
    ("tips/ways.html", include_str!("../templates/ways.html")),
    ("tips/protection.html", include_str!("../templates/protection.html")),
    ("tips/script.html", include_str!("../templates/script.html")),
    ("tips/inbox.html", include_str!("../templates/inbox.html")),
    ("tips/one.html", include_str!("../templates/one.html")),
    ("tips/keys.html", include_str!("../templates/keys.html")),
    ("tips/destruction.html", include_str!("../templates/destruction.html")),
];

/// The routes for sources, in the site's frame. No cookie is read or set here, so there is nothing that a forged request
/// could use; the binary merges them behind no layer that writes anything down, and with longer limits of time.
pub fn routes(frame: Frame, guard: Guard) -> Router<App> {
    Router::new()
        .route("/tip", get(page::show).post(form::create))
        .route("/tip/", get(page::moved))
        .route("/tip/return", get(returning::show).post(returning::open))
        .route("/tip/return/file", post(attached::create))
        .route("/tip/keys", get(challenge::keys))
        .route("/tip/challenge", get(challenge::show))
        .route("/tip/envelopes", post(envelopes::create))
        .route("/tip/uploads", post(uploads::create))
        .route("/tip/uploads/{id}/head", post(uploads::finish))
        .route("/tip/uploads/{id}/{offset}", post(uploads::add))
        .route("/tip/thread", post(thread::show))
        .route("/tip/thread/{sequence}", post(thread::body))
        .route("/tip/assets/tip.css", get(style))
        .merge(channels::routes())
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(Extension(frame))
        .layer(Extension(guard))
        .layer(middleware::from_fn(stack::wiped))
}

/// The routes of the desk.
pub fn desk_routes() -> Router<App> {
    desk::routes()
}

/// For all that is answered below `/tip`, by whatever route or none: nobody keeps it, no other page is told of it, and
/// nothing in it tells a second visit from a first.
pub async fn unkept(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let ours = path.strip_prefix("/tip").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let mut response = next.run(request).await;
    if ours {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.remove(header::ETAG);
        headers.remove(header::LAST_MODIFIED);
    }
    response
}

async fn style() -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    ([kind], include_str!("../assets/tip.css")).into_response()
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(crate) fn rendered_samples(app: &App, shell: &impl serde::Serialize) -> Vec<String> {
    fn all<V: onrecord_base::views::View>(app: &App, shell: &impl serde::Serialize) -> Vec<String> {
        V::samples().iter().map(|view| app.views.render(view, shell).expect(V::TEMPLATE)).collect()
    }
    [
        all::<page::TipPage>(app, shell),
        all::<returning::ReturnPage>(app, shell),
        all::<form::DonePage>(app, shell),
        desk::rendered_samples(app, shell),
    ]
    .concat()
}
