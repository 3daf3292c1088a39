//! The furniture: a line with a desk, two journalists with keys, sources with and without a script.

use axum::{Router, body::Body, response::IntoResponse, response::Response};
use http::{HeaderMap, Request, StatusCode};
use onrecord_accounts::{Actor, Role, testing as people};
use onrecord_base::{App, web::Frame, web::errors, web::headers};
use onrecord_sealed::{
    Address, Codename, Cost, Entropy, JournalistKeys, Lock, NewsroomKey, Sealer, Signer, SourceKeys,
};
use tower::ServiceExt;

pub(super) use onrecord_accounts::testing::Browser;

use crate::{
    Desk, Epoch, Guard, keys,
    keys::{InUse, sealed_day},
    store::desks,
    tip::{random_id, today},
    work,
};

/// Everything a template may extend.
pub(super) const TEMPLATES: &[onrecord_base::views::Templates] = &[errors::TEMPLATES, crate::TEMPLATES];
pub(super) const PASSPHRASE: &str = "four words that do not belong";
/// Little, so that tests do not wait: what it protects from is not what they are about.
pub(super) const CHEAP: Cost = Cost { kib: 1 << 10, passes: 1 };

/// A newsroom whose line is open.
pub(super) struct Line {
    pub(super) app: App,
    pub(super) key: NewsroomKey,
    pub(super) desk: Desk,
    pub(super) ana: Actor,
    pub(super) ana_browser: Browser,
    pub(super) ben: Actor,
    pub(super) ben_browser: Browser,
}

/// Opens a line: Ana (a publisher) and Ben (a reporter) are at the one desk and have keys for the month.
pub(super) async fn line(app: &App) -> Line {
    let mut random = Entropy::new(app.random.bytes());
    let key = NewsroomKey::generate(None, &mut random);
    keys::begin_line(app, key.newsroom().0, key.public().0).await.expect("a line");
    let (ana, ana_cookie) = people::staff(app, "Ana", Role::Publisher).await;
    let (ben, ben_cookie) = people::staff(app, "Ben", Role::Reporter).await;
    let desk = desk(app, "Investigations", &[&ana, &ben]).await;
    for person in [&ana, &ben] {
        let epoch = Epoch::of(app.now());
        keys::make(app, &person.staff_id, &epoch, PASSPHRASE, CHEAP).await.expect("keys");
    }
    let browser = |cookie| Browser::new(app, crate::desk_routes()).signed_in(cookie);
    let (ana_browser, ben_browser) = (browser(&ana_cookie), browser(&ben_cookie));
    let line = Line { app: app.clone(), key, desk, ana, ana_browser, ben, ben_browser };
    line.sign().await;
    line
}

/// Another desk.
pub(super) async fn desk(app: &App, name: &str, people: &[&Actor]) -> Desk {
    let desk = Desk { id: random_id(&app.random), name: name.into(), retention_days: 90, closed_day: None };
    let (made, ids) = (desk.clone(), people.iter().map(|person| person.staff_id.clone()).collect::<Vec<_>>());
    app.db
        .write(move |conn| {
            desks::create(conn, &made)?;
            ids.iter().try_for_each(|id| desks::join(conn, &made.id, id))
        })
        .await
        .expect("a desk");
    desk
}

impl Line {
    /// Signs the list as it would be now, and puts it to use.
    pub(super) async fn sign(&self) {
        let now = self.app.now();
        let draft = self.app.db.read(move |conn| keys::propose(conn, now)).await.expect("a draft");
        keys::accept(&self.app, draft.sign(&self.key).expect("a list")).await.expect("is taken");
    }

    pub(super) async fn open(&self) -> InUse {
        keys::open(&self.app).await.expect("the line is open")
    }

    /// Somebody's keys, as their browser has them after the passphrase.
    pub(super) async fn keys_of(&self, person: &Actor) -> JournalistKeys {
        let id = person.staff_id.clone();
        let own = self.app.db.read(move |conn| crate::store::keys::of_staff(conn, &id)).await.expect("keys");
        let closed = own[0].wrapped.clone().expect("not destroyed");
        JournalistKeys::open(&Lock::of(PASSPHRASE, &closed).expect("a lock"), &closed).expect("opens")
    }

