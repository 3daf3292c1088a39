//! A named cast for router tests: people with a role and a session, without a sign-in page in between, and a browser
//! for each.

use axum::{Router, body::Body, response::Response};
use http::{HeaderValue, Method, Request, StatusCode, header};
use onrecord_base::{
    App,
    web::{errors, headers, same_origin},
};
use tower::ServiceExt;

use crate::{Actor, Role, Staff, cookies, store};

/// Adds a person in a role and signs them in: `let (ana, cookie) = testing::staff(&app, "Ana Ruiz",
/// Role::Editor).await;`. The cookie goes into the `Cookie` header of her requests; her address is made from the name
/// (`ana.ruiz@example.org`).
///
/// # Panics
/// If the person cannot be added, for instance because of a name used twice.
pub async fn staff(app: &App, name: &str, role: Role) -> (Actor, HeaderValue) {
    let staff = Staff {
        id: app.id(),
        email: format!("{}@example.org", name.to_lowercase().replace(' ', ".")),
        name: name.into(),
        role,
        created_at: app.now(),
        deactivation: None,
    };
    let (token, id, now, kept) = (app.random.token(), app.id(), app.now(), staff.clone());
    let session = id.clone();
    let cookie = cookies::header(&app.settings(), &token);
    app.db
        .write(move |conn| {
            store::staff::add(conn, &kept)?;
            store::sessions::begin(conn, &session, &kept.id, &token, "Test", now)
        })
        .await
        .expect("a person is added");
    (Actor::new(staff, id), cookie)
}

/// A browser: it keeps cookies, and says where a request comes from as browsers do.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
}

/// What a browser got.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where a redirect leads, else empty.
    pub location: String,
    /// The cookies set, as they came.
    pub set_cookies: Vec<String>,
    /// The text.
    pub body: String,
}

impl Browser {
    /// A browser that has not been here before; `routes` is what an area gives.
    pub fn new(app: &App, routes: Router<App>) -> Browser {
        let router = routes
            .layer(axum::middleware::from_fn(same_origin::require))
            .layer(axum::middleware::from_fn_with_state(app.clone(), errors::pages))
            .layer(axum::middleware::from_fn(headers::add))
            .with_state(app.clone());
        Browser { router, cookies: Vec::new() }
    }

    /// With the session of somebody from [`staff`].
    #[must_use]
    pub fn signed_in(mut self, cookie: &HeaderValue) -> Browser {
        let text = cookie.to_str().expect("a cookie is plain text");
        let (name, value) = text.split_once('=').expect("a cookie has a name");
        self.keep(name, value);
        self
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), &[]).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send(Method::POST, path, Body::from(body.join("&")), &headers).await
    }

    /// Sends anything, with further headers.
    ///
    /// # Panics
    /// If the request is not one.
    pub async fn send(&mut self, method: Method, path: &str, body: Body, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::USER_AGENT, "Firefox/145.0 Linux");
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        self.read(response).await
    }

    /// True if it holds a session's cookie.
    pub fn has_session(&self) -> bool {
        self.cookies.iter().any(|(name, _)| name.ends_with("onrecord_session"))
    }

    async fn read(&mut self, response: Response) -> Answer {
        let text = |v: &HeaderValue| v.to_str().expect("plain text").to_owned();
        let set_cookies: Vec<String> = response.headers().get_all(header::SET_COOKIE).iter().map(text).collect();
        for cookie in &set_cookies {
            let (name, rest) = cookie.split_once('=').expect("a cookie has a name");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.retain(|(kept, _)| kept != name);
            if !cookie.contains("Max-Age=0") {
                self.keep(name, value);
            }
        }
        let (status, location) = (response.status(), response.headers().get(header::LOCATION).map(text));
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        // The templates escape slashes too; a story reads better without.
        let body = String::from_utf8_lossy(&bytes).replace("&#x2f;", "/");
        Answer { status, location: location.unwrap_or_default(), set_cookies, body }
    }

    fn keep(&mut self, name: &str, value: &str) {
        self.cookies.push((name.to_owned(), value.to_owned()));
    }
}

fn encode(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}
