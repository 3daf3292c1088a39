//! Fills a newsroom with generated stories for `./dev bench search`: `fill DATA COUNT`, then `DATA/questions.json` holds
//! questions about them.
//!
//! Nobody's words: three languages of invented words, each word as frequent as its rank has it (Zipf), behind the few
//! dozen real words that every text of the language is full of. The seed is fixed: every run writes the same newsroom.

use std::collections::{BTreeMap, BTreeSet};

use indicatif::{ProgressBar, ProgressStyle};
use onrecord_base::{App, Clock, DataDir, Db, Result, Target, Time};
use onrecord_prose::{Block, Document, Inline};
use onrecord_record::{
    Person, State, follow,
    store::{people, quotations, standing},
};
use onrecord_stories::{
    Byline, Content, Kind, NewAuthor, NewSection, NewTag, Tag,
    import::{self, Imported, Standing},
    store,
};

/// Words of a language's vocabulary; a newspaper of some decades has so many.
const VOCABULARY: usize = 120_000;
/// Stories of one transaction.
const BATCH: usize = 500;
const AUTHORS: usize = 400;
const PEOPLE: usize = 2_000;
const TAGS: usize = 500;
/// The revision of a story that was imported once.
const FIRST: i64 = 1;
/// Every so many-th story has a quotation on the record.
const QUOTED: usize = 50;
/// Minutes between two stories: a million are thirty years of a busy newsroom.
const APART: i64 = 16;

const SECTIONS: [&str; 12] = [
    "Town", "Harbour", "Country", "Business", "Courts", "Culture", "Sport", "Letters", "Science", "World", "Schools",
    "Weather",
];
/// Language, share in percent, its small words, and its syllables.
const LANGUAGES: [(&str, usize, &str, &str); 3] = [
    (
        "en",
        60,
        "the of and to in a that it is was for on with as he by at from his an but not had they which be this have or she",
        "ba ber cor dan del dun ell fen fir gar hal ing ker lan lor mar mon nes nor pel per quin ran rel sat sel tam ter ul ven wal wend yor",
    ),
    (
        "es",
        20,
        "de la que el en y a los se del las un por con no una su para es al lo como o pero sus le ha me si sin",
        "al ba cor da des e fer ga his in la les lo ma men no nar pa per qui ra re sa sol ta to tra un va vi zo",
    ),
    (
        "de",
        20,
        "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach",
        "ab ber bruch den dorf er fall fen gar ge hal haus heim kel kor lich land men mut nis rat sau schei sel ter tur un ver wal wer zen zug",
    ),
];

/// A small generator with a fixed seed (PCG's multiplier).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// From 0 up to, not including, 1.
    fn part(&mut self) -> f64 {
        self.next() as f64 / f64::from(1_u32 << 31)
    }
}

/// The words of a language, the most frequent first.
struct Language {
    tag: &'static str,
    words: Vec<String>,
    small: usize,
}

