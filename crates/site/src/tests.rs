//! Tests of the site as readers and the desk meet it.

mod edition;
mod pages;
mod record;
mod serving;
mod tell;
mod theme;
mod views;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, header};
use onrecord_base::{App, changes};
use onrecord_media::{NewPicture, Picture};

use crate::edition::{DEFAULT_BUDGET, Edition, ask::Ask};

/// The smallest GIF there is.
const DOT: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A picture of the library with a caption and a credit.
async fn picture(app: &App) -> Picture {
    let new = NewPicture {
        file_name: "wall.gif".into(),
        alt: "A wall of stone".into(),
        caption: "The wall & the sea".into(),
        agency: "Salt Pictures".into(),
        photographer: "Mirela Osei".into(),
        ..NewPicture::default()
    };
    onrecord_media::ingest(app, DOT.to_vec(), new).await.unwrap()
}

/// A reader with a newsroom's edition.
struct Reader {
    edition: Edition,
    seen: i64,
}

impl Reader {
    async fn new(app: &App) -> Reader {
        let seen = app.db.read(changes::last).await.unwrap();
        let edition = Edition::open(app.clone(), DEFAULT_BUDGET).await.unwrap();
        Reader { edition, seen }
    }

    /// What the log says since is applied; pages made ahead are waited for.
    async fn catch_up(&mut self) {
        if self.edition.catch_up(&mut self.seen).await.unwrap() {
            self.edition.empty();
        }
        for _ in 0..20 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

    async fn ask(&self, target: &str, headers: &[(http::HeaderName, &str)]) -> Response<Bytes> {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect();
        self.edition.answer(path, query, &Ask::of(&Method::GET, &headers)).await
    }

    /// Status and text.
    async fn get(&self, target: &str) -> (u16, String) {
        let response = self.ask(target, &[]).await;
        (response.status().as_u16(), String::from_utf8(response.body().to_vec()).unwrap())
    }

    /// The text of a page that must be there.
    async fn read(&self, target: &str) -> String {
        let (status, text) = self.get(target).await;
        assert_eq!(status, 200, "{target}: {text}");
        text
    }

    /// Where an address leads.
    async fn moved(&self, target: &str) -> String {
        let response = self.ask(target, &[]).await;
        assert_eq!(response.status(), 301, "{target}");
        response.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    fn keeps(&self, path: &str) -> bool {
        self.edition.get(path).is_some()
    }
}
