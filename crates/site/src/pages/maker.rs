//! What all pages need while they are made: the data, the frame, dates, pictures, and the list of what was shown.

use std::collections::HashMap;

use bytes::Bytes;
use http::StatusCode;
use jiff::tz::TimeZone;
use onrecord_base::{App, Conn, Error, Result, Settings, Time, views::View};
use onrecord_media::Picture;
use onrecord_next::Next;
use onrecord_prose::{PictureView, Pictures};
use onrecord_stories::published::{self, BylineName};

use super::{dates::Dates, languages};
use crate::{
    edition::{
        deps::Noted,
        page::{Draft, Keep},
    },
    theme::Theme,
    views::{self, Card, Date, FeedLinks, FeedPicture, Head, Image, Link, Name, Site, direction},
};

const HTML: &str = "text/html; charset=utf-8";

/// Makes one page.
pub(super) struct Maker<'a, 'c> {
    pub(super) conn: &'a mut Conn<'c>,
    pub(super) app: &'a App,
    pub(super) settings: std::sync::Arc<Settings>,
    pub(super) theme: &'a Theme,
    pub(super) next: Next,
    pub(super) noted: Noted,
    pub(super) zone: TimeZone,
    pub(super) now: Time,
}

impl<'a, 'c> Maker<'a, 'c> {
    pub(super) fn new(conn: &'a mut Conn<'c>, app: &'a App, theme: &'a Theme) -> Maker<'a, 'c> {
        let settings = app.settings();
        let zone = settings.zone();
        Maker { conn, app, theme, next: Next::default(), noted: Noted::new(), zone, now: app.now(), settings }
    }

    /// The site's own language.
    pub(super) fn language(&self) -> String {
        self.settings.language().to_owned()
    }

    /// The language of the frame around a text: the text's own where the interface speaks it.
    pub(super) fn frame_language(&self, language: &str) -> String {
        let spoken = |tag: &str| self.app.messages.has(tag, "site-skip");
        let short = language.split('-').next().unwrap_or(language);
        if spoken(language) || spoken(short) { language.to_owned() } else { self.language() }
    }

