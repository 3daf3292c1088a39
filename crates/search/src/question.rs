//! What a reader asks: read from an address, and written into one again. No input is wrong; what cannot be used is left out.

use jiff::civil::Date;
use url::form_urlencoded;

use crate::schema::Kind;

/// Characters of a question; the rest is cut off.
pub const LONGEST: usize = 200;
/// Words of a question, those of phrases counted; the rest is left out. A headline has twelve.
pub const MOST_WORDS: usize = 16;
/// Results on a page.
pub const PAGE: usize = 10;
/// Pages that can be turned: who has not found it after a hundred results asks otherwise.
pub const PAGES: usize = 10;
/// Bytes of an address' query that are read at all.
const LONGEST_QUERY: usize = 8 * 1024;

/// In which order results stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The most fitting first, of two equally fitting ones the newer.
    #[default]
    Best,
    /// The newest first.
    Newest,
}

/// A question with everything that narrows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The words as they were typed.
    pub words: String,
    /// What kind of thing.
    pub kind: Option<Kind>,
    /// A section's slug.
    pub section: String,
    /// An author's slug or name.
    pub author: String,
    /// A person's slug or name: who is quoted in it, who said it, who it is.
    pub person: String,
    /// The slug or name of who said it.
    pub said_by: String,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: usize,
}

/// What narrows a question, by the names in its address.
pub const FILTERS: [&str; 7] = ["kind", "section", "author", "person", "said-by", "from", "to"];

impl Question {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Question {
        let query = &query.as_bytes()[..query.len().min(LONGEST_QUERY)];
        let mut question = Question { page: 1, ..Question::default() };
        for (name, value) in form_urlencoded::parse(query) {
            question.set(&name, &value);
        }
        question
    }

    fn set(&mut self, name: &str, value: &str) {
        let value = clean(value);
        match name {
            "q" => self.words = value,
            "kind" => self.kind = Kind::read(&value),
            "section" => self.section = value,
            "author" => self.author = value,
            "person" => self.person = value,
            "said-by" => self.said_by = value,
            "from" => self.from = day(&value),
            "to" => self.to = day(&value),
            "sort" => self.sort = if value == "newest" { Sort::Newest } else { Sort::Best },
            "page" => self.page = value.parse().unwrap_or(1).clamp(1, PAGES),
            _ => {}
        }
    }

    /// The value of a field as it stands in an address; empty if there is none.
    pub fn get(&self, name: &str) -> String {
        match name {
            "q" => self.words.clone(),
            "kind" => self.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
            "section" => self.section.clone(),
            "author" => self.author.clone(),
            "person" => self.person.clone(),
            "said-by" => self.said_by.clone(),
            "from" => self.from.map(|day| day.to_string()).unwrap_or_default(),
            "to" => self.to.map(|day| day.to_string()).unwrap_or_default(),
            "sort" if self.sort == Sort::Newest => "newest".into(),
            "page" if self.page > 1 => self.page.to_string(),
            _ => String::new(),
        }
    }

    /// The same question with one field set otherwise, from its first page.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Question {
        let mut other = Question { page: 1, ..self.clone() };
        other.set(name, value);
        other
    }

    /// The same question on another page.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Question {
        Question { page, ..self.clone() }
    }

    /// The words alone.
    #[must_use]
    pub fn unfiltered(&self) -> Question {
        Question { words: self.words.clone(), sort: self.sort, page: 1, ..Question::default() }
    }

    /// True if something besides the words narrows it.
    pub fn is_filtered(&self) -> bool {
        FILTERS.iter().any(|name| !self.get(name).is_empty())
    }

    /// True if nothing is asked at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.is_filtered()
    }

    /// Its address.
    pub fn url(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["q"].iter().chain(&FILTERS).chain(&["sort", "page"]) {
            let value = self.get(name);
            if !value.is_empty() {
                query.append_pair(name, &value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/search".into() } else { format!("/search?{query}") }
    }
}

/// One line without control characters, at most [`LONGEST`] characters.
fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    spaced.trim().to_owned()
}

/// A day of years that dates can be printed of.
fn day(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (1..=9000).contains(&day.year()).then_some(day)
}

/// A part of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// A word, or the words of a phrase.
    pub text: String,
    /// It stood between quotation marks: its words are found one after the other, as they are.
    pub phrase: bool,
    /// A minus stood before it: it must not be there.
    pub not: bool,
}

/// Quotation marks of all the languages we know of.
const MARKS: [char; 11] = ['"', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』'];

/// Reads the words of a question: words, `"phrases"`, and `-what must not be there`. Everything else is a word.
pub fn parts(words: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = words.trim_start();
    while !rest.is_empty() && parts.len() < MOST_WORDS {
        let after = rest
            .strip_prefix(['-', '−', '–'])
            .filter(|after| after.starts_with(|c: char| !c.is_whitespace() && c != '-'));
        let (not, begin) = after.map_or((false, rest), |after| (true, after));
        let (text, phrase, next) = match begin.strip_prefix(MARKS) {
            Some(inside) => {
                let end = inside.find(MARKS).unwrap_or(inside.len());
                (&inside[..end], true, inside[end..].trim_start_matches(MARKS))
            }
            None => {
                let end = begin.find(|c: char| c.is_whitespace() || MARKS.contains(&c)).unwrap_or(begin.len());
                (&begin[..end], false, &begin[end..])
            }
        };
        if text.chars().any(char::is_alphanumeric) {
            parts.push(Part { text: text.trim().to_owned(), phrase, not });
        }
        rest = next.trim_start();
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<String> {
        let show = |part: Part| {
            let marks = if part.phrase { "\"" } else { "" };
            format!("{}{marks}{}{marks}", if part.not { "-" } else { "" }, part.text)
        };
        parts(text).into_iter().map(show).collect()
    }

    #[test]
    fn words_phrases_and_exclusions_are_told_apart() {
        assert_eq!(read("the  ferry, -bus"), ["the", "ferry,", "-bus"]);
        assert_eq!(read("say „alte Mauer“ -\"new wall\" x"), ["say", "\"alte Mauer\"", "-\"new wall\"", "x"]);
        assert_eq!(read("\"never closed"), ["\"never closed\""]);
        assert_eq!(read("covid-19 - -- ??? \"\" \"!\" a\"b"), ["covid-19", "a", "\"b\""]);
        assert_eq!(read(&"x ".repeat(100)).len(), MOST_WORDS);
    }

    #[test]
    fn an_address_says_the_same_when_read_again() {
        let asked = Question::read("q=a+b&kind=story&section=town&said-by=Ilse&from=2026-01-02&sort=newest&page=3&x=y");
        assert_eq!(
            asked.url(),
            "/search?q=a+b&kind=story&section=town&said-by=Ilse&from=2026-01-02&sort=newest&page=3"
        );
        assert_eq!(asked.with("section", "").get("section"), "");
        assert_eq!((asked.with("kind", "").page, asked.on_page(2).page), (1, 2));
        assert!(asked.is_filtered() && !asked.unfiltered().is_filtered());
        assert!(Question::read("").is_empty() && Question::read("").url() == "/search");
    }

    proptest! {
        #[test]
        fn any_query_is_read(query in "\\PC{0,300}", words in any::<String>()) {
            let asked = Question::read(&query);
            let typed = Question::read("").with("q", &words);
            for question in [asked, typed] {
                let again = Question::read(question.url().trim_start_matches("/search").trim_start_matches('?'));
                prop_assert_eq!(&again, &question);
                prop_assert!(question.words.chars().count() <= LONGEST);
                prop_assert!(parts(&question.words).len() <= MOST_WORDS);
            }
        }
    }
}
