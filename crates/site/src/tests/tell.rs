//! Hubs and a network in front of us hear of what changed. The other side is a small server of ours on loopback: what it
//! must understand is the wire, which is written down here whole.

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, routing::post};
use http::{HeaderMap, StatusCode, header};
use onrecord_base::{
    App, Conn, Settings,
    fetch::Reach,
    jobs::{self, Registry},
    settings::Cdn,
    testing::{self, START},
};
use onrecord_prose::Document;
use onrecord_record::{Person, store::people};
use onrecord_stories::{Content, Kind, store::corrections, testing as desk};

use super::{Reader, record::on_record};
use crate::{
    edition::deps::{hash, key},
    tell,
};

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<(HeaderMap, String)>>>);

impl Heard {
    fn all(&self) -> Vec<(HeaderMap, String)> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A server that writes down what it is told, and refuses once.
async fn listener(refuses: bool) -> (String, Heard) {
    let heard = Heard::default();
    let refuse = Arc::new(Mutex::new(refuses));
    let take = async move |State(heard): State<Heard>, headers: HeaderMap, body: String| {
        if std::mem::take(&mut *refuse.lock().unwrap()) {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        heard.0.lock().unwrap().push((headers, body));
        StatusCode::ACCEPTED
    };
    let router = Router::new().route("/", post(take)).with_state(heard.clone());
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, router).await });
    (address, heard)
}

async fn run(app: &App) {
    let mut registry = Registry::new();
    tell::jobs(&mut registry, Reach::Loopback);
    jobs::drain(app, &registry).await.unwrap();
}

#[tokio::test]
async fn hubs_are_told_of_the_feeds_that_changed_and_once() {
    testing::both(&[], async |app: App| {
        let (hub, heard) = listener(false).await;
        let town = desk::section(&app, "Town").await;
        desk::section(&app, "Sport").await;
        app.save_settings(Settings { hubs: vec![hub], ..(*app.settings()).clone() }).await.unwrap();
        let mut ana = Reader::new(&app).await;
        let wall = desk::published(&app, "The wall", &town).await;
        ana.catch_up().await;
        run(&app).await;
        let told = heard.all();
        assert_eq!(told.len(), 1);
        let (headers, body) = &told[0];
        assert_eq!(headers[header::CONTENT_TYPE], "application/x-www-form-urlencoded");
        assert!(body.starts_with("hub.mode=publish&hub.url="), "{body}");
        for feed in ["8080%2Ffeed.xml", "8080%2Ffeed.json", "8080%2Fatom.xml", "%2Ftown%2Ffeed.xml"] {
            assert!(body.contains(feed), "{feed} in {body}");
        }
        assert!(!body.contains("sport"), "{body}");
        ana.catch_up().await;
        run(&app).await;
        assert!(heard.all().is_empty(), "nothing is told twice");
        let (id, now) = (wall.id.clone(), app.now());
        let add = move |conn: &mut Conn<'_>| corrections::add(conn, "c1", &id, "It is the east wall.", None, now);
        app.db.write(add).await.unwrap();
        ana.catch_up().await;
        run(&app).await;
        let told = heard.all();
        for feed in ["8080%2Ffeed.xml", "%2Ftown%2Fatom.xml", "%2Fcorrections%2Ffeed.xml"] {
            assert!(told[0].1.contains(feed), "{feed} in {told:?}");
        }
        assert!(ana.read("/atom.xml").await.contains("rel=\"hub\""));
    })
    .await;
}

#[tokio::test]
async fn hubs_are_told_of_what_a_person_said() {
    testing::both(&[], async |app: App| {
        let (hub, heard) = listener(false).await;
        let town = desk::section(&app, "Town").await;
        app.save_settings(Settings { hubs: vec![hub], ..(*app.settings()).clone() }).await.unwrap();
        let person = |slug: &str, name: &str| Person {
            id: app.id(),
            slug: slug.into(),
            name: name.into(),
            description: String::new(),
            aliases: vec![],
            same_as: vec![],
        };
        let (ilse, bo) = (person("ilse-tamberg", "Ilse Tamberg"), person("bo-lind", "Bo Lind"));
        let id = ilse.id.clone();
        let save = move |conn: &mut Conn<'_>| [ilse, bo].iter().try_for_each(|one| people::save(conn, one, START));
        app.db.write(save).await.unwrap();
        let body = "“We will not close the bridge before the summer,” Mayor Ilse Tamberg said.";
        let content = Content { body: Document::from_text(body).document, ..desk::content("The bridge", Some(&town)) };
        let story = desk::published_content(&app, Kind::Story, content).await;
        let mut ana = Reader::new(&app).await;
        on_record(&app, &story, move |one, _| one.person = Some(id.clone())).await;
        ana.catch_up().await;
        run(&app).await;
        let told = heard.all();
        for file in ["feed.xml", "atom.xml", "feed.json"] {
            let feed = format!("%2Fpeople%2Filse-tamberg%2F{file}");
            assert!(told.iter().any(|(_, body)| body.contains(&feed)), "{feed} in {told:?}");
        }
        assert!(!told.iter().any(|(_, body)| body.contains("bo-lind")), "who is quoted nowhere has no feed");
    })
    .await;
}

