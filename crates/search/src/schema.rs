//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::words;

/// Grows with whatever changes what stands in an index: the fields, how words are cut. An index of another version is
/// made again.
pub const VERSION: u32 = 1;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A story.
    Story,
    /// A static page.
    Page,
    /// A quotation on the record.
    Quotation,
    /// A person who is quoted.
    Person,
}

impl Kind {
    /// All of them, in the order readers are shown them.
    pub const ALL: [Kind; 4] = [Kind::Story, Kind::Quotation, Kind::Person, Kind::Page];

    /// As it stands in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Story => "story",
            Kind::Page => "page",
            Kind::Quotation => "quotation",
            Kind::Person => "person",
        }
    }

    /// Reads [`Kind::name`].
    pub fn read(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As it stands in the index.
    pub fn number(self) -> u64 {
        match self {
            Kind::Story => 0,
            Kind::Page => 1,
            Kind::Quotation => 2,
            Kind::Person => 3,
        }
    }

    /// Reads [`Kind::number`].
    pub fn of_number(number: u64) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// What names a document: its kind and its id in the database. Stories and pages share theirs, since one becomes the other
/// nowhere but in the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A story or page.
    Story(String),
    /// A quotation.
    Quotation(String),
    /// A person.
    Person(String),
}

impl Key {
    /// As it stands in the index.
    pub fn to_text(&self) -> String {
        match self {
            Key::Story(id) => format!("s{id}"),
            Key::Quotation(id) => format!("q{id}"),
            Key::Person(id) => format!("p{id}"),
        }
    }

    /// Reads [`Key::to_text`].
    pub fn read(text: &str) -> Option<Key> {
        let id = || text[1..].to_owned();
        match text.as_bytes().first()? {
            b's' => Some(Key::Story(id())),
            b'q' => Some(Key::Quotation(id())),
            b'p' => Some(Key::Person(id())),
            _ => None,
        }
    }
}

/// Names of the fields that are counted and filtered by.
pub const SECTION: &str = "section";
/// See [`SECTION`].
pub const AUTHOR: &str = "author";
/// See [`SECTION`].
pub const PERSON: &str = "person";
/// See [`SECTION`].
pub const KIND: &str = "kind";
/// See [`SECTION`].
pub const YEAR: &str = "year";
/// When it was published.
pub const AT: &str = "at";
/// Says whether what was indexed is still the same.
pub const STAMP: &str = "stamp";

/// The fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// What names the document; the only field whose value is kept.
    pub key: Field,
    /// All its words.
    pub text: Field,
    /// Words of headlines and names as they are written.
    pub names: Field,
    /// Its language.
    pub language: Field,
    /// Its section's id.
    pub section: Field,
    /// Its authors' ids.
    pub author: Field,
    /// Ids of the people quoted in it, of who said it, of whom it is.
    pub person: Field,
    /// Its tags' ids.
    pub tag: Field,
    /// A [`Kind`].
    pub kind: Field,
    /// When it was published, in milliseconds.
    pub at: Field,
    /// The year of that on the newsroom's wall.
    pub year: Field,
    /// See [`STAMP`].
    pub stamp: Field,
}

/// The schema and its fields.
pub fn make() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let raw = || TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false);
    let id = || TextOptions::default().set_indexing_options(raw().set_index_option(IndexRecordOption::Basic));
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let text = TextFieldIndexing::default().set_tokenizer(words::TEXT).set_index_option(positions);
    let names = TextFieldIndexing::default().set_tokenizer(words::PLAIN).set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        key: schema.add_text_field("key", id().set_stored()),
        text: schema.add_text_field("text", TextOptions::default().set_indexing_options(text)),
        names: schema.add_text_field("names", TextOptions::default().set_indexing_options(names.set_fieldnorms(false))),
        language: schema.add_text_field("language", id()),
        section: schema.add_text_field(SECTION, id().set_fast("raw")),
        author: schema.add_text_field(AUTHOR, id().set_fast("raw")),
        person: schema.add_text_field(PERSON, id().set_fast("raw")),
        tag: schema.add_text_field("tag", id()),
        kind: schema.add_u64_field(KIND, NumericOptions::from(INDEXED | FAST)),
        at: schema.add_i64_field(AT, FAST),
        year: schema.add_u64_field(YEAR, FAST),
        stamp: schema.add_u64_field(STAMP, FAST),
    };
    (schema.build(), fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_kinds_are_read_as_they_were_written() {
        for key in [Key::Story("0190-a".into()), Key::Quotation("x".into()), Key::Person(String::new())] {
            assert_eq!(Key::read(&key.to_text()), Some(key));
        }
        assert_eq!([Key::read(""), Key::read("x1"), Key::read("é")], [None, None, None]);
        for kind in Kind::ALL {
            assert_eq!((Kind::read(kind.name()), Kind::of_number(kind.number())), (Some(kind), Some(kind)));
        }
    }
}
