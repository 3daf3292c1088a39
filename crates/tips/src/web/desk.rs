//! The desk's side: the list of tips, one tip for the script that opens it, keys and desks, the end of the line.

mod channels;
mod destruction;
mod inbox;
mod key_pages;
mod line;
mod messages;
mod own_keys;
mod tip;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use onrecord_accounts::{Staff, store::staff};
use onrecord_base::{App, Conn, Result};

/// Bytes of a signed list of keys, the largest thing that is read into memory here.
const LARGEST: usize = onrecord_sealed::MAX_LIST + 1024;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/tips", get(inbox::show))
        .route("/desk/tips/keys", get(key_pages::show))
        .route("/desk/tips/keys/mine", get(own_keys::show).put(own_keys::update))
        .route("/desk/tips/keys/mine/destruction", post(own_keys::destroy))
        .route("/desk/tips/keys/list", get(key_pages::list).put(key_pages::update))
        .route("/desk/tips/keys/draft.json", get(key_pages::draft))
        .route("/desk/tips/keys/destruction", post(key_pages::destroy))
        .route("/desk/tips/line", post(line::update))
        .route("/desk/tips/channels", get(channels::show))
        .route("/desk/tips/channels/phone", post(channels::set_phone))
        .route("/desk/tips/channels/recordings", post(channels::set_recordings))
        .route("/desk/tips/channels/recordings/secret", post(channels::new_recordings_secret))
        .route("/desk/tips/channels/recordings/secret/removal", post(channels::remove_recordings_secret))
        .route("/desk/tips/channels/mail", post(channels::set_mail))
        .route("/desk/tips/channels/mail/secret", post(channels::new_mail_secret))
        .route("/desk/tips/channels/mail/secret/removal", post(channels::remove_mail_secret))
        .route("/desk/tips/channels/errands", post(channels::try_again))
        .route("/desk/tips/desks", post(line::create_desk))
        .route("/desk/tips/desks/{id}/retention", post(line::set_retention))
        .route("/desk/tips/desks/{id}/closing", post(line::close_desk))
        .route("/desk/tips/desks/{id}/opening", post(line::open_desk))
        .route("/desk/tips/desks/{id}/members", post(line::join))
        .route("/desk/tips/desks/{id}/members/{staff}/removal", post(line::leave))
        .route("/desk/tips/destruction", get(destruction::show).post(destruction::create))
        .route("/desk/tips/{id}", get(tip::show).delete(tip::erase))
        .route("/desk/tips/{id}/erasure", post(tip::erase_by_form))
        .route("/desk/tips/{id}/state", post(tip::set_state))
        .route("/desk/tips/{id}/assignment", post(tip::assign))
        .route("/desk/tips/{id}/retention", post(tip::set_retention))
        .route("/desk/tips/{id}/messages/{sequence}", get(messages::show))
        .route("/desk/tips/{id}/replies", post(messages::reply))
        .route("/desk/tips/{id}/notes", post(messages::note))
        .route("/desk/tips/{id}/links", post(messages::link))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// Names of staff, by id.
fn name_of(people: &[Staff], id: &str) -> String {
    people.iter().find(|person| person.id == id).map_or_else(String::new, |person| person.name.clone())
}

fn people(conn: &mut Conn<'_>) -> Result<Vec<Staff>> {
    staff::list(conn)
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(super) fn rendered_samples(app: &App, shell: &impl serde::Serialize) -> Vec<String> {
    fn all<V: onrecord_base::views::View>(app: &App, shell: &impl serde::Serialize) -> Vec<String> {
        V::samples().iter().map(|view| app.views.render(view, shell).expect(V::TEMPLATE)).collect()
    }
    [
        all::<inbox::Inbox>(app, shell),
        all::<tip::TipDesk>(app, shell),
        all::<key_pages::KeysPage>(app, shell),
        all::<channels::ChannelsPage>(app, shell),
        all::<destruction::Destruction>(app, shell),
    ]
    .concat()
}
