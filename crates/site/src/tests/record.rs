//! What is on the record, as readers see it: marks, quotations, people.

use http::header;
use onrecord_base::{App, testing};
use onrecord_prose::Document;
use onrecord_record::{
    Person, Quotation, Source, SourceKind, State,
    capture::{self, NewSource},
    follow,
    store::{people, quotations, sources, standing},
};
use onrecord_stories::{Checks, Content, Kind, Section, published::PublishedStory, testing as desk};

use super::Reader;

const BRIDGE: &str = "<p>“We will not close the bridge before the summer,” Mayor Ilse Tamberg said in an interview with the Courant on 3 May 2026.</p>\
    <p>Her rival Bo Lind wrote on Mastodon: “She <em>never</em> asked us.”</p>";

/// A newsroom with one published story whose quotations are on the record.
struct Room {
    app: App,
    town: Section,
    story: PublishedStory,
    reader: Reader,
}

impl Room {
    async fn new(app: App, html: &str) -> Room {
        let town = desk::section(&app, "Town").await;
        let story = published(&app, &town, "The bridge", html).await;
        let reader = Reader::new(&app).await;
        Room { app, town, story, reader }
    }

    /// Puts what the library finds in the story on the record, as a publication does.
    async fn record(&mut self, change: impl Fn(&mut Quotation, &mut State) + Send + 'static) -> Vec<String> {
        let ids = on_record(&self.app, &self.story, change).await;
        self.reader.catch_up().await;
        ids
    }

    async fn person(&mut self, name: &str, slug: &str) -> Person {
        let person = Person {
            id: self.app.id(),
            slug: slug.into(),
            name: name.into(),
            description: "Mayor".into(),
            aliases: vec!["Ilse Maria Tamberg".into()],
            same_as: vec!["https://example.org/tamberg".into()],
        };
        self.save(person.clone()).await;
        person
    }

    async fn save(&mut self, person: Person) {
        let now = self.app.now();
        self.app.db.write(move |conn| people::save(conn, &person, now)).await.unwrap();
        self.reader.catch_up().await;
    }

    async fn source(&self, kind: SourceKind, text: &str, url: &str, title: &str) -> Source {
        let new = NewSource { title: title.into(), by: "ana".into(), ..NewSource::default() };
        let taken = capture::text(&self.app, kind, text, url, new).await.unwrap();
        capture::keep(&self.app, taken, |_, _| Ok(())).await.unwrap()
    }
}

async fn published(app: &App, town: &Section, headline: &str, html: &str) -> PublishedStory {
    let content = Content { body: Document::from_html(html).document, ..desk::content(headline, Some(town)) };
    desk::published_content(app, Kind::Story, content).await
}

pub(super) async fn on_record(
    app: &App,
    story: &PublishedStory,
    change: impl Fn(&mut Quotation, &mut State) + Send + 'static,
) -> Vec<String> {
    let (found, id, random, now) = (follow::found(&story.body), story.id.clone(), app.random.clone(), app.now());
    let write = move |conn: &mut onrecord_base::Conn<'_>| {
        let text = follow::Text { story: &id, version: 1, found: &found };
        follow::follow(conn, &random, text, "ana", now)?;
        let mut all = Vec::new();
        for standing in standing::of_draft(conn, &id)? {
            let mut record = quotations::find(conn, &standing.quotation)?.unwrap();
            let mut verdict = State::Exact;
            change(&mut record, &mut verdict);
            quotations::save(conn, &record, "ana", now)?;
            all.push(standing::PublishedStanding::of(standing, &record, verdict));
        }
        standing::publish(conn, &id, &all, now)?;
        Ok(all.into_iter().map(|one| one.standing.quotation).collect())
    };
    app.db.write(write).await.unwrap()
}

