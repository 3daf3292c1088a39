//! The editor's fields: as a page shows them, and as they come back, in a form or in JSON.

use std::collections::BTreeMap;

use jiff::{civil::DateTime, tz::TimeZone};
use onrecord_base::{Error, FieldError, Result, Time};
use serde::{Deserialize, Serialize};

use crate::{Byline, Content, content::names};

/// Fields by name. A name that comes several times is joined by commas: only lists of names do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(pub BTreeMap<String, String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Fields, D::Error> {
        let map = BTreeMap::<String, OneOrMany>::deserialize(deserializer)?;
        let text = |value| match value {
            OneOrMany::One(text) => text,
            OneOrMany::Many(list) => list.join(", "),
        };
        Ok(Fields(map.into_iter().map(|(name, value)| (name, text(value))).collect()))
    }
}

impl Fields {
    /// Of a form's pairs.
    pub fn of_pairs(pairs: Vec<(String, String)>) -> Fields {
        let mut fields = BTreeMap::<String, String>::new();
        for (name, value) in pairs {
            fields
                .entry(name)
                .and_modify(|kept| {
                    kept.push_str(", ");
                    kept.push_str(&value);
                })
                .or_insert(value);
        }
        Fields(fields)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// True if the text came in Markdown, from the page without script.
    pub fn is_plain(&self) -> bool {
        self.get("body_format") == Some("markdown")
    }

    /// The version the form was made from.
    ///
    /// # Errors
    /// `Error::BadRequest` without one.
    pub fn base_version(&self) -> Result<i64> {
        let version = self.get("base_version").and_then(|text| text.trim().parse().ok());
        version.ok_or_else(|| Error::BadRequest("base-form-incomplete".into()))
    }

    /// What the fields say, over what stood there: a field that did not come stays as it is.
    ///
    /// # Errors
    /// `Error::Invalid` for a time that cannot be read.
    pub fn apply(&self, content: &mut Content, zone: &TimeZone) -> Result<()> {
        let lines = [
            ("kicker", &mut content.kicker),
            ("headline", &mut content.headline),
            ("dek", &mut content.dek),
            ("slug", &mut content.slug),
            ("dateline", &mut content.dateline),
            ("language", &mut content.language),
        ];
        for (name, value) in lines {
            if let Some(text) = self.get(name) {
                text.clone_into(value);
            }
        }
        let options = [
            ("section", &mut content.section),
            ("lead_picture", &mut content.lead_picture),
            ("translation_of", &mut content.translation_of),
            ("canonical", &mut content.canonical),
        ];
        for (name, value) in options {
            if let Some(text) = self.get(name) {
                *value = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            }
        }
        if let Some(line) = self.get("bylines") {
            content.bylines = names(line).into_iter().map(|name| Byline { author: None, name }).collect();
        }
        if let Some(line) = self.get("tags") {
            content.tags = names(line);
        }
        if let Some(text) = self.get("published_at").map(str::trim)
            && text != wall_clock(content.published_at, zone)
        {
            content.published_at = time(text, zone)?;
        }
        Ok(())
    }
}

/// The fields of the editor's page, filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Form {
    kicker: String,
    headline: String,
    dek: String,
    slug: String,
    section: String,
    bylines: String,
    dateline: String,
    tags: String,
    lead_picture: String,
    language: String,
    translation_of: String,
    canonical: String,
    published_at: String,
}

impl Form {
    pub fn of(content: &Content, zone: &TimeZone) -> Form {
        let bylines: Vec<&str> = content.bylines.iter().map(|byline| byline.name.as_str()).collect();
        Form {
            kicker: content.kicker.clone(),
            headline: content.headline.clone(),
            dek: content.dek.clone(),
            slug: content.slug.clone(),
            section: content.section.clone().unwrap_or_default(),
            bylines: bylines.join(", "),
            dateline: content.dateline.clone(),
            tags: content.tags.join(", "),
            lead_picture: content.lead_picture.clone().unwrap_or_default(),
            language: content.language.clone(),
            translation_of: content.translation_of.clone().unwrap_or_default(),
            canonical: content.canonical.clone().unwrap_or_default(),
            published_at: wall_clock(content.published_at, zone),
        }
    }

    /// What came, over what stands: for a form that is shown again.
    pub fn over(mut self, fields: &Fields) -> Form {
        let values = [
            ("kicker", &mut self.kicker),
            ("headline", &mut self.headline),
            ("dek", &mut self.dek),
            ("slug", &mut self.slug),
            ("section", &mut self.section),
            ("bylines", &mut self.bylines),
            ("dateline", &mut self.dateline),
            ("tags", &mut self.tags),
            ("lead_picture", &mut self.lead_picture),
            ("language", &mut self.language),
            ("translation_of", &mut self.translation_of),
            ("canonical", &mut self.canonical),
            ("published_at", &mut self.published_at),
        ];
        for (name, value) in values {
            if let Some(text) = fields.get(name) {
                text.clone_into(value);
            }
        }
        self
    }
}

/// As `<input type="datetime-local">` has it.
fn wall_clock(time: Option<Time>, zone: &TimeZone) -> String {
    time.map(|time| time.in_zone(zone).strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

fn time(text: &str, zone: &TimeZone) -> Result<Option<Time>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Error::Invalid(vec![FieldError::new("published_at", "stories-time-wrong")]);
    let zoned = text.parse::<DateTime>().and_then(|local| local.to_zoned(zone.clone())).map_err(|_| wrong())?;
    Ok(Some(Time::from_millis(zoned.timestamp().as_millisecond())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_as_text_or_lists_and_what_does_not_come_stays() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let json = r#"{"headline":"Wall","tags":["Town","Sea"],"section":"","published_at":"2026-11-23T09:30"}"#;
        let fields: Fields = serde_json::from_str(json).unwrap();
        let mut content = Content { dek: "Stays".into(), section: Some("s".into()), ..Content::default() };
        fields.apply(&mut content, &zone).unwrap();
        assert_eq!((content.headline.as_str(), content.dek.as_str(), content.section.clone()), ("Wall", "Stays", None));
        assert_eq!(content.tags, ["Town", "Sea"]);
        assert_eq!(content.published_at, Time::parse("2026-11-23T08:30:00Z"));

        // Seconds that the field cannot show are not lost by sending the form back.
        content.published_at = Time::parse("2026-11-23T08:30:42Z");
        fields.apply(&mut content, &zone).unwrap();
        assert_eq!(content.published_at, Time::parse("2026-11-23T08:30:42Z"));

        let wrong = Fields::of_pairs(vec![("published_at".into(), "tomorrow".into())]);
        assert!(matches!(wrong.apply(&mut content, &zone), Err(Error::Invalid(_))));
    }
}