impl Language {
    fn new(tag: &'static str, small: &str, syllables: &str, dice: &mut Dice) -> Language {
        let syllables: Vec<&str> = syllables.split(' ').collect();
        let mut words: Vec<String> = small.split(' ').map(str::to_owned).collect();
        let small = words.len();
        let mut known: BTreeSet<String> = words.iter().cloned().collect();
        while words.len() < VOCABULARY {
            // Frequent words are short; of two or three syllables there are not enough for all.
            let place = words.len();
            let count = 2 + usize::from(place > VOCABULARY / 20) + usize::from(place > VOCABULARY / 2) + dice.below(2);
            let word: String = (0..count).map(|_| syllables[dice.below(syllables.len())]).collect();
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        Language { tag, words, small }
    }

    /// A word, as frequent as its rank has it: with an exponent of one, the logarithm of the rank is even.
    fn word(&self, dice: &mut Dice) -> &str {
        let rank = ((self.words.len() as f64 + 1.0).ln() * dice.part()).exp() - 1.0;
        &self.words[(rank as usize).min(self.words.len() - 1)]
    }

    /// A word that says something.
    fn telling(&self, dice: &mut Dice) -> &str {
        loop {
            let word = self.word(dice);
            if !self.words[..self.small].iter().any(|small| small == word) {
                return word;
            }
        }
    }

    fn sentence(&self, dice: &mut Dice) -> String {
        let mut words: Vec<String> = (0..8 + dice.below(16)).map(|_| self.word(dice).to_owned()).collect();
        if dice.below(6) == 0 {
            words.push(format!("{},{:03}", 1 + dice.below(900), dice.below(1000)));
        }
        capital(&words.join(" ")) + "."
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(data), Some(count)) = (args.next(), args.next().and_then(|n| n.parse().ok())) else {
        eprintln!("fill DATA COUNT");
        std::process::exit(2);
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if let Err(error) = runtime.block_on(fill(DataDir::new(data), count)) {
        eprintln!("fill: {error}");
        std::process::exit(1);
    }
}

/// Sections, authors, tags and people of the newsroom.
struct Furniture {
    sections: Vec<String>,
    authors: Vec<(String, String)>,
    tags: Vec<Tag>,
    people: Vec<Person>,
}

async fn fill(data: DataDir, count: usize) -> Result<()> {
    std::fs::create_dir_all(data.media())?;
    let db = Db::open(&Target::Sqlite(data.database())).await?;
    db.migrate().await?;
    let app = App::new(db, data, Clock::system(), &[]).await?;
    let mut dice = Dice(2026);
    let languages = LANGUAGES.map(|(tag, _, small, syllables)| Language::new(tag, small, syllables, &mut dice));
    let furniture = furnish(&app, &languages[0], &mut dice).await?;
    let mut questions = Questions::default();
    let bar = ProgressBar::new(count as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg:24} {bar:32} {percent:>3} %  {elapsed}, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message("generating stories");
    let newest = app.now().millis() - 3_600_000;
    let mut done = 0;
    while done < count {
        let mut batch = Vec::new();
        let mut quoted = Vec::new();
        for number in done..count.min(done + BATCH) {
            let language = language_of(&languages, &mut dice);
            let at = Time::from_millis(newest - number as i64 * APART * 60_000);
            let story = one(&app, language, &furniture, number, at, &mut dice);
            if number % QUOTED == 0 {
                quoted.push((story.id.clone(), story.content.body.clone()));
            }
            questions.take(&story.content, language, &furniture, &mut dice);
            batch.push(story);
        }
        done += batch.len();
        let (settings, now, random) = (app.settings(), app.now(), app.random.clone());
        let keep = app.db.write(move |conn| {
            for story in batch {
                let id = story.id.clone();
                import::keep(conn, &settings, story)?;
                // Read, as in a newsroom that has been there for a while: else the server would go on reading while it is asked.
                standing::follow_publication(conn, &id, Some(FIRST))?;
            }
            for (story, body) in quoted {
                let found = follow::found(&body);
                follow::follow(conn, &random, follow::Text { story: &story, version: 1, found: &found }, "bench", now)?;
                let mut all = Vec::new();
                for standing in standing::of_draft(conn, &story)? {
                    if let Some(record) = quotations::find(conn, &standing.quotation)? {
                        all.push(standing::PublishedStanding::of(standing, &record, State::Unsourced));
                    }
                }
                standing::publish(conn, &story, &all, now)?;
            }
            import::done(conn, now)
        });
        keep.await?;
        bar.set_position(done as u64);
    }
    bar.finish_and_clear();
    let file = app.data.path().join("questions.json");
    std::fs::write(file, serde_json::to_string(&questions.of).unwrap_or_default())?;
    println!("{done} stories");
    Ok(())
}

fn language_of<'a>(languages: &'a [Language; 3], dice: &mut Dice) -> &'a Language {
    let mut left = dice.below(100);
    for (language, (_, share, ..)) in languages.iter().zip(LANGUAGES) {
        match left.checked_sub(share) {
            Some(rest) => left = rest,
            None => return language,
        }
    }
    &languages[0]
}

fn one(app: &App, language: &Language, furniture: &Furniture, number: usize, at: Time, dice: &mut Dice) -> Imported {
    let length = 120 + dice.below(560);
    let mut blocks = Vec::new();
    let mut words = 0;
    while words < length {
        let text: Vec<String> = (0..2 + dice.below(4)).map(|_| language.sentence(dice)).collect();
        let text = text.join(" ");
        words += text.split(' ').count();
        blocks.push(Block::Paragraph(vec![Inline::text(text)]));
    }
    if number.is_multiple_of(QUOTED) {
        let speaker = &furniture.people[dice.below(PEOPLE)].name;
        let said = language.sentence(dice);
        blocks.push(Block::Paragraph(vec![Inline::text(format!("“{},” {speaker} said.", said.trim_end_matches('.')))]));
    }
    let headline: Vec<&str> = (0..5 + dice.below(5)).map(|_| language.telling(dice)).collect();
    let (author, name) = &furniture.authors[dice.below(AUTHORS)];
    let content = Content {
        headline: capital(&headline.join(" ")),
        dek: language.sentence(dice),
        slug: format!("story-{number}"),
        section: Some(furniture.sections[skewed(SECTIONS.len(), dice)].clone()),
        bylines: vec![Byline { author: Some(author.clone()), name: name.clone() }],
        language: language.tag.into(),
        body: Document { blocks },
        ..Content::default()
    };
    let tags = vec![furniture.tags[skewed(TAGS, dice)].clone()];
    let standing = Standing::Published { path: None, at };
    Imported { id: app.id(), kind: Kind::Story, content, tags, created_at: at, changed_at: at, standing }
}

/// The first more often than the last.
fn skewed(count: usize, dice: &mut Dice) -> usize {
    let part = dice.part();
    (part * part * count as f64) as usize
}