#[tokio::test]
async fn each_quotation_of_a_story_carries_a_mark_that_leads_to_its_page() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let plain = room.reader.read(&room.story.path).await;
        assert!(!plain.contains("quotation-mark") && !plain.contains("quotations-key"), "{plain}");
        let minutes = room.source(SourceKind::Url, "We will not close the bridge before the summer", "https://example.org/minutes", "Minutes").await;
        let ids = room.record(move |one, _| one.source = Some(minutes.id.clone())).await;
        let html = room.reader.read(&room.story.path).await;
        let first = format!("before the summer,”<a class=\"quotation-mark exact\" href=\"/quotes/{}\" aria-label=\"How we know: Ilse Tamberg, in an interview", ids[0]);
        assert!(html.contains(&first), "{html}");
        assert!(html.contains("asked us.”<a class=\"quotation-mark exact\""), "{html}");
        assert!(html.contains("\"@type\":\"Quotation\"") && html.contains("\"recordedIn\""), "{html}");
        assert!(html.contains("2 quotations in this story are on the record."), "{html}");
        let feed = room.reader.read("/feed.xml").await;
        assert!(feed.contains("before the summer,”") && !feed.contains("quotation-mark"), "{feed}");

        let page = room.reader.read(&format!("/quotes/{}", ids[0])).await;
        for part in [
            "<p>“We will not close the bridge before the summer”</p>",
            "<h1 class=\"kicker\">On the record: Ilse Tamberg</h1>",
            "<strong>Exact.</strong>",
            "href=\"https://example.org/minutes#:~:text=We%20will%20not%20close",
            "<time datetime=\"2026-05-03\">3 May 2026</time>",
            "href=\"/town/the-bridge\">The bridge</a>",
            "\"datePublished\":\"2026-05-03\"",
            "\"isBasedOn\":{\"@type\":\"WebPage\"",
            "<meta property=\"og:type\" content=\"article\">",
            &format!("<link rel=\"canonical\" href=\"http://localhost:8080/quotes/{}\">", ids[0]),
        ] {
            assert!(page.contains(part), "no {part} in {page}");
        }
        let map = room.reader.read("/sitemap.xml").await;
        assert!(map.contains(&format!("<loc>http://localhost:8080/quotes/{}</loc>", ids[0])), "{map}");
    })
    .await;
}

/// What stands between the frame, ids left out.
fn main_of(page: &str, ids: &[String]) -> String {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).map(|(main, _)| main);
    ids.iter().zip(1..).fold(main.unwrap_or(page).to_owned(), |text, (id, n)| text.replace(id, &format!("ID-{n}")))
}

#[tokio::test]
async fn a_quotation_s_page_speaks_the_language_of_its_story() {
    testing::on_sqlite(&[], async |app: App| {
        for language in ["en", "es", "de"] {
            app.clock.advance(60_000);
            let town = desk::section(&app, &format!("Town {language}")).await;
            let body = Document::from_html("<p>„Der Deich hält <em>noch</em>“, sagte Ilse Tamberg.</p>").document;
            let content = Content { body, language: language.into(), ..desk::content("Der Deich", Some(&town)) };
            let story = desk::published_content(&app, Kind::Story, content).await;
            let ids = on_record(&app, &story, |one, verdict| {
                one.speaker = "Ilse Tamberg".into();
                one.channel = "post".into();
                one.outlet = "Mastodon".into();
                one.addressee = "Bo Lind".into();
                one.said_on = "2018-05".into();
                *verdict = State::Unsourced;
            })
            .await;
            let reader = Reader::new(&app).await;
            let story = main_of(&reader.read(&story.path).await, &ids);
            let marked: String = story.lines().filter(|line| line.contains("quotation")).collect::<Vec<_>>().join("\n");
            insta::assert_snapshot!(format!("mark-{language}"), marked);
            let page = reader.read(&format!("/quotes/{}", ids[0])).await;
            insta::assert_snapshot!(format!("quotation-{language}"), main_of(&page, &ids));
        }
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_no_published_story_is_not_found() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let person = room.person("Ilse Tamberg", "ilse-tamberg").await;
        let (id, random, now) = (room.story.id.clone(), room.app.random.clone(), room.app.now());
        let found = follow::found(&room.story.body);
        let drafted = room.app.db.write(move |conn| {
            let text = follow::Text { story: &id, version: 1, found: &found };
            follow::follow(conn, &random, text, "ana", now)?;
            standing::of_draft(conn, &id)
        });
        let quotation = drafted.await.unwrap().remove(0).quotation;
        room.reader.catch_up().await;
        for path in [
            format!("/quotes/{quotation}"),
            "/quotes/nothing".into(),
            format!("/people/{}", person.slug),
            format!("/people/{}/feed.xml", person.slug),
            format!("/people/{}/2026", person.slug),
        ] {
            assert_eq!(room.reader.get(&path).await.0, 404, "{path}");
        }
        assert!(!room.reader.read("/people").await.contains("Tamberg"));
        assert!(!room.reader.read("/sitemap.xml").await.contains("/quotes/"));
    })
    .await;
}