    pub(super) fn dates(&self, language: &str) -> Dates<'a> {
        Dates::new(&self.app.messages, &self.zone, language)
    }

    /// A text of the interface in the site's language.
    pub(super) fn text(&self, key: &str) -> String {
        self.app.messages.text(self.settings.language(), key, [])
    }

    /// An address of ours, absolute.
    pub(super) fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.settings.base_url) } else { path.to_owned() }
    }

    /// The frame around every page.
    pub(super) fn site(&mut self) -> Result<Site> {
        self.noted.note("frame", "");
        let sections = published::sections(self.conn)?
            .into_iter()
            .map(|section| Link { url: format!("/{}", section.slug), name: section.name })
            .collect();
        let pages = published::pages(self.conn)?;
        let settings = &self.settings;
        let phone = some(&settings.tip_phone);
        Ok(Site {
            name: settings.name.clone(),
            tagline: some(&settings.tagline),
            url: settings.base_url.clone(),
            language: self.language(),
            logo: some(&settings.logo).map(|src| Image {
                src,
                srcset: None,
                media: "",
                // Height of the line of type it stands for; its own proportions decide about the width.
                width: 320,
                height: 64,
                alt: settings.name.clone(),
                caption: None,
                agency: None,
                photographer: None,
                licence: None,
                terms: None,
            }),
            tip_url: "/tip".into(),
            tip_phone_href: phone.as_deref().map(dialled),
            tip_phone: phone,
            sections,
            pages: pages.into_iter().map(|page| Link { name: page.headline, url: page.path }).collect(),
            theme_url: self.theme.url(),
            feed: FeedLinks::below(&settings.name, "/"),
            archive_url: Some("/archive".into()),
            year: self.now.in_zone(&self.zone).year(),
        })
    }

    /// The head of a page at a path of ours.
    pub(super) fn head(&self, kind: &'static str, title: &str, path: Option<&str>) -> Head {
        Head {
            kind,
            title: title.to_owned(),
            description: None,
            canonical: path.map(|path| self.absolute(path)),
            robots: None,
            language: self.language(),
            dir: direction(self.settings.language()),
            section_url: None,
            picture_url: None,
            picture_alt: None,
            feed: None,
            preview: false,
            json_ld: None,
        }
    }

    /// The cards of a list, with their pictures.
    pub(super) fn cards(&mut self, cards: &[published::Card]) -> Result<Vec<Card>> {
        let ids: Vec<&str> = cards.iter().filter_map(|card| card.lead_picture.as_deref()).collect();
        let library = self.library(&ids)?;
        let language = self.language();
        Ok(cards.iter().map(|card| self.card(card, &library, &language)).collect())
    }

    fn card(&mut self, card: &published::Card, library: &Library, language: &str) -> Card {
        self.noted.note("story", &card.id);
        Card {
            kicker: some(&card.kicker),
            headline: card.headline.clone(),
            dek: some(&card.dek),
            url: card.path.clone(),
            section: card.section.as_ref().map(|s| Link { name: s.name.clone(), url: format!("/{}", s.slug) }),
            bylines: self.bylines(&card.bylines),
            published: self.dates(language).day(card.published_at),
            language: card.language.clone(),
            dir: direction(&card.language),
            image: card.lead_picture.as_deref().and_then(|id| library.image(id)),
        }
    }

    pub(super) fn bylines(&mut self, bylines: &[BylineName]) -> Vec<Name> {
        bylines
            .iter()
            .map(|byline| {
                if let Some(author) = &byline.author {
                    self.noted.note("author", &author.id);
                }
                let url = byline.author.as_ref().map(|author| format!("/by/{}", author.slug));
                Name { name: byline.name.clone(), url }
            })
            .collect()
    }

    /// The pictures with these ids.
    pub(super) fn library(&mut self, ids: &[&str]) -> Result<Library> {
        for id in ids {
            self.noted.note("picture", id);
        }
        if ids.is_empty() {
            return Ok(Library(HashMap::new()));
        }
        onrecord_media::store::find_many(self.conn, ids).map(Library)
    }

    /// Ends an HTML page.
    pub(super) fn page<V: View>(mut self, view: &V, head: &Head) -> Result<Draft> {
        let site = self.site()?;
        let html = views::render(self.theme, view, &site, head).map_err(Error::Internal)?;
        Ok(self.done(HTML, html.into()))
    }

    /// Ends a page of another kind.
    pub(super) fn bare<V: View>(self, media: &'static str, view: &V) -> Result<Draft> {
        let text = views::render_bare(self.theme, view).map_err(Error::Internal)?;
        Ok(self.done(media, text.into()))
    }

    /// Ends a file that no template makes.
    pub(super) fn text_file(self, media: &'static str, body: Bytes) -> Draft {
        self.done(media, body)
    }

    fn done(self, media: &'static str, body: Bytes) -> Draft {
        let keep = if self.settings.cdn.is_some() { Keep::Edge } else { Keep::Revalidate };
        Draft { status: StatusCode::OK, media, keep, body, deps: self.noted.done() }
    }

    pub(super) fn date(&self, time: Time) -> Date {
        self.dates(self.settings.language()).day_and_time(time)
    }

    pub(super) fn language_name(&self, language: &str) -> String {
        languages::name(language).to_owned()
    }
}

/// Pictures of the library that a page shows.
pub(super) struct Library(HashMap<String, Picture>);

impl Library {
    /// As the theme shows it: caption and credit are the library's.
    pub(super) fn image(&self, id: &str) -> Option<Image> {
        let picture = self.0.get(id)?;
        let view = picture.view();
        let srcset: Vec<String> = view.srcset.iter().map(|(url, width)| format!("{url} {width}w")).collect();
        Some(Image {
            src: view.src,
            srcset: (!srcset.is_empty()).then(|| srcset.join(", ")),
            media: view.media,
            width: view.width,
            height: view.height,
            alt: picture.alt.clone(),
            caption: some(&picture.caption),
            agency: some(&picture.agency),
            photographer: some(&picture.photographer),
            licence: view.licence.map(|licence| Link { name: licence.name, url: licence.url }),
            terms: some(&picture.terms),
        })
    }

    /// The address of a rendition for cards elsewhere.
    pub(super) fn shared(&self, id: &str) -> Option<String> {
        self.0.get(id)?.shared().map(|rendition| rendition.url())
    }

    /// The same rendition as feeds name it, its address still our own.
    pub(super) fn of_feed(&self, id: &str) -> Option<FeedPicture> {
        let picture = self.0.get(id)?;
        let rendition = picture.shared()?;
        Some(FeedPicture {
            url: rendition.url(),
            media: rendition.format.media(),
            width: rendition.width,
            height: rendition.height,
            credit: self.image(id).and_then(|image| image.credit()),
        })
    }
}

impl Pictures for Library {
    fn picture(&self, id: &str) -> Option<PictureView> {
        self.0.get(id).map(Picture::view)
    }
}

/// None for nothing.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// `tel:` and what a telephone dials of a printed number.
fn dialled(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}
