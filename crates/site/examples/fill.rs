//! Fills a newsroom with generated stories, for the benchmarks: `fill DATA COUNT [FIRST_WORDS]`.
//!
//! The text is made of a small grammar and a fixed seed: every run writes the same newsroom. `FIRST_WORDS` is the length
//! of the newest story, which the page benchmark serves.

use onrecord_base::{App, Clock, DataDir, Db, Result, Target, Time};
use onrecord_prose::{Block, Document, Inline, Level};
use onrecord_stories::{
    Byline, Content, Kind, NewAuthor, NewSection, NewTag, Tag,
    import::{self, Imported, Standing},
    store,
};

const SECTIONS: [&str; 8] = ["Town", "Harbour", "Country", "Business", "Courts", "Culture", "Sport", "Letters"];
const AUTHORS: [&str; 6] = ["Ana Ruiz", "Bo Lindqvist", "Chidi Okafor", "Dana Petrov", "Emil Haas", "Farah Nasser"];
const TAGS: [&str; 12] = [
    "budget", "wall", "schools", "ferry", "weather", "council", "trial", "music", "football", "housing", "fish",
    "water",
];
const WHO: [&str; 24] = [
    "the council",
    "a spokesman for the port",
    "the mayor's office",
    "the harbour master",
    "an engineer who saw the plans",
    "the regional court",
    "the ferry company",
    "two fishermen",
    "the head of the school",
    "a retired surveyor",
    "the union of dockers",
    "the insurer",
    "a neighbour across the street",
    "the new owners",
    "the tide office",
    "the opposition in the assembly",
    "a letter seen by this newspaper",
    "the auditor",
    "the fire brigade",
    "the contractor's lawyer",
    "volunteers at the lifeboat station",
    "the weather service",
    "the museum",
    "the bishop",
];
const DID: [&str; 22] = [
    "refused to publish",
    "has asked for",
    "withdrew",
    "confirmed on Monday",
    "could not explain",
    "paid twice for",
    "promised to repair",
    "measured again",
    "had warned about",
    "signed without reading",
    "will appeal against",
    "described in detail",
    "sold quietly",
    "lost the only copy of",
    "voted to postpone",
    "opened an inquiry into",
    "found a crack in",
    "doubled the price of",
    "moved to another quay",
    "explained the delay of",
    "denied any part in",
    "apologised for",
];
const WHAT: [&str; 26] = [
    "the eastern wall",
    "the contract for the dredging",
    "a report of forty pages",
    "the winter timetable",
    "the sale of the old cannery",
    "the minutes of the last meeting",
    "the lighthouse road",
    "the school's heating",
    "three boats of the night fleet",
    "the fund for widows",
    "the price of drinking water",
    "the plans for the marina",
    "a loan that nobody had entered",
    "the bridge at Low Ferry",
    "the cold store",
    "the list of donors",
    "an agreement with the county",
    "the survey of the seabed",
    "the closing of the swimming baths",
    "the market hall",
    "the pumps below the square",
    "a shipment of timber",
    "the election of the chairman",
    "the archive of the parish",
    "the allotments by the railway",
    "the new ambulance",
];
const WHEN: [&str; 20] = [
    "before the spring tides",
    "in a statement of two lines",
    "after a night of heavy rain",
    "without giving a reason",
    "for the third time in a year",
    "although the money was there",
    "as the documents show",
    "while the inquiry went on",
    "when this newspaper asked",
    "and nobody in the room objected",
    "since the previous winter",
    "by a narrow majority",
    "in front of some sixty people",
    "on the advice of its own lawyers",
    "within the hour",
    "against the engineer's advice",
    "as had been agreed in private",
    "which the law does not allow",
    "to general surprise",
    "and left by the side door",
];