#[tokio::test]
async fn a_person_has_a_page_a_feed_and_a_place_on_the_list() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        room.person("Ilse Tamberg", "ilse-tamberg").await;
        let ids = room.record(|_, _| {}).await;
        let page = room.reader.read("/people/ilse-tamberg").await;
        for part in [
            "<h1 class=\"headline\">Ilse Tamberg</h1>",
            "Ilse Maria Tamberg",
            "<h2 class=\"rubric\" id=\"year-2026\">2026</h2>",
            "<p>“We will not close the bridge before the summer”</p>",
            "href=\"https://example.org/tamberg\" rel=\"external nofollow noopener\"",
            "\"sameAs\":[\"https://example.org/tamberg\"]",
            "href=\"/people/ilse-tamberg/feed.xml\"",
            "Stories that quote Ilse Tamberg",
            "1 quotation",
        ] {
            assert!(page.contains(part), "no {part} in {page}");
        }
        assert!(!page.contains("asked us"), "that was Bo Lind");
        insta::assert_snapshot!("person", main_of(&page, &ids));
        let feed = room.reader.read("/people/ilse-tamberg/feed.xml").await;
        insta::assert_snapshot!("person-feed", main_of(&feed, &ids));
        assert!(feed.contains(&format!("<link>http://localhost:8080/quotes/{}</link>", ids[0])), "{feed}");
        assert!(feed.contains("We will not close the bridge before the summer”&lt;/p&gt;"), "{feed}");
        assert!(room.reader.read("/people").await.contains("<a href=\"/people/ilse-tamberg\">Ilse Tamberg</a>"));
        assert!(room.reader.read("/sitemap.xml").await.contains("/people/ilse-tamberg</loc>"));
        assert!(room.reader.read("/people/ilse-tamberg/interview").await.contains("before the summer"));
        for part in ["2025", "post", "nothing", "20260"] {
            assert_eq!(room.reader.get(&format!("/people/ilse-tamberg/{part}")).await.0, 404, "{part}");
        }
        let story = room.reader.read(&room.story.path).await;
        assert!(story.contains("\"url\":\"http://localhost:8080/people/ilse-tamberg\""), "{story}");
    })
    .await;
}

#[tokio::test]
async fn a_person_s_old_addresses_lead_to_where_the_person_is_now() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let tamberg = room.person("Ilse Tamberg", "ilse-tamberg").await;
        let unquoted = room.person("Nobody Quoted", "nobody").await;
        room.record(|_, _| {}).await;
        room.reader.read("/people/ilse-tamberg").await;
        room.save(Person { slug: "ilse-van-tamberg".into(), ..tamberg.clone() }).await;
        room.save(Person { slug: "μαρία".into(), ..unquoted }).await;
        for below in ["", "/feed.xml", "/2026", "/interview"] {
            let (old, new) = (format!("/people/ilse-tamberg{below}"), format!("/people/ilse-van-tamberg{below}"));
            assert_eq!(room.reader.moved(&old).await, new);
            room.reader.read(&new).await;
        }
        assert_eq!(room.reader.moved("/people/ilse-van-tamberg/").await, "/people/ilse-van-tamberg");
        assert_eq!(room.reader.moved("/people/ilse-tamberg/").await, "/people/ilse-van-tamberg");
        assert_eq!(room.reader.get("/people/nobody").await.0, 404, "who is quoted nowhere has no page");
        // And back again: the address that was given up leads on, the old one is a page once more.
        room.save(tamberg).await;
        room.reader.read("/people/ilse-tamberg").await;
        assert_eq!(room.reader.moved("/people/ilse-van-tamberg").await, "/people/ilse-tamberg");
    })
    .await;
}

