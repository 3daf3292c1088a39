//! From a text to the words it is found by, as its language has it.
//!
//! One field holds all languages: which one a value is in stands before it ([`tagged`]). A word is lower-cased, stemmed
//! by its language's rules, and then loses its accents, so that who types none finds it as well. Words that say nothing
//! by themselves ("the") are left out, but keep their places, so that phrases across them hold.

use std::{collections::HashMap, sync::LazyLock};

use tantivy::tokenizer::{
    AsciiFoldingFilter, BoxTokenStream, Language, RemoveLongFilter, Stemmer, StopWordFilter, TextAnalyzer, Token,
    TokenStream, Tokenizer,
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The tokenizer of texts.
pub const TEXT: &str = "onrecord-text";
/// The tokenizer of words as they are written, for suggestions.
pub const PLAIN: &str = "onrecord-plain";

/// Bytes of a word; what is longer is no word but a checksum, an address or noise.
const LONGEST: usize = 64;
/// Ends the language before a text.
const MARK: char = '\u{1}';

/// Languages with rules of their own.
const LANGUAGES: [(&str, Language); 19] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("de", Language::German),
    ("el", Language::Greek),
    ("en", Language::English),
    ("es", Language::Spanish),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("nb", Language::Norwegian),
    ("nl", Language::Dutch),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

static ANALYZERS: LazyLock<HashMap<&'static str, TextAnalyzer>> = LazyLock::new(|| {
    LANGUAGES
        .into_iter()
        .map(|(tag, language)| {
            let mut words =
                TextAnalyzer::builder(Splitter::default()).filter(RemoveLongFilter::limit(LONGEST)).dynamic();
            if let Some(stop) = StopWordFilter::new(language) {
                words = words.filter_dynamic(stop);
            }
            let words = words.filter_dynamic(Stemmer::new(language)).filter_dynamic(AsciiFoldingFilter);
            (tag, words.build())
        })
        .collect()
});

static WRITTEN: LazyLock<TextAnalyzer> = LazyLock::new(|| {
    TextAnalyzer::builder(Splitter::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(AsciiFoldingFilter)
        .build()
});

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it is found by.
    pub term: String,
    /// Its place among the words, those left out counted.
    pub place: usize,
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// A language as the index names it: the first part of its tag.
pub fn short(language: &str) -> String {
    let first = language.split('-').next().unwrap_or_default();
    first.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>().to_ascii_lowercase()
}

/// A text for the field [`TEXT`], with its language before it.
pub fn tagged(language: &str, text: &str) -> String {
    format!("{}{MARK}{text}", short(language))
}

/// The words of a text in a language.
pub fn words(language: &str, text: &str) -> Vec<Word> {
    collect(&mut analyzer(&short(language)), text)
}

/// The words as they are written: without stems, and nothing left out.
pub fn written(text: &str) -> Vec<Word> {
    collect(&mut WRITTEN.clone(), text)
}

fn analyzer(short: &str) -> TextAnalyzer {
    ANALYZERS.get(short).unwrap_or(&WRITTEN).clone()
}

fn collect(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        let (term, place) = (token.text.clone(), token.position);
        words.push(Word { term, place, from: token.offset_from, to: token.offset_to });
    }
    words
}

/// The tokenizer of [`TEXT`]: looks which language stands before the text.
#[derive(Clone)]
pub struct Texts(TextAnalyzer);

impl Default for Texts {
    fn default() -> Texts {
        Texts(WRITTEN.clone())
    }
}

impl Tokenizer for Texts {
    type TokenStream<'a> = BoxTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BoxTokenStream<'a> {
        let (language, text) = text.split_once(MARK).unwrap_or(("", text));
        self.0 = analyzer(language);
        self.0.token_stream(text)
    }
}

/// The tokenizer of [`PLAIN`].
pub fn plain() -> TextAnalyzer {
    WRITTEN.clone()
}

/// Cuts a text into runs of letters and digits, in lower case. A sign of Chinese or Japanese is a word by itself: there is
/// no space to cut at, and a query of several signs is a phrase.
#[derive(Clone, Default)]
struct Splitter(Token);

struct Split<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for Splitter {
    type TokenStream<'a> = Split<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Split<'a> {
        self.0.reset();
        Split { text, at: 0, token: &mut self.0 }
    }
}

impl TokenStream for Split<'_> {
    fn advance(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(begin) = rest.find(char::is_alphanumeric) else { return false };
        let rest = &rest[begin..];
        let first = rest.chars().next().unwrap_or(' ');
        let end = match stands_alone(first) {
            true => first.len_utf8(),
            false => rest.find(|c| !within(c) || stands_alone(c)).unwrap_or(rest.len()),
        };
        let from = self.at + begin;
        self.at = from + end;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = from;
        self.token.offset_to = self.at;
        lower(&rest[..end], &mut self.token.text);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// What may stand within a word: letters, digits, marks on them, joiners, and the hyphen that is only seen at a line's end.
fn within(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || (c > '\u{2ff}' && is_combining_mark(c))
}

fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn lower(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
        return;
    }
    // Composed: the rules of stems know letters, not letters and marks.
    let composed = word.chars().filter(|c| *c != '\u{ad}').nfc();
    into.extend(composed.flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(language: &str, text: &str) -> Vec<String> {
        words(language, text).into_iter().map(|word| word.term).collect()
    }

    #[test]
    fn words_are_stemmed_as_their_language_does() {
        assert_eq!(terms("en", "The masons were building walls"), ["mason", "were", "build", "wall"]);
        assert_eq!(terms("de-AT", "Die Häuser am Hafen"), terms("de", "Haus Hafen"));
        assert_eq!(terms("es", "las canciones"), terms("es", "Canción"));
        assert_eq!(terms("es", "canciones"), terms("es", "cancion"));
        assert_eq!(terms("pl", "Żółty dom"), ["zolty", "dom"]);
    }

    #[test]
    fn places_count_what_is_left_out() {
        let places: Vec<usize> = words("en", "bank of the river").into_iter().map(|word| word.place).collect();
        assert_eq!(places, [0, 3]);
    }

    #[test]
    fn words_are_cut_where_their_script_has_it() {
        assert_eq!(terms("", "O'Brien, covid-19!"), ["o", "brien", "covid", "19"]);
        assert_eq!(terms("", "東京タワー"), ["東", "京", "タ", "ワ", "ー"]);
        assert_eq!(terms("", "Han\u{ad}sard cafe\u{301}"), ["hansard", "cafe"]);
        assert_eq!(terms("hi", "हिन्दी").len(), 1);
        assert_eq!(terms("en", &"x".repeat(100)), [""; 0]);
    }

    #[test]
    fn offsets_point_into_the_text() {
        for text in ["Straße nach Übersee", "İstanbul'da", "a\u{301}b 東x"] {
            for word in written(text) {
                assert!(text.get(word.from..word.to).is_some_and(|found| !found.is_empty()), "{text}: {word:?}");
            }
        }
    }
}