/// A small generator with a fixed seed (PCG's multiplier): the same newsroom on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn sentence(&mut self) -> String {
        let text = match self.below(4) {
            0 => format!("{}, {} {} {}", self.of(&WHEN), self.of(&WHO), self.of(&DID), self.of(&WHAT)),
            1 => format!(
                "{} {} {}, and {} {} {}",
                self.of(&WHO),
                self.of(&DID),
                self.of(&WHAT),
                self.of(&WHO),
                self.of(&DID),
                self.of(&WHAT)
            ),
            2 => format!(
                "{} {} {} {} in {}",
                self.of(&WHO),
                self.of(&DID),
                self.of(&WHAT),
                self.of(&WHEN),
                1960 + self.below(66)
            ),
            _ => format!(
                "{} {} {} worth {},{:03} crowns {}",
                self.of(&WHO),
                self.of(&DID),
                self.of(&WHAT),
                1 + self.below(900),
                self.below(1000),
                self.of(&WHEN)
            ),
        };
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>() + ".").unwrap_or_default()
    }

    fn body(&mut self, words: usize) -> Document {
        let mut blocks = Vec::new();
        let mut written = 0;
        while written < words {
            let text: Vec<String> = (0..3 + self.below(3)).map(|_| self.sentence()).collect();
            let text = text.join(" ");
            written += text.split(' ').count();
            if blocks.len() % 6 == 5 {
                blocks.push(Block::Heading(Level::nearest(2), vec![Inline::text(self.of(&WHAT))]));
            }
            blocks.push(Block::Paragraph(vec![Inline::text(text)]));
        }
        Document { blocks }
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(data), Some(count)) = (args.next(), args.next().and_then(|n| n.parse().ok())) else {
        eprintln!("fill DATA COUNT [FIRST_WORDS]");
        std::process::exit(2);
    };
    let first = args.next().and_then(|n| n.parse().ok()).unwrap_or(700);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if let Err(error) = runtime.block_on(fill(DataDir::new(data), count, first)) {
        eprintln!("fill: {error}");
        std::process::exit(1);
    }
}

async fn fill(data: DataDir, count: usize, first: usize) -> Result<()> {
    std::fs::create_dir_all(data.media())?;
    let db = Db::open(&Target::Sqlite(data.database())).await?;
    db.migrate().await?;
    let app = App::new(db, data, Clock::system(), &[]).await?;
    let mut settings = (*app.settings()).clone();
    settings.name = "The Tidewater Courier".into();
    settings.tagline = "Low water, plain words".into();
    settings.tip_phone = "+1 555 0100".into();
    app.save_settings(settings).await?;
    let (sections, authors, tags) = furniture(&app).await?;
    let mut dice = Dice(2026);
    let newest = app.now().millis() - 3_600_000;
    let mut done = 0;
    while done < count {
        let mut batch = Vec::new();
        for number in done..count.min(done + 500) {
            let words = if number == 0 { first } else { 300 + dice.below(600) };
            let at = Time::from_millis(newest - number as i64 * 47 * 60_000);
            let author = dice.below(authors.len());
            let headline = format!("{} {}", dice.sentence().trim_end_matches('.'), number);
            let content = Content {
                kicker: dice.of(&TAGS).to_owned(),
                headline,
                dek: dice.sentence(),
                slug: format!("story-{number}"),
                section: Some(sections[number % sections.len()].clone()),
                bylines: vec![Byline { author: Some(authors[author].clone()), name: AUTHORS[author].into() }],
                dateline: "PORT ELLERY".into(),
                language: "en".into(),
                body: dice.body(words),
                ..Content::default()
            };
            let tags = vec![tags[dice.below(6)].clone(), tags[6 + dice.below(6)].clone()];
            let standing = Standing::Published { path: None, at };
            batch.push(Imported {
                id: app.id(),
                kind: Kind::Story,
                content,
                tags,
                created_at: at,
                changed_at: at,
                standing,
            });
        }
        done += batch.len();
        let (settings, now) = (app.settings(), app.now());
        app.db
            .write(move |conn| {
                for story in batch {
                    import::keep(conn, &settings, story)?;
                }
                import::done(conn, now)
            })
            .await?;
    }
    println!("{done} stories");
    Ok(())
}

async fn furniture(app: &App) -> Result<(Vec<String>, Vec<String>, Vec<Tag>)> {
    let (random, now) = (app.random.clone(), app.now());
    app.db
        .write(move |conn| {
            let mut sections = Vec::new();
            for name in SECTIONS {
                let new = NewSection { name: name.into(), ..NewSection::default() };
                sections.push(store::sections::create(conn, &random.id(now), new, now)?.id);
            }
            let mut authors = Vec::new();
            for name in AUTHORS {
                let new = NewAuthor { name: name.into(), ..NewAuthor::default() };
                authors.push(store::authors::create(conn, &random.id(now), new, now)?.id);
            }
            let mut tags = Vec::new();
            for name in TAGS {
                let new = NewTag { name: name.into(), ..NewTag::default() };
                tags.push(store::tags::create(conn, &random.id(now), new, now)?);
            }
            Ok((sections, authors, tags))
        })
        .await
}