#[tokio::test]
async fn a_change_drops_exactly_the_pages_that_show_it() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let other = published(&room.app, &room.town, "The pier", "<p>“It is shut,” said Dana Petrov.</p>").await;
        let others = on_record(&room.app, &other, |_, _| {}).await;
        let person = room.person("Ilse Tamberg", "ilse-tamberg").await;
        let ids = room.record(|_, _| {}).await;
        let quote = format!("/quotes/{}", ids[0]);
        let unconcerned = [format!("/quotes/{}", others[0]), other.path.clone()];
        let concerned = [room.story.path.clone(), quote.clone(), "/people/ilse-tamberg".into(), "/people".into()];
        for path in concerned.iter().chain(&unconcerned) {
            room.reader.read(path).await;
        }

        // A name put right.
        room.save(Person { name: "Ilse van Tamberg".into(), ..person }).await;
        for path in &concerned {
            assert!(room.reader.read(path).await.contains("Ilse van Tamberg"), "{path}");
        }
        for path in &unconcerned {
            assert!(room.reader.keeps(path), "{path} was dropped for nothing");
        }

        // Another quotation of hers.
        let third =
            published(&room.app, &room.town, "The ferry", "<p>“The ferry stays,” Ilse van Tamberg said.</p>").await;
        on_record(&room.app, &third, |_, _| {}).await;
        room.reader.catch_up().await;
        assert!(room.reader.read("/people/ilse-tamberg").await.contains("The ferry stays"));
        assert!(room.reader.keeps(&unconcerned[0]), "the pier's quotation was dropped for nothing");

        // The story is withdrawn.
        let (story, now) = (room.story.id.clone(), room.app.now());
        room.app
            .db
            .write(move |conn| {
                onrecord_stories::publishing::kill(conn, &Checks::default(), &story, "libel", None, now)?;
                standing::withdraw(conn, &story, now)
            })
            .await
            .unwrap();
        room.reader.catch_up().await;
        assert_eq!(room.reader.get(&quote).await.0, 404);
        assert!(!room.reader.read("/people/ilse-tamberg").await.contains("before the summer"));
        assert!(!room.reader.read("/people/ilse-tamberg/feed.xml").await.contains("before the summer"));
        assert!(!room.reader.read("/sitemap.xml").await.contains(&quote));
    })
    .await;
}

#[tokio::test]
async fn a_source_made_confidential_leaves_every_page_at_once() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        room.person("Ilse Tamberg", "ilse-tamberg").await;
        let leak = room
            .source(SourceKind::Url, "We will not close the bridge", "https://leak.example/secret", "The secret leak")
            .await;
        let id = leak.id.clone();
        let ids = room.record(move |one, _| one.source = Some(leak.id.clone())).await;
        let quote = format!("/quotes/{}", ids[0]);
        let pages = [
            quote.clone(),
            room.story.path.clone(),
            "/people/ilse-tamberg".into(),
            "/people/ilse-tamberg/feed.xml".into(),
            "/feed.xml".into(),
        ];
        let mut before = String::new();
        for path in &pages {
            before += &room.reader.read(path).await;
        }
        assert!(before.contains("leak.example") && before.contains("The secret leak"));
        let now = room.app.now();
        room.app.db.write(move |conn| sources::set_confidential(conn, &id, "ana", true, now)).await.unwrap();
        room.reader.catch_up().await;
        for path in &pages {
            let page = room.reader.read(path).await;
            assert!(!page.contains("leak.example") && !page.contains("The secret leak"), "{path}: {page}");
        }
        let page = room.reader.read(&quote).await;
        assert!(page.contains("From a source we do not name."), "{page}");
        assert!(
            page.contains("<strong>Exact.</strong>") && !page.contains("isBasedOn"),
            "nothing else differs: {page}"
        );
    })
    .await;
}

