//! What readers do, below `/comments`, and what moderators do, below `/desk/comments`.

mod desk;
mod me;
mod own;
mod passkeys;
mod report;
mod respect;
mod room;
mod sign_in;
mod unsubscribe;
mod write;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use onrecord_base::{App, views::Templates, web::Frame};

use crate::Guard;

/// Bytes of a form of readers: the longest text in four bytes a character, each written as three in a form.
const LARGEST: usize = 256 * 1024;

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("comments/fields.html", include_str!("../templates/fields.html")),
    ("comments/write.html", include_str!("../templates/write.html")),
    ("comments/own.html", include_str!("../templates/own.html")),
    ("comments/report.html", include_str!("../templates/report.html")),
    ("comments/sign_in.html", include_str!("../templates/sign_in.html")),
    ("comments/me.html", include_str!("../templates/me.html")),
    ("comments/unsubscribe.html", include_str!("../templates/unsubscribe.html")),
    ("comments/said.html", include_str!("../templates/said.html")),
    ("comments/queue.html", include_str!("../templates/queue.html")),
    ("comments/one.html", include_str!("../templates/one.html")),
    ("comments/card.html", include_str!("../templates/card.html")),
    ("comments/log.html", include_str!("../templates/log.html")),
    ("comments/rules.html", include_str!("../templates/rules.html")),
];

/// All routes of this area. What readers see is put into `frame`.
pub fn routes(frame: Frame) -> Router<App> {
    let readers = Router::new()
        .route("/comments/on/{story}", get(write::begin).post(write::create))
        .route("/comments/me", get(me::show))
        .route("/comments/me/on/{story}", get(me::on_story))
        .route("/comments/me/data", get(me::data))
        .route("/comments/me/name", post(me::name))
        .route("/comments/me/mails", post(me::mails))
        .route("/comments/me/erasure", post(me::erase))
        .route("/comments/me/passkeys/{id}/removal", post(passkeys::remove))
        .route("/comments/passkeys", post(passkeys::create))
        .route("/comments/passkeys/challenge", post(passkeys::challenge))
        .route("/comments/passkeys/session", post(passkeys::enter))
        .route("/comments/sign-in", get(sign_in::begin).post(sign_in::request))
        .route("/comments/sign-in/{token}", get(sign_in::show).post(sign_in::enter))
        .route("/comments/sign-out", post(sign_in::leave))
        .route("/comments/unsubscribe/{token}", get(unsubscribe::show).post(unsubscribe::create))
        .route("/comments/{id}", get(write::lead))
        .route("/comments/{id}/reply", get(write::reply))
        .route("/comments/{id}/respect", post(respect::create))
        .route("/comments/{id}/report", get(report::begin).post(report::create))
        .route("/comments/{id}/own/{token}", get(own::show).post(own::edit))
        .route("/comments/{id}/own/{token}/removal", post(own::remove))
        .layer(DefaultBodyLimit::max(LARGEST));
    Router::new().merge(readers).merge(desk::routes()).layer(Extension(frame)).layer(Extension(Guard::default()))
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(crate) fn rendered_samples(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
    fn all<V: onrecord_base::views::View>(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
        V::samples().iter().map(|view| app.views.render(view, chrome).expect(V::TEMPLATE)).collect()
    }
    [
        all::<write::WritePage>(app, chrome),
        all::<own::OwnPage>(app, chrome),
        all::<report::ReportPage>(app, chrome),
        all::<sign_in::SignInPage>(app, chrome),
        all::<me::MePage>(app, chrome),
        all::<unsubscribe::Page>(app, chrome),
        all::<room::SaidPage>(app, chrome),
        desk::rendered_samples(app, chrome),
    ]
    .concat()
}