async fn furnish(app: &App, language: &Language, dice: &mut Dice) -> Result<Furniture> {
    let name = |dice: &mut Dice| {
        format!(
            "{} {}",
            capital(&language.words[1_000 + dice.below(8_000)]),
            capital(&language.words[20_000 + dice.below(60_000)])
        )
    };
    let mut names = BTreeSet::new();
    while names.len() < AUTHORS + PEOPLE {
        names.insert(name(dice));
    }
    let mut names = names.into_iter();
    let authors: Vec<String> = names.by_ref().take(AUTHORS).collect();
    let people: Vec<String> = names.collect();
    let tags: Vec<String> = language.words[2_000..2_000 + TAGS].to_vec();
    let (random, now) = (app.random.clone(), app.now());
    let write = app.db.write(move |conn| {
        let mut furniture = Furniture { sections: vec![], authors: vec![], tags: vec![], people: vec![] };
        for name in SECTIONS {
            let new = NewSection { name: name.into(), ..NewSection::default() };
            furniture.sections.push(store::sections::create(conn, &random.id(now), new, now)?.id);
        }
        for name in authors {
            let new = NewAuthor { name: name.clone(), ..NewAuthor::default() };
            furniture.authors.push((store::authors::create(conn, &random.id(now), new, now)?.id, name));
        }
        for name in tags {
            let new = NewTag { name, ..NewTag::default() };
            furniture.tags.push(store::tags::create(conn, &random.id(now), new, now)?);
        }
        for (number, name) in people.into_iter().enumerate() {
            let person = Person {
                id: random.id(now),
                slug: format!("person-{number}"),
                name,
                description: "Witness".into(),
                aliases: vec![],
                same_as: vec![],
            };
            people::save(conn, &person, now)?;
            furniture.people.push(person);
        }
        Ok(furniture)
    });
    write.await
}

/// Questions by kind, taken from the stories as they are written.
#[derive(Default)]
struct Questions {
    of: BTreeMap<&'static str, Vec<String>>,
    seen: usize,
}

/// Questions of one kind.
const EACH: usize = 400;

impl Questions {
    fn take(&mut self, content: &Content, language: &Language, furniture: &Furniture, dice: &mut Dice) {
        self.seen += 1;
        // Early stories fill the lists; later ones replace some, so that all years are asked about.
        let Some(Block::Paragraph(run)) = content.body.blocks.first() else { return };
        let text = onrecord_prose::Document { blocks: vec![Block::Paragraph(run.clone())] }.plain_text();
        let words: Vec<&str> = text.split([' ', '.', ',']).filter(|word| !word.is_empty()).collect();
        let at = dice.below(words.len().saturating_sub(3));
        let telling = |dice: &mut Dice| language.telling(dice).to_owned();
        let rare = language.words[5_000 + dice.below(VOCABULARY - 5_000)].clone();
        let frequent = language.words[language.small + dice.below(60)].clone();
        let typo = swapped(&telling(dice), dice);
        let headline: Vec<&str> = content.headline.split(' ').collect();
        let letters: String = headline[dice.below(headline.len())].chars().take(2 + dice.below(4)).collect();
        let section = SECTIONS[dice.below(SECTIONS.len())].to_lowercase();
        let person = format!("person-{}", dice.below(PEOPLE));
        let author = furniture.authors[dice.below(AUTHORS)].1.replace(' ', "+");
        let year = 2000 + dice.below(27);
        let (one, two, three) = (telling(dice), telling(dice), telling(dice));
        let new = [
            ("word", format!("/search?q={one}")),
            ("frequent word", format!("/search?q={frequent}")),
            ("rare word", format!("/search?q={rare}")),
            ("two words", format!("/search?q={one}+{two}")),
            ("three words", format!("/search?q={one}+{two}+{three}")),
            ("phrase of two", format!("/search?q=%22{}%22", words[at..at + 2].join("+"))),
            ("phrase of three", format!("/search?q=%22{}%22", words[at..at + 3].join("+"))),
            ("typo", format!("/search?q={typo}")),
            ("word and typo", format!("/search?q={one}+{typo}")),
            ("left out", format!("/search?q={one}+-{two}")),
            ("section", format!("/search?q={frequent}&section={section}")),
            ("author", format!("/search?q={one}&author={author}")),
            ("years", format!("/search?q={one}&from={year}-01-01&to={}-12-31", year + 1)),
            ("newest first", format!("/search?q={frequent}&sort=newest")),
            ("second page", format!("/search?q={one}&page=2")),
            ("said by", format!("/search?said-by={person}")),
            ("quotations", format!("/search?q={frequent}&kind=quotation")),
            ("while typing", format!("/search/suggest?q={letters}")),
            ("while typing a slip", format!("/search/suggest?q={typo}")),
            ("while typing a second word", format!("/search/suggest?q={}+{letters}", headline[0])),
        ];
        for (kind, question) in new {
            let list = self.of.entry(kind).or_default();
            if list.len() < EACH {
                list.push(question);
            } else if dice.below(self.seen) < EACH {
                let place = dice.below(EACH);
                list[place] = question;
            }
        }
    }
}

/// A word with two letters swapped, or one left out.
fn swapped(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 4 {
        let at = 1 + dice.below(letters.len() - 2);
        match dice.below(2) {
            0 => letters.swap(at, at + 1),
            _ => drop(letters.remove(at)),
        }
    }
    letters.into_iter().collect()
}
