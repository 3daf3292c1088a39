//! Logs with a known structure, in MIND's format: stories that come out through the day and fade, each at its own pace;
//! sections and topics that readers like unlike; places of a list that are looked at unlike; stories nobody has seen yet.

use std::fmt::Write as _;

use super::metrics::mix;

/// How large a log is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Days.
    pub days: u32,
    /// Stories a day.
    pub stories: u32,
    /// Lists a day.
    pub lists: u32,
    /// The dice.
    pub seed: u64,
}

/// For tests: a second.
pub const SMALL: Size = Size { days: 4, stories: 40, lists: 900, seed: 1 };
/// For the evaluation.
pub const FULL: Size = Size { days: 10, stories: 80, lists: 3_000, seed: 7 };

/// Sections, and topics in each.
const SECTIONS: usize = 8;
const TOPICS: usize = 5;
/// Stories of a list.
const SHOWN: usize = 12;
/// Hours after which a story is no longer shown, but for one in [`OLD`] places.
const SHELF: f64 = 60.0;
const OLD: u64 = 12;

/// The files: `news.tsv` and `behaviors.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Stories.
    pub news: String,
    /// Lists.
    pub behaviors: String,
}

struct Story {
    at: f64,
    section: usize,
    topic: usize,
    quality: f64,
    fades: f64,
}

struct Dice {
    seed: u64,
    drawn: usize,
}

impl Dice {
    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        mix(self.seed, self.drawn)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.draw() % n.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Around zero, as good as normal.
    fn normal(&mut self) -> f64 {
        (0..6).map(|_| self.share()).sum::<f64>() * 2f64.sqrt() - 3.0 * 2f64.sqrt()
    }
}

/// Makes a log.
pub fn generate(size: Size) -> Files {
    let mut dice = Dice { seed: size.seed, drawn: 0 };
    let mut files = Files::default();
    let stories = stories(size, &mut dice, &mut files);
    let mut began = 0;
    for number in 0..size.days * size.lists {
        let at = 24.0 + f64::from(number) / f64::from(size.lists) * 24.0;
        while stories.get(began).is_some_and(|story| story.at <= at) {
            began += 1;
        }
        behavior(number, at, &stories[..began], &mut dice, &mut files);
    }
    files
}

fn stories(size: Size, dice: &mut Dice, files: &mut Files) -> Vec<Story> {
    let count = (size.days + 1) * size.stories;
    let mut stories = Vec::new();
    for number in 0..count {
        let section = dice.below(SECTIONS).min(dice.below(SECTIONS));
        let topic = dice.below(TOPICS);
        let story = Story {
            at: f64::from(number) / f64::from(size.stories) * 24.0,
            section,
            topic,
            quality: dice.normal() * 0.8,
            fades: 5.0 + 40.0 * dice.share() * dice.share(),
        };
        let words: Vec<String> = (0..9)
            .map(|word| match word {
                0..3 => format!("topic{section}x{topic}w{}", dice.below(6)),
                3..5 => format!("section{section}w{}", dice.below(25)),
                _ => format!("word{}", dice.below(900)),
            })
            .collect();
        let _ = writeln!(
            files.news,
            "N{number}\tsection{section}\ttopic{section}x{topic}\t{}\t\thttps://example.org/{number}\t[]\t[]",
            words.join(" ")
        );
        stories.push(story);
    }
    stories
}

/// One list: somebody with two sections and three topics at heart, who has read such stories before.
fn behavior(number: u32, at: f64, out: &[Story], dice: &mut Dice, files: &mut Files) {
    let sections = [dice.below(SECTIONS), dice.below(SECTIONS)];
    let topics = [0; 3].map(|_| (sections[dice.below(2)], dice.below(TOPICS)));
    let taste = |story: &Story| {
        let section = if sections.contains(&story.section) { 0.7 } else { -0.2 };
        section + if topics.contains(&(story.section, story.topic)) { 1.1 } else { 0.0 }
    };
    let mut history: Vec<usize> = Vec::new();
    for _ in 0..60 {
        let read = dice.below(out.len());
        if dice.share() < (taste(&out[read]) + 0.3 * out[read].quality - 1.2).exp() && history.len() < 14 {
            history.push(read);
        }
    }
    history.sort_unstable();
    let fresh = out.partition_point(|story| story.at < at - SHELF);
    let mut shown: Vec<usize> = Vec::new();
    for _ in 0..SHOWN * 4 {
        let first = if dice.draw().is_multiple_of(OLD) { 0 } else { fresh.min(out.len() - 1) };
        let story = first + dice.below(out.len() - first);
        if shown.len() < SHOWN && !shown.contains(&story) {
            shown.push(story);
        }
    }
    let mut impressions = String::new();
    let mut clicks = 0;
    for (place, story) in shown.iter().enumerate() {
        let one = &out[*story];
        let wanted = one.quality + taste(one) - (at - one.at) / one.fades * 0.8 - 1.1;
        let look = 1.0 / (1.0 + place as f64).powf(0.7);
        let clicked = dice.share() < look / (1.0 + (-wanted).exp());
        clicks += u32::from(clicked);
        let _ = write!(impressions, "{}N{story}-{}", if place > 0 { " " } else { "" }, u8::from(clicked));
    }
    if clicks > 0 {
        let history: Vec<String> = history.iter().map(|story| format!("N{story}")).collect();
        let _ = writeln!(files.behaviors, "{number}\t-\t{}\t{}\t{impressions}", clock(at), history.join(" "));
    }
}

/// An hour as MIND writes it.
fn clock(at: f64) -> String {
    let seconds = (at * 3600.0) as i64;
    let time = jiff::civil::datetime(2026, 11, 1, 0, 0, 0, 0) + jiff::SignedDuration::from_secs(seconds);
    let (hour, half) = (time.hour() % 12, if time.hour() < 12 { "AM" } else { "PM" });
    let hour = if hour == 0 { 12 } else { hour };
    format!("{}/{}/{} {hour}:{:02}:{:02} {half}", time.month(), time.day(), time.year(), time.minute(), time.second())
}