    /// A source whose browser runs the script.
    pub(super) async fn source(&self) -> Source {
        let mut random = Entropy::new(self.app.random.bytes());
        let codename = Codename::generate(&mut random);
        let keys = codename.derive(&self.open().await.newsroom()).expect("keys");
        Source { door: Visitor::new(&self.app), codename: codename.phrase().to_string(), keys, random }
    }
}

/// Somebody outside, without a cookie, in front of the real routes.
#[derive(Clone)]
pub(super) struct Visitor {
    app: App,
    router: Router,
}

/// What they got.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Got {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace("&#x2f;", "/")
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).expect("JSON")
    }
}

impl Visitor {
    pub(super) fn new(app: &App) -> Visitor {
        Visitor::guarded(app, Guard::default())
    }

    pub(super) fn guarded(app: &App, guard: Guard) -> Visitor {
        let frame =
            Frame::new(
                |_, framed| async move { Ok((framed.status, axum::response::Html(framed.html)).into_response()) },
            );
        let router = crate::routes(frame, guard)
            .layer(axum::middleware::from_fn_with_state(app.clone(), errors::pages))
            .layer(axum::middleware::from_fn(crate::unkept))
            .layer(axum::middleware::from_fn(headers::add))
            .with_state(app.clone());
        Visitor { app: app.clone(), router }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Got {
        let response: Response = self.router.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec();
        Got { status, headers, bytes }
    }

    pub(super) async fn get(&self, path: &str) -> Got {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub(super) async fn post(&self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Got {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends a form with files: fields with a file name are files.
    pub(super) async fn form(&self, path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Got {
        let mut body = Vec::new();
        for (name, file, bytes) in fields {
            let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
            body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        self.post(path, &[("content-type", "multipart/form-data; boundary=x")], body).await
    }

    /// The token of the form on a page.
    pub(super) async fn token(&self) -> String {
        token_of(&self.get("/tip").await.text())
    }

    /// Work that was done.
    pub(super) async fn work(&self) -> String {
        let challenge = self.get("/tip/challenge").await.json();
        work::solve(challenge["challenge"].as_str().expect("a challenge"))
    }

    pub(super) fn app(&self) -> &App {
        &self.app
    }
}

/// The token in a page.
pub(super) fn token_of(html: &str) -> String {
    let after = html.split_once("name=\"token\" value=\"").expect("a token").1;
    after.split('"').next().expect("an end").to_owned()
}

/// A source whose browser runs the script.
pub(super) struct Source {
    pub(super) door: Visitor,
    pub(super) codename: String,
    pub(super) keys: SourceKeys,
    random: Entropy,
}

impl Source {
    /// An envelope as the browser makes it.
    pub(super) fn seal(&mut self, open: &InUse, desk: &Desk, sequence: u32, text: &str, file: &[u8]) -> Vec<u8> {
        let address = Address {
            kind: onrecord_sealed::Kind::Tip,
            desk: onrecord_sealed::DeskId::parse(&desk.id).expect("an id"),
            tip: self.keys.lookup().tip(),
            sequence,
        };
        let day = sealed_day(today(self.door.app()));
        let mut sealer = Sealer::new(&open.list, day, &address, None, &mut self.random).expect("a sealer");
        let mut body = Vec::new();
        if !file.is_empty() {
            sealer.begin("evidence.txt", "text/plain").expect("a file");
            body.extend(sealer.push(file).expect("bytes"));
        }
        let mut closing = sealer.finish(text, &[], Signer::Source(&self.keys)).expect("sealed");
        body.extend(closing.rest().expect("the rest"));
        [closing.head().bytes(), body].concat()
    }

    pub(super) async fn send(&self, envelope: Vec<u8>) -> Got {
        let work = self.door.work().await;
        let lookup = self.keys.lookup().hex();
        let headers = [("x-tip-work", work.as_str()), ("x-tip-lookup", lookup.as_str())];
        self.door.post("/tip/envelopes", &headers, envelope).await
    }

    /// The thread as the script asks for it.
    pub(super) async fn thread(&self) -> Got {
        self.door.post("/tip/thread", &[], self.keys.lookup().hex().as_bytes().to_vec()).await
    }
}
