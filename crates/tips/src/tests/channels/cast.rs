//! The furniture: a stand-in for the provider, which keeps media and says what it was asked, and a door that knows its
//! signature. It is a stand-in of ours: it holds to what the provider documents, and nobody but us says that it does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{StatusCode, header};
use onrecord_base::{App, fetch::Reach};
use onrecord_sealed::Index;

use super::super::cast::{Got, Line, PASSPHRASE, Visitor};
use crate::{
    Folders, Guard, Tip,
    channels::{Channels, Phone, signature},
    offline::Reader,
    store::{channels, tips},
};

pub(super) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(super) const TOKEN: &str = "fedcba9876543210fedcba9876543210";
/// Another address than the site's own and than the test's: signatures are over what is configured.
pub(super) const PUBLIC: &str = "https://tips.example.org";

/// What a stand-in was asked: method, path, whether with the account's credentials.
pub(super) type Asked = (String, String, bool);

#[derive(Default)]
struct Shelf {
    things: HashMap<String, Bytes>,
    /// Paths that answer with a redirect.
    moved: HashMap<String, String>,
    /// How many requests are answered with an error first.
    failing: usize,
    asked: Vec<Asked>,
}

/// A host on this machine.
#[derive(Clone)]
pub(super) struct StandIn {
    pub(super) address: String,
    shelf: Arc<Mutex<Shelf>>,
}

impl StandIn {
    pub(super) async fn start() -> StandIn {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let stand_in = StandIn { address, shelf: Arc::default() };
        let routes = Router::new().fallback(serve).with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        stand_in
    }

    pub(super) fn put(&self, path: &str, bytes: impl Into<Bytes>) {
        self.shelf.lock().unwrap().things.insert(path.into(), bytes.into());
    }

    pub(super) fn move_to(&self, path: &str, address: &str) {
        self.shelf.lock().unwrap().moved.insert(path.into(), address.into());
    }

    pub(super) fn fail(&self, times: usize) {
        self.shelf.lock().unwrap().failing = times;
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.shelf.lock().unwrap().asked.clone()
    }

    /// How often a deletion was asked for.
    pub(super) fn asked_for(&self, path: &str) -> usize {
        self.asked().iter().filter(|(method, asked, _)| method == "DELETE" && asked == path).count()
    }

    pub(super) fn deleted(&self, path: &str) -> bool {
        self.asked().iter().any(|(method, asked, account)| method == "DELETE" && asked == path && *account)
    }

    /// Waits until so many requests have come.
    pub(super) async fn until_asked(&self, times: usize) {
        while self.asked().len() < times {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Waits until something was deleted: that is done without anybody waiting for it.
    pub(super) async fn until_deleted(&self, path: &str) {
        while !self.deleted(path) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

async fn serve(State(host): State<StandIn>, request: Request) -> Response {
    let account = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
    let with = request.headers().get(header::AUTHORIZATION).is_some_and(|given| given.as_bytes() == account.as_bytes());
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let mut shelf = host.shelf.lock().unwrap();
    shelf.asked.push((method.clone(), path.clone(), with));
    if shelf.failing > 0 {
        shelf.failing -= 1;
        return StatusCode::BAD_GATEWAY.into_response();
    }
    if let Some(to) = shelf.moved.get(&path) {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to.clone())]).into_response();
    }
    if method == "DELETE" {
        let resource = path.trim_end_matches(".json").to_owned();
        shelf.things.remove(&resource);
        return StatusCode::NO_CONTENT.into_response();
    }
    match shelf.things.get(&path) {
        Some(bytes) => Body::from(bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A path of the account at the provider.
pub(super) fn resource(rest: &str) -> String {
    format!("/2010-04-01/Accounts/{ACCOUNT}/{rest}")
}

/// Sets a number up at a stand-in, and both other channels.
pub(super) async fn set_up(app: &App, provider: &str, media: &str) {
    let mut wanted = Channels {
        phone: Phone {
            account: ACCOUNT.into(),
            token: TOKEN.into(),
            sms: true,
            voice: true,
            public_url: PUBLIC.into(),
            api: provider.into(),
            media_hosts: media.trim_start_matches("http://").into(),
            ..Phone::default()
        },
        ..Channels::default()
    };
    wanted.recordings.secret = "recordings-secret".into();
    (wanted.mail.secret, wanted.mail.address) = ("mail-secret".into(), "tips@example.org".into());
    app.db.write(move |conn| channels::save(conn, &wanted)).await.expect("settings");
}

/// A door whose guard reaches stand-ins.
pub(super) fn door(app: &App) -> Visitor {
    Visitor::guarded(app, Guard::new(Folders::default(), Reach::Loopback))
}

fn form(params: &[(&str, &str)]) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish().into_bytes()
}

/// Sends what the provider would: signed over the public address.
pub(super) async fn signed(door: &Visitor, path: &str, params: &[(&str, &str)]) -> Got {
    let params: Vec<(&str, &str)> = [("AccountSid", ACCOUNT)].iter().chain(params).copied().collect();
    let pairs: Vec<(String, String)> = params.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let signature = signature::sign(TOKEN, &format!("{PUBLIC}{path}"), &pairs);
    post(door, path, &params, &signature).await
}

pub(super) async fn post(door: &Visitor, path: &str, params: &[(&str, &str)], signature: &str) -> Got {
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-twilio-signature", signature)];
    door.post(path, &headers, form(params)).await
}

/// All tips, with what is in them, as Ana reads them.
pub(super) async fn read(line: &Line) -> Vec<(Tip, Vec<Index>)> {
    let app = &line.app;
    let reader = Reader::unlock(app, &line.ana.staff_id, PASSPHRASE).await.expect("keys");
    let mut all = Vec::new();
    for tip in app.db.read(tips::all).await.expect("tips") {
        let (tip, opened) = reader.thread(app, &tip.id).await.expect("a thread");
        all.push((tip, opened.into_iter().map(|one| one.index.expect("opens")).collect()));
    }
    all
}

/// The bytes of all files of a tip, in order.
pub(super) async fn files(line: &Line, tip: &Tip) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let reader = Reader::unlock(&line.app, &line.ana.staff_id, PASSPHRASE).await.expect("keys");
    let written = reader.export(&line.app, &tip.id, &folder.path().join("x")).await.expect("files");
    written.iter().filter(|path| !is_text(path)).map(|path| std::fs::read(path).expect("a file")).collect()
}

fn is_text(path: &std::path::Path) -> bool {
    path.file_name().unwrap().to_string_lossy().ends_with("-tip.txt")
}

pub(super) fn fact<'a>(index: &'a Index, name: &str) -> &'a str {
    index.facts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}
