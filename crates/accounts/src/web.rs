//! The pages of this area, one resource a file.

use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use onrecord_base::{
    App, Result,
    views::{Templates, View},
    web::{Chrome, chrome},
};

use crate::{Actor, Role, nav};

mod account;
mod invitation;
mod recovery;
pub(crate) mod return_to;
mod settings;
mod sign_in;
mod staff;

#[cfg(test)]
pub(crate) use self::{
    account::Account,
    invitation::Accept,
    recovery::{NewPassword, Recovery, UsedLink},
    settings::SettingsPage,
    sign_in::SignIn,
    staff::StaffPage,
};

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("accounts/account.html", include_str!("../templates/account.html")),
    ("accounts/invitation.html", include_str!("../templates/invitation.html")),
    ("accounts/recovery.html", include_str!("../templates/recovery.html")),
    ("accounts/recovery_password.html", include_str!("../templates/recovery_password.html")),
    ("accounts/settings.html", include_str!("../templates/settings.html")),
    ("accounts/sign_in.html", include_str!("../templates/sign_in.html")),
    ("accounts/staff.html", include_str!("../templates/staff.html")),
    ("accounts/used_link.html", include_str!("../templates/used_link.html")),
];

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(home))
        .route("/desk/", get(home))
        .route("/desk/sign-in", get(sign_in::show).post(sign_in::create))
        .route("/desk/sign-in/{token}", get(sign_in::by_link))
        .route("/desk/sign-out", post(sign_in::end))
        .route("/desk/recovery", get(recovery::show).post(recovery::create))
        .route("/desk/recovery/{token}", get(recovery::edit).post(recovery::update))
        .route("/desk/invitations/{token}", get(invitation::show).post(invitation::accept))
        .route("/desk/staff", get(staff::index))
        .route("/desk/staff/invitations", post(staff::invite))
        .route("/desk/staff/invitations/{id}/withdrawal", post(staff::withdraw))
        .route("/desk/staff/{id}/role", post(staff::set_role))
        .route("/desk/staff/{id}/deactivation", post(staff::deactivate))
        .route("/desk/staff/{id}/reactivation", post(staff::reactivate))
        .route("/desk/account", get(account::show))
        .route("/desk/account/name", post(account::rename))
        .route("/desk/account/password", post(account::set_password))
        .route("/desk/account/sessions/others/end", post(account::end_others))
        .route("/desk/account/sessions/{id}/end", post(account::end_session))
        .route("/desk/settings", get(settings::show).post(settings::update))
        .route("/desk/settings/test-mail", post(settings::test_mail))
}

async fn home(actor: Actor) -> Response {
    axum::response::Redirect::to(nav::home(actor.role)).into_response()
}

/// A page for somebody who is not signed in.
fn outside<V: View>(app: &App, status: StatusCode, view: &V) -> Result<Response> {
    Ok((status, Html(app.views.render(view, &Chrome::plain(app))?)).into_response())
}

/// A role in words.
fn role_name(app: &App, role: Role) -> String {
    app.messages.text(&chrome::language(app), &format!("accounts-role-{role}"), [])
}

/// The roles an actor may give, as options of a field: name and words.
fn role_options(app: &App, by: Role) -> Vec<(String, String)> {
    let may = Role::ALL.into_iter().rev().filter(|role| by.may_give(*role));
    may.map(|role| (role.name().to_owned(), role_name(app, role))).collect()
}
