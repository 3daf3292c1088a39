use jiff::tz::TimeZone;
use onrecord_base::{App, Time, testing::both};

use crate::{
    Kind, Section,
    published::{self, Card, Filter, Place, PublishedStory},
    store::pins,
    testing::{self, author, content, published, published_page, read, section},
};

const DAY: i64 = 24 * 3_600_000;

fn headlines(cards: &[Card]) -> Vec<&str> {
    cards.iter().map(|card| card.headline.as_str()).collect()
}

async fn five(app: &App, section: &Section) -> Vec<PublishedStory> {
    let mut stories = Vec::new();
    for number in 1..=5 {
        stories.push(published(app, &format!("Story {number}"), section).await);
        app.clock.advance(DAY);
    }
    stories
}

#[tokio::test]
async fn lists_are_paged_by_place_in_both_directions() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        five(&app, &town).await;
        published_page(&app, "Imprint").await;
        let turn = |place: Place| {
            let app = app.clone();
            async move { read(&app, move |conn| published::page(conn, &Filter::all(), &place, 2)).await }
        };
        let first = turn(Place::Newest).await;
        assert_eq!(headlines(&first.cards), ["Story 5", "Story 4"]);
        assert_eq!(first.newer, None);
        let second = turn(first.older.unwrap()).await;
        assert_eq!(headlines(&second.cards), ["Story 3", "Story 2"]);
        let last = turn(second.older.unwrap()).await;
        assert_eq!(headlines(&last.cards), ["Story 1"]);
        assert_eq!(last.older, None);
        let back = turn(last.newer.unwrap()).await;
        assert_eq!(headlines(&back.cards), ["Story 3", "Story 2"]);
        let top = turn(back.newer.unwrap()).await;
        assert_eq!(headlines(&top.cards), ["Story 5", "Story 4"]);
        assert_eq!(top.newer, None);
    })
    .await;
}

#[tokio::test]
async fn lists_are_narrowed_by_section_author_tag_language_and_day() {
    both(&[], |app| async move {
        let (town, sea) = (section(&app, "Town").await, section(&app, "Sea").await);
        let ana = author(&app, "Ana Ruiz").await;
        published(&app, "Wall", &town).await;
        app.clock.advance(DAY);
        let mut text = content("Ferry", Some(&sea));
        text.tags = vec!["Boats".into()];
        text.language = "de".into();
        text.bylines = vec![
            crate::Byline { author: None, name: "ana ruiz".into() },
            crate::Byline { author: None, name: "AFP".into() },
        ];
        let ferry = testing::published_content(&app, Kind::Story, text).await;
        let tag = ferry.tags[0].id.clone();
        let find = |filter: Filter| {
            let app = app.clone();
            async move {
                read(&app, move |conn| {
                    let cards = published::cards(conn, &filter, None, 10)?;
                    assert_eq!(published::count(conn, &filter)?, cards.len() as i64, "{filter:?}");
                    Ok(cards)
                })
                .await
            }
        };
        assert_eq!(headlines(&find(Filter::section(&town.id)).await), ["Wall"]);
        assert_eq!(headlines(&find(Filter::author(&ana.id)).await), ["Ferry", "Wall"]);
        assert_eq!(headlines(&find(Filter::tag(&tag)).await), ["Ferry"]);
        let both = Filter { author: Some(ana.id.clone()), tag: Some(tag), ..Filter::default() };
        assert_eq!(headlines(&find(both).await), ["Ferry"]);
        assert_eq!(headlines(&find(Filter { language: Some("en".into()), ..Filter::all() }).await), ["Wall"]);
        let zone = TimeZone::UTC;
        let (from, until) = published::day_bounds(&zone, 2026, 11, 22).unwrap();
        assert_eq!(headlines(&find(Filter::between(from, until)).await), ["Wall"]);

        let card = &find(Filter::section(&sea.id)).await[0];
        assert_eq!(card.section.as_ref().unwrap().slug, "sea");
        let names: Vec<_> = card.bylines.iter().map(|b| (b.name.as_str(), b.author.is_some())).collect();
        assert_eq!(names, [("Ana Ruiz", true), ("AFP", false)]);
    })
    .await;
}

#[tokio::test]
async fn the_front_shows_the_pins_and_then_the_newest() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let stories = five(&app, &town).await;
        let (one, two, now) = (stories[0].id.clone(), stories[1].id.clone(), app.now());
        app.db
            .write(move |conn| {
                pins::pin(conn, &one, now)?;
                pins::pin(conn, &two, now)?;
                pins::shift(conn, &two, false, now)
            })
            .await
            .unwrap();
        let front = read(&app, |conn| published::front(conn, 2)).await;
        assert_eq!(headlines(&front.pinned), ["Story 1", "Story 2"]);
        assert_eq!(headlines(&front.latest), ["Story 5", "Story 4"]);
    })
    .await;
}

#[tokio::test]
async fn the_archive_names_the_days_that_have_stories() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        for day in ["2024-02-29T12:00:00Z", "2024-02-29T13:00:00Z", "2024-12-31T23:30:00Z", "2026-01-05T00:00:00Z"] {
            let mut text = content(&format!("On {day}"), Some(&town));
            text.published_at = Time::parse(day);
            testing::published_content(&app, Kind::Story, text).await;
        }
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let (years, months, days) = read(&app, move |conn| {
            let years = published::years(conn, &zone)?;
            Ok((years, published::months(conn, &zone, 2024)?, published::days(conn, &zone, 2024, 2)?))
        })
        .await;
        // The last of 2024 in London was the first of 2025 in Madrid.
        assert_eq!((years, months, days), (vec![2024, 2025, 2026], vec![2], vec![29]));
        let addresses = read(&app, |conn| published::addresses(conn, None, 10)).await;
        assert_eq!(addresses.len(), 4);
        let after = addresses[1].id.clone();
        assert_eq!(read(&app, move |conn| published::addresses(conn, Some(&after), 10)).await.len(), 2);
    })
    .await;
}
