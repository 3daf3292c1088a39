//! The demo newsroom as it is written down in `demo/demo.toml`.

use serde::Deserialize;

use crate::failure::Failure;

include!(concat!(env!("OUT_DIR"), "/demo.rs"));

#[derive(Debug, Deserialize)]
pub struct Content {
    pub site: Site,
    pub sections: Vec<Section>,
    pub authors: Vec<Author>,
    pub tags: Vec<Tag>,
    pub stories: Vec<Story>,
    pub pages: Vec<Page>,
    pub pictures: Vec<Picture>,
}

#[derive(Debug, Deserialize)]
pub struct Site {
    pub name: String,
    pub tagline: String,
    pub languages: Vec<String>,
    pub time_zone: String,
    pub tip_phone: String,
}

#[derive(Debug, Deserialize)]
pub struct Section {
    pub slug: String,
    pub name: String,
    pub intro: String,
}

#[derive(Debug, Deserialize)]
pub struct Author {
    pub slug: String,
    pub name: String,
    pub role: String,
    pub bio: String,
    pub portrait: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Tag {
    pub slug: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub struct Story {
    pub slug: String,
    pub file: String,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub translation_of: Option<String>,
    #[serde(default)]
    pub kicker: String,
    pub headline: String,
    #[serde(default)]
    pub dek: String,
    pub section: String,
    pub bylines: Vec<String>,
    #[serde(default)]
    pub dateline: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub lead: Option<String>,
    /// Hours before the demo starts, so that its front looks fresh on any day.
    pub hours_ago: i64,
    #[serde(default)]
    pub front: Option<String>,
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

#[derive(Debug, Deserialize)]
pub struct Correction {
    pub hours_ago: i64,
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub struct Page {
    pub slug: String,
    pub title: String,
    pub file: String,
}

#[derive(Debug, Deserialize)]
pub struct Picture {
    pub file: String,
    pub alt: String,
    pub caption: String,
    pub agency: String,
    pub photographer: String,
}

/// Reads it.
pub fn content() -> Result<Content, Failure> {
    toml::from_str(text("demo.toml")?).map_err(|e| Failure::new(format!("the demo cannot be read: {e}")))
}

/// A text file of the demo.
pub fn text(name: &str) -> Result<&'static str, Failure> {
    std::str::from_utf8(bytes(name)?).map_err(|e| Failure::new(format!("the demo's {name} cannot be read: {e}")))
}

/// A file of the demo.
pub fn bytes(name: &str) -> Result<&'static [u8], Failure> {
    FILES
        .iter()
        .find(|(file, _)| *file == name)
        .map(|(_, bytes)| *bytes)
        .ok_or_else(|| Failure::new(format!("the demo has no file {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_the_demo_names_is_there() {
        let content = content().unwrap();
        assert!(content.stories.len() >= 14 && content.sections.len() >= 3 && content.authors.len() >= 4);
        for file in content.stories.iter().map(|s| &s.file).chain(content.pages.iter().map(|p| &p.file)) {
            text(file).unwrap();
        }
        for picture in &content.pictures {
            bytes(&format!("pictures/{}", picture.file)).unwrap();
        }
        for story in &content.stories {
            assert!(content.sections.iter().any(|s| s.slug == story.section), "{}", story.section);
            assert!(story.bylines.iter().all(|b| content.authors.iter().any(|a| a.slug == *b)), "{:?}", story.bylines);
            assert!(story.tags.iter().all(|t| content.tags.iter().any(|tag| tag.slug == *t)), "{:?}", story.tags);
            assert!(story.lead.iter().all(|l| content.pictures.iter().any(|p| p.file == *l)), "{:?}", story.lead);
        }
    }
}