#[tokio::test]
async fn verdicts_are_said_honestly_and_why_it_is_disputed_stays_at_the_desk() {
    testing::on_sqlite(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let notes =
            room.source(SourceKind::Notes, "We will not close the bridge", "", "Notes of 3 May with a friend").await;
        for (state, sentence) in [
            (State::Exact, "It says exactly this."),
            (State::Edited, "but for what our rules allow"),
            (State::Altered, "We say so rather than hide it."),
            (State::Disputed, "It is contested"),
        ] {
            let source = notes.id.clone();
            let ids = room
                .record(move |one, verdict| {
                    one.source = Some(source.clone());
                    one.disputed = Some("A friend of the mayor says so.".into());
                    *verdict = state;
                })
                .await;
            let page = room.reader.read(&format!("/quotes/{}", ids[0])).await;
            assert!(page.contains(sentence), "{page}");
            assert!(page.contains("It was said to us. We hold a recording or our notes."), "{page}");
            assert!(!page.contains("friend"), "what the desk notes is the desk's: {page}");
        }
        let unsourced = |one: &mut Quotation, verdict: &mut State| {
            one.source = None;
            *verdict = State::Unsourced;
        };
        let ids = room.record(unsourced).await;
        let page = room.reader.read(&format!("/quotes/{}", ids[0])).await;
        assert!(page.contains("without a source on file"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn the_same_words_in_two_stories_are_one_page_and_other_words_are_named() {
    testing::both(&[], async |app: App| {
        let mut room = Room::new(app, BRIDGE).await;
        let ids = room.record(|_, _| {}).await;
        let quote = format!("/quotes/{}", ids[0]);
        assert!(room.reader.read(&quote).await.contains("The story it stands in"));
        let again = published(&room.app, &room.town, "The bridge again", BRIDGE).await;
        assert_eq!(on_record(&room.app, &again, |_, _| {}).await[0], ids[0]);
        room.reader.catch_up().await;
        let page = room.reader.read(&quote).await;
        assert!(page.contains("The stories it stands in") && page.contains("The bridge again"), "{page}");
        let changed = BRIDGE.replace("the summer", "next summer");
        desk::change(&room.app, &again.id, move |content| content.body = Document::from_html(&changed).document).await;
        desk::publish(&room.app, &again.id).await.unwrap();
        let again = desk::find(&room.app, &again.id).await.unwrap();
        let variant = on_record(&room.app, &again, |_, _| {}).await.remove(0);
        assert_ne!(variant, ids[0]);
        room.reader.catch_up().await;
        let page = room.reader.read(&quote).await;
        assert!(page.contains("Published in other words too") && page.contains("before next summer”"), "{page}");
        let page = room.reader.read(&format!("/quotes/{variant}")).await;
        assert!(page.contains(&format!("href=\"{quote}\"")), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_person_who_says_much_has_pages_parts_and_a_light_story() {
    testing::on_sqlite(&[], async |app: App| {
        let said: String = (0..45)
            .map(|n| format!("<p>“This is number {n:02} of what I had to say to the council about the wall,” Ilse Tamberg said in a statement in {}.</p>", 2000 + n % 3))
            .collect();
        let mut room = Room::new(app, &said).await;
        room.person("Ilse Tamberg", "ilse-tamberg").await;
        room.record(|_, _| {}).await;
        let mut target = "/people/ilse-tamberg".to_owned();
        let mut seen = Vec::new();
        let mut walk = vec![];
        loop {
            let html = room.reader.read(&target).await;
            seen.extend(html.match_indices("“This is number ").map(|(at, mark)| html[at + mark.len()..][..2].to_owned()));
            walk.push(target.clone());
            let Some(at) = html.find("rel=\"next\" href=\"") else { break };
            target = html[at + 17..].split('"').next().unwrap().to_owned();
        }
        assert_eq!(walk.len(), 3);
        seen.sort();
        assert_eq!(seen, (0..45).map(|n| format!("{n:02}")).collect::<Vec<_>>());
        let back = room.reader.read(&target).await;
        let newer = back.split("rel=\"prev\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(room.reader.read(newer).await.matches("<li class=\"quote\">").count(), 20);
        assert_eq!(room.reader.read("/people/ilse-tamberg/2001").await.matches("<li class=\"quote\">").count(), 15);

        let page = room.reader.ask(&room.story.path, &[(header::ACCEPT_ENCODING, "br")]).await;
        assert!(page.body().len() <= 15_000, "{} bytes of HTML", page.body().len());
        assert_eq!(room.reader.read(&room.story.path).await.matches("class=\"quotation-mark").count(), 45);
    })
    .await;
}
