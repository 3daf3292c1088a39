//! What stands in the index of a story, a quotation, a person.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::tz::TimeZone;
use onrecord_base::Time;
use onrecord_record::{PublicPerson, PublicQuotation};
use onrecord_stories::{Kind as StoryKind, published::Text};
use tantivy::TantivyDocument;

use crate::{
    schema::{Fields, Key, Kind},
    words::{short, tagged},
};

/// How often a headline or a name is written into the words of a document: once in a headline says more of what a story
/// is about than thrice in its text.
const WEIGHT: usize = 3;

/// What documents are made with.
#[derive(Debug, Clone)]
pub struct Maker {
    /// The fields.
    pub fields: Fields,
    /// The newsroom's time zone: in which years end.
    pub zone: TimeZone,
    /// The site's language, in which people are described.
    pub language: String,
}

impl Maker {
    /// A published story or page, with the ids of who is quoted in it.
    pub fn story(&self, text: &Text, people: &[String]) -> TantivyDocument {
        let card = &text.card;
        let kind = match card.kind {
            StoryKind::Story => Kind::Story,
            StoryKind::Page => Kind::Page,
        };
        let mut document = self.begin(&Key::Story(card.id.clone()), kind, card.published_at, &card.language);
        document.add_u64(self.fields.stamp, stamp_of_story(text.revision, card.published_at, card.updated_at));
        let mut say = |words: &str| document.add_text(self.fields.text, tagged(&card.language, words));
        (0..WEIGHT).for_each(|_| say(&card.headline));
        say(&card.kicker);
        say(&card.dek);
        text.tags.iter().for_each(|tag| say(&tag.name));
        card.bylines.iter().for_each(|byline| say(&byline.name));
        say(&text.body.plain_text());
        document.add_text(self.fields.names, &card.headline);
        text.tags.iter().for_each(|tag| document.add_text(self.fields.tag, &tag.id));
        for author in card.bylines.iter().filter_map(|byline| byline.author.as_ref()) {
            document.add_text(self.fields.author, &author.id);
        }
        if let Some(section) = &card.section {
            document.add_text(self.fields.section, &section.id);
        }
        people.iter().for_each(|person| document.add_text(self.fields.person, person));
        document
    }

    /// A quotation on the record; none if it stands in no story.
    pub fn quotation(&self, quotation: &PublicQuotation) -> Option<TantivyDocument> {
        let newest = quotation.uses.first()?;
        let key = Key::Quotation(quotation.id.clone());
        let mut document = self.begin(&key, Kind::Quotation, newest.published_at, &newest.language);
        let mut say = |words: &str| document.add_text(self.fields.text, tagged(&newest.language, words));
        say(&quotation.words);
        for other in quotation.uses.iter().skip(1).filter(|other| other.words != quotation.words) {
            say(&other.words);
        }
        say(&quotation.speaker);
        say(&quotation.outlet);
        say(&quotation.addressee);
        if let Some(person) = &quotation.person {
            if person.name != quotation.speaker {
                say(&person.name);
            }
            document.add_text(self.fields.person, &person.id);
        }
        Some(document)
    }

    /// A person who is quoted.
    pub fn person(&self, person: &PublicPerson) -> TantivyDocument {
        let key = Key::Person(person.id.clone());
        let mut document = self.begin(&key, Kind::Person, person.modified, &self.language);
        document.add_u64(self.fields.stamp, stamp_of_person(person));
        document.add_text(self.fields.person, &person.id);
        let mut say = |words: &str| document.add_text(self.fields.text, tagged(&self.language, words));
        (0..WEIGHT).for_each(|_| say(&person.name));
        person.aliases.iter().for_each(|alias| say(alias));
        say(&person.description);
        document.add_text(self.fields.names, &person.name);
        person.aliases.iter().for_each(|alias| document.add_text(self.fields.names, alias));
        document
    }

    fn begin(&self, key: &Key, kind: Kind, at: Time, language: &str) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.key, key.to_text());
        document.add_u64(self.fields.kind, kind.number());
        document.add_i64(self.fields.at, at.millis());
        let year = at.in_zone(&self.zone).year();
        document.add_u64(self.fields.year, u64::try_from(year).unwrap_or_default());
        document.add_text(self.fields.language, short(language));
        document
    }
}

/// Another one when a story was published anew.
pub fn stamp_of_story(revision: i64, published_at: Time, updated_at: Option<Time>) -> u64 {
    stamp(&(revision, published_at, updated_at))
}

/// Another one when a person is called or described otherwise: then what they said is found otherwise too.
pub fn stamp_of_person(person: &PublicPerson) -> u64 {
    stamp(&(&person.name, &person.aliases, &person.description))
}

/// The same for the same value in every run of this program: the hasher begins with fixed keys. Should another release of
/// the compiler's library hash otherwise, documents are indexed once more, and that is all.
fn stamp(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