#[tokio::test]
async fn a_hub_that_is_away_keeps_no_other_waiting_and_is_told_once_it_is_back() {
    testing::both(&[], async |app: App| {
        let (away, late) = listener(true).await;
        let (hub, heard) = listener(false).await;
        let town = desk::section(&app, "Town").await;
        app.save_settings(Settings { hubs: vec![away, hub], ..(*app.settings()).clone() }).await.unwrap();
        let mut ana = Reader::new(&app).await;
        for (headline, told) in [("The wall", 1), ("The pier", 1)] {
            desk::published(&app, headline, &town).await;
            ana.catch_up().await;
            run(&app).await;
            assert_eq!(heard.all().len(), told, "{headline}");
        }
        let late = late.all();
        assert_eq!(late.len(), 1, "what it missed, in one message: {late:?}");
        assert!(late[0].1.contains("%2Ftown%2Ffeed.xml"));
        app.clock.advance(86_400_000);
        run(&app).await;
        assert!(heard.all().is_empty(), "nothing is told twice");
    })
    .await;
}

#[tokio::test]
async fn a_hub_that_is_away_has_one_job_whatever_happens() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        // Nobody listens there.
        let hubs = vec!["http://127.0.0.1:9/".into()];
        app.save_settings(Settings { hubs, ..(*app.settings()).clone() }).await.unwrap();
        let mut ana = Reader::new(&app).await;
        for number in 0..5 {
            desk::published(&app, &format!("Story {number}"), &town).await;
            ana.catch_up().await;
            run(&app).await;
        }
        let now = app.now().plus(86_400_000);
        let due = app.db.read(move |conn| jobs::store::due(conn, now)).await.unwrap();
        assert_eq!(due, ["site.hub"]);
        let none = Settings { hubs: vec![], ..(*app.settings()).clone() };
        app.save_settings(none).await.unwrap();
        app.clock.advance(86_400_000);
        run(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_network_in_front_of_us_drops_what_a_change_concerns() {
    testing::both(&[], async |app: App| {
        let (purge_url, heard) = listener(true).await;
        let town = desk::section(&app, "Town").await;
        let wall = desk::published(&app, "The wall", &town).await;
        let cdn = Some(Cdn { purge_url, token: "let-me-in".into() });
        app.save_settings(Settings { cdn, ..(*app.settings()).clone() }).await.unwrap();
        let mut ana = Reader::new(&app).await;
        let answer = ana.ask(&wall.path, &[]).await;
        let keys = answer.headers()["surrogate-key"].to_str().unwrap().to_owned();
        let of_wall = key(hash("story", &wall.id));
        assert!(keys.split(' ').any(|one| one == of_wall), "{keys}");
        assert!(answer.headers()["cdn-cache-control"].to_str().unwrap().contains("stale-while-revalidate"));
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-cache", "a browser asks each time");
        let news = ana.ask("/news-sitemap.xml", &[]).await;
        assert!(!news.headers().contains_key("cdn-cache-control"), "time alone takes stories off it");
        desk::published(&app, "The pier", &town).await;
        ana.catch_up().await;
        run(&app).await;
        assert!(heard.all().is_empty(), "it was away");
        app.clock.advance(60_000);
        run(&app).await;
        let told = heard.all();
        let list = key(hash("list", &format!("section/{}", town.id)));
        assert!(told.iter().any(|(headers, _)| headers["surrogate-key"].to_str().unwrap().contains(&list)), "{told:?}");
        assert!(told.iter().any(|(_, body)| body.contains("\"tags\"") && body.contains(&list)));
        assert_eq!(told[0].0[header::AUTHORIZATION], "Bearer let-me-in");
    })
    .await;
}
