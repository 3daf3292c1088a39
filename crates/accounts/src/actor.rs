//! Who is asking: the signed-in person behind a request.

use axum::{
    extract::{FromRequestParts, OriginalUri},
    response::{Html, IntoResponse, Redirect, Response},
};
use http::{Method, StatusCode, header, request::Parts};
use onrecord_base::{
    App, Error, Result,
    views::View,
    web::{Chrome, chrome::Flash},
};

use crate::{
    Action, Role, Staff, cookies, flash, nav,
    store::{self, sessions::Found},
    web::return_to,
};

/// The person behind a request, read from the session's cookie. A handler that takes one is for staff only: a page
/// asked for without a session leads to the sign-in, anything else is answered 401.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The person's id.
    pub staff_id: String,
    /// The person's name.
    pub name: String,
    /// The person's role.
    pub role: Role,
    /// The session's id.
    pub session_id: String,
    flash: Option<Flash>,
    path: String,
}

impl Actor {
    pub(crate) fn new(staff: Staff, session_id: String) -> Actor {
        Actor { staff_id: staff.id, name: staff.name, role: staff.role, session_id, flash: None, path: String::new() }
    }

    /// Guards an action.
    ///
    /// # Errors
    /// `Error::Forbidden` if the role does not include it.
    pub fn may(&self, action: Action) -> Result<()> {
        self.role.may(action)
    }

    /// Whether the role includes an action, for a page that shows or hides its button.
    pub fn can(&self, action: Action) -> bool {
        self.role.can(action)
    }

    /// A page of the desk: the view within the frame, with the navigation of the role and what the last action said.
    ///
    /// # Errors
    /// `Error::Internal` if the template fails.
    pub fn page<V: View>(&self, app: &App, view: &V) -> Result<Response> {
        self.page_with(app, StatusCode::OK, view)
    }

    /// A form that was not accepted comes back filled in: the same page with status 422.
    ///
    /// # Errors
    /// As [`Actor::page`].
    pub fn page_again<V: View>(&self, app: &App, view: &V) -> Result<Response> {
        self.page_with(app, StatusCode::UNPROCESSABLE_ENTITY, view)
    }

    /// A page of the desk with another status.
    ///
    /// # Errors
    /// As [`Actor::page`].
    pub fn page_with<V: View>(&self, app: &App, status: StatusCode, view: &V) -> Result<Response> {
        let chrome = Chrome {
            person: self.name.clone(),
            nav: nav::items(self.role, &self.path),
            flash: self.flash.clone(),
            ..Chrome::plain(app)
        };
        let mut response = (status, Html(app.views.render(view, &chrome)?)).into_response();
        if self.flash.is_some() {
            flash::clear(&mut response);
        }
        Ok(response)
    }
}

impl FromRequestParts<App> for Actor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Actor, Response> {
        let found = signed_in(parts, app).await.map_err(IntoResponse::into_response)?;
        let path = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let Some(Found { session, staff }) = found else {
            return Err(match wants_a_page(parts) {
                true => Redirect::to(&return_to::sign_in(&path.to_string())).into_response(),
                false => Error::SignedOut.into_response(),
            });
        };
        let path = path.path().to_owned();
        Ok(Actor { flash: flash::read(&parts.headers, &app.messages), path, ..Actor::new(staff, session.id) })
    }
}

/// The living session of a request, if it has one.
pub(crate) async fn signed_in(parts: &Parts, app: &App) -> Result<Option<Found>> {
    let Some(token) = cookies::session(&parts.headers, &app.settings()).map(str::to_owned) else { return Ok(None) };
    let now = app.now();
    let found = app.db.read(move |conn| store::sessions::by_token(conn, &token, now)).await?;
    if let Some(Found { session, .. }) = &found
        && session.stale(now)
    {
        let id = session.id.clone();
        app.db.write(move |conn| store::sessions::seen(conn, &id, now)).await?;
    }
    Ok(found)
}

fn wants_a_page(parts: &Parts) -> bool {
    let json = parts
        .headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"));
    matches!(parts.method, Method::GET | Method::HEAD) && !json
}
