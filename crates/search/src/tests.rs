//! Search as readers and operators meet it, on both databases.

mod asking;
mod following;
mod hostile;
mod making;

use axum::{Router, body::Body, response::IntoResponse};
use http::Request;
use onrecord_base::{App, Conn, Result, web::Frame};
use onrecord_prose::Document;
use onrecord_record::{
    Gate, Person, Quotation, State, follow,
    store::{people, quotations, standing},
};
use onrecord_stories::{Checks, Content, Kind, Section, published::PublishedStory, publishing, testing as desk};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::{Search, TEMPLATES, routes};

const BRIDGE: &str = "<p>“We will not close the bridge before the summer,” Mayor Ilse Tamberg said in an interview with the Courant on 3 May 2026.</p>\
    <p>Her rival Bo Lind wrote on Mastodon: “She never asked us.”</p>";

/// A newsroom whose index follows.
struct Room {
    search: Search,
    follower: JoinHandle<()>,
    router: Router,
}

impl Room {
    async fn new(app: &App) -> Room {
        let room = Room::opened(app);
        room.search.settle().await.unwrap();
        room
    }

    /// Without waiting until there is an index.
    fn opened(app: &App) -> Room {
        let search = Search::open(app.clone());
        let follower = tokio::spawn(search.clone().follow());
        let frame = Frame::new(async |_, framed: onrecord_base::web::Framed| {
            Ok((framed.status, format!("<title>{}</title>{}", framed.title.replace('<', "&lt;"), framed.html))
                .into_response())
        });
        let router = routes(frame, search.clone()).with_state(app.clone());
        Room { search, follower, router }
    }

    /// Stops following, as a node that lost its way does.
    fn stop(&self) {
        self.follower.abort();
    }

    async fn get(&self, target: &str) -> (u16, String) {
        let request = Request::get(target).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers().get("set-cookie"), None);
        let body = axum::body::to_bytes(response.into_body(), 1 << 24).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap().replace("&#x2f;", "/"))
    }

    /// The page of a question, which must be one.
    async fn page(&self, query: &str) -> String {
        let (status, html) = self.get(&format!("/search?{query}")).await;
        assert_eq!(status, 200, "{query}: {html}");
        html
    }

    /// Where the results of a question lead.
    async fn urls(&self, query: &str) -> Vec<String> {
        self.search.settle().await.unwrap();
        urls(&self.page(query).await)
    }

    async fn suggested(&self, typed: &str) -> String {
        self.search.settle().await.unwrap();
        self.get(&format!("/search/suggest?q={typed}")).await.1
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

/// Where the headings of results lead.
fn urls(html: &str) -> Vec<String> {
    let links = html.split("<h3 class=").skip(1).filter_map(|rest| rest.split("<a href=\"").nth(1));
    links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// A published story in a language.
async fn story(app: &App, section: &Section, headline: &str, language: &str, html: &str) -> PublishedStory {
    let content = Content {
        body: Document::from_html(html).document,
        language: language.into(),
        dek: String::new(),
        ..desk::content(headline, Some(section))
    };
    desk::published_content(app, Kind::Story, content).await
}

fn checks() -> Checks {
    Checks::new(vec![Box::new(Gate)])
}

async fn write<T: Send + 'static>(app: &App, work: impl FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static) -> T {
    app.db.write(work).await.unwrap()
}

async fn take_down(app: &App, story: &PublishedStory) {
    let (id, now) = (story.id.clone(), app.now());
    write(app, move |conn| publishing::withdraw(conn, &checks(), &id, now)).await;
}

async fn person(app: &App, name: &str, slug: &str) -> Person {
    let person = Person {
        id: app.id(),
        slug: slug.into(),
        name: name.into(),
        description: "Mayor of Port Ellery".into(),
        aliases: vec![],
        same_as: vec![],
    };
    save(app, &person).await;
    person
}

async fn save(app: &App, person: &Person) {
    let (person, now) = (person.clone(), app.now());
    write(app, move |conn| people::save(conn, &person, now)).await;
}

/// Puts what the library finds in a story on the record, as a publication does.
async fn on_record(app: &App, story: &PublishedStory, change: impl Fn(&mut Quotation) + Send + 'static) -> Vec<String> {
    let (found, id, random, now) = (follow::found(&story.body), story.id.clone(), app.random.clone(), app.now());
    write(app, move |conn| {
        let text = follow::Text { story: &id, version: 1, found: &found };
        follow::follow(conn, &random, text, "ana", now)?;
        let mut all = Vec::new();
        for standing in standing::of_draft(conn, &id)? {
            let mut record = quotations::find(conn, &standing.quotation)?.unwrap();
            change(&mut record);
            quotations::save(conn, &record, "ana", now)?;
            all.push(standing::PublishedStanding::of(standing, &record, State::Exact));
        }
        standing::publish(conn, &id, &all, now)?;
        Ok(all.into_iter().map(|one| one.standing.quotation).collect())
    })
    .await
}

#[tokio::test]
async fn the_templates_render_every_sample_escaped() {
    onrecord_base::testing::on_sqlite(&[TEMPLATES], async |app| {
        for language in ["en", "es", "de"] {
            for page in crate::web::rendered_samples(&app, language) {
                assert!(!page.contains("<script") && !page.contains("<wrod>") && !page.contains("<wall>"), "{page}");
                assert!(!page.contains("site-search-"), "a text is missing: {page}");
            }
        }
    })
    .await;
}
