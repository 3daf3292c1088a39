//! Shapes that several pages share.

use onrecord_prose::credit;
use serde::Serialize;

/// A name and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
}

/// A list's feed in its formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedLinks {
    /// What it is the feed of.
    pub name: String,
    /// RSS 2.0.
    pub url: String,
    /// Atom.
    pub atom_url: String,
    /// JSON Feed.
    pub json_url: String,
}

impl FeedLinks {
    /// Of the list at a path.
    pub fn below(name: &str, home: &str) -> FeedLinks {
        let home = home.trim_end_matches('/');
        let [url, atom_url, json_url] = crate::pages::FEEDS.map(|file| format!("{home}/{file}"));
        FeedLinks { name: name.to_owned(), url, atom_url, json_url }
    }
}

/// A name that may lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Where it leads, if it does.
    pub url: Option<String>,
}

/// A point in time for machines and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Date {
    /// RFC 3339.
    pub iso: String,
    /// In words.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// Address of the rendition for browsers that do not choose.
    pub src: String,
    /// The renditions to choose from, if there are any.
    pub srcset: Option<String>,
    /// Their media type.
    pub media: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it shows, for who does not see it.
    pub alt: String,
    /// Caption.
    pub caption: Option<String>,
    /// Credit: agency.
    pub agency: Option<String>,
    /// Credit: photographer.
    pub photographer: Option<String>,
    /// What others may do with it.
    pub licence: Option<Link>,
    /// Where more can be asked for, absolute.
    pub terms: Option<String>,
}

impl Image {
    /// The credit as printed: "Agency / Photographer", or the one that is known.
    pub fn credit(&self) -> Option<String> {
        credit(self.agency.as_deref().unwrap_or_default(), self.photographer.as_deref().unwrap_or_default())
    }
}

/// A story on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Kicker.
    pub kicker: Option<String>,
    /// Headline.
    pub headline: String,
    /// Dek.
    pub dek: Option<String>,
    /// Where it stands.
    pub url: String,
    /// Its section.
    pub section: Option<Link>,
    /// Its bylines.
    pub bylines: Vec<Name>,
    /// When it was published.
    pub published: Date,
    /// Its language.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
    /// Its lead picture.
    pub image: Option<Image>,
}

/// The frame around every page of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Site {
    /// The newsroom's name.
    pub name: String,
    /// The line under it.
    pub tagline: Option<String>,
    /// Public address without a closing slash.
    pub url: String,
    /// The site's language.
    pub language: String,
    /// The logo.
    pub logo: Option<Image>,
    /// The tip line.
    pub tip_url: String,
    /// The tip line's number as printed.
    pub tip_phone: Option<String>,
    /// The same to be dialled.
    pub tip_phone_href: Option<String>,
    /// The sections, in order.
    pub sections: Vec<Link>,
    /// The static pages.
    pub pages: Vec<Link>,
    /// Below it the theme's files are served.
    pub theme_url: String,
    /// The feed of all stories.
    pub feed: FeedLinks,
    /// The archive, if anything was published.
    pub archive_url: Option<String>,
    /// This year.
    pub year: i16,
}

/// What the head of a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// `front`, `story`, `page`, `list`, `error`, `room`, `quotation`, `person`, `people`.
    pub kind: &'static str,
    /// Title without the site's name.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// The page's own address, absolute.
    pub canonical: Option<String>,
    /// What robots should not do.
    pub robots: Option<&'static str>,
    /// Language of the interface.
    pub language: String,
    /// Its direction.
    pub dir: &'static str,
    /// The section the page stands in.
    pub section_url: Option<String>,
    /// A picture for cards elsewhere, absolute.
    pub picture_url: Option<String>,
    /// What it shows, for who cannot see it.
    pub picture_alt: Option<String>,
    /// The feed of this list.
    pub feed: Option<FeedLinks>,
    /// True on a preview.
    pub preview: bool,
    /// schema.org's view of it, as JSON that is safe inside `<script>`; none where there is nothing to say.
    pub json_ld: Option<String>,
}

/// Languages written from right to left (scripts Arabic, Hebrew, Thaana, Syriac, N'Ko).
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur"];

/// `ltr` or `rtl`.
pub fn direction(language: &str) -> &'static str {
    let mut parts = language.split('-').map(str::to_ascii_lowercase);
    let first = parts.next().unwrap_or_default();
    let script = parts.next();
    match script.as_deref() {
        Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo") => "rtl",
        Some("latn" | "cyrl") => "ltr",
        _ if first == "yi" || RIGHT_TO_LEFT.contains(&first.as_str()) => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn scripts_have_a_direction() {
        for language in ["ar", "ar-EG", "he", "az-Arab", "ur-PK"] {
            assert_eq!(direction(language), "rtl", "{language}");
        }
        for language in ["en", "de-AT", "ku-Latn", "ar-Latn", ""] {
            assert_eq!(direction(language), "ltr", "{language}");
        }
    }
}
