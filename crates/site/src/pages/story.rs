//! A story, and a static page.

use std::collections::HashSet;

use onrecord_base::{Result, Time};
use onrecord_comments::{
    Mode,
    store::{settings as rules, threads},
};
use onrecord_prose::{RenderOptions, to_html_with};
use onrecord_record::{Placed, PublicQuotation, store::public};
use onrecord_stories::{
    Kind,
    published::{self, Article, PublishedStory},
};

use super::{
    json_ld::{self, Publisher},
    maker::{Library, Maker, some},
    next,
};
use crate::{
    edition::page::Draft,
    views::{Correction, Head, Link, StaticPage, StaticView, Story, StoryView, Translation, direction},
};

/// How wide the theme shows pictures in the text: see `.prose .picture` in `theme.css`.
const SIZES: &str = "(min-width: 62rem) 48rem, (min-width: 42rem) 38rem, calc(100vw - 2rem)";
/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: i64 = 220;

pub(super) fn make(mut maker: Maker<'_, '_>, id: &str) -> Result<Option<Draft>> {
    maker.noted.note("story", id);
    let Some(story) = published::story(maker.conn, id)? else { return Ok(None) };
    if story.kind == Kind::Page {
        return static_page(maker, &story).map(Some);
    }
    let library = library_of(&mut maker, &story)?;
    let section = story.section.as_ref().map(|section| section.id.clone());
    // Published or withdrawn stories of the section change what comes next; corrections do not.
    maker.noted.note("list", &section.as_ref().map_or("all".into(), |id| format!("section/{id}")));
    let times = Times { published: Some(story.published_at), updated: story.modified_at() };
    let mut view = view(&mut maker, &story, &story.path, &library, times);
    let placed = placed(&mut maker, id)?;
    (view.story.body_html, view.story.quotations) = marked(&maker, &story, &view.story.body_html, &placed);
    if let Some(mut after) = next::below(&mut maker, &story.id, &story.path, false)? {
        view.story.next = after.next.take();
        view.story.more = std::mem::take(&mut after.more);
        // What is fetched later says of which ranker it is; what stands here is counted by nobody.
        after.variant = None;
        view.story.after = Some(after);
    }
    maker.noted.note("comments", id);
    maker.noted.note("comment-rules", "site");
    if rules::rules_at(maker.conn, id)?.is_some_and(|(_, rules)| rules.mode != Mode::Off) {
        view.story.comments_url = Some(format!("{}/comments", story.path.trim_end_matches('/')));
        view.story.comments_count = Some(threads::count(maker.conn, id)?).filter(|count| *count > 0);
    }
    let mut head = head_of(&maker, &story, Some(&story.path), &library);
    if let Some(original) = &story.canonical {
        head.canonical = Some(original.clone());
    }
    let logo = some(&maker.settings.logo).unwrap_or_else(|| "/favicon.svg".into());
    let publisher = Publisher { name: &maker.settings.name, logo: &maker.absolute(&logo) };
    head.json_ld = Some(json_ld::article(&view.story, &head, publisher, &maker.absolute("/"), &once(&placed)));
    maker.page(&view, &head).map(Some)
}

fn static_page(mut maker: Maker<'_, '_>, page: &PublishedStory) -> Result<Draft> {
    let library = library_of(&mut maker, page)?;
    let head = head_of(&maker, page, Some(&page.path), &library);
    let updated = page.modified_at().unwrap_or(page.published_at);
    let mut view = static_view(&maker, page, &library, Some(updated), &head);
    let placed = placed(&mut maker, &page.id)?;
    view.static_page.body_html = marked(&maker, page, &view.static_page.body_html, &placed).0;
    maker.page(&view, &head)
}

/// The quotations of a published text, which the page shows.
fn placed(maker: &mut Maker<'_, '_>, id: &str) -> Result<Vec<Placed>> {
    maker.noted.note("marks", id);
    let placed = public::of_story(maker.conn, id)?;
    for one in &placed {
        maker.note_quotation(&one.quotation);
    }
    Ok(placed)
}

/// The text with a mark behind each quotation, and how many have one.
fn marked(maker: &Maker<'_, '_>, article: &Article, html: &str, placed: &[Placed]) -> (String, i64) {
    maker.teller(&maker.frame_language(&article.language)).marked(html, placed)
}

/// Each quotation once, however often it stands in the text.
fn once(placed: &[Placed]) -> Vec<&PublicQuotation> {
    let mut seen = HashSet::new();
    placed.iter().map(|one| &one.quotation).filter(|one| seen.insert(&one.id)).collect()
}

/// When a story was published and changed.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) published: Option<Time>,
    pub(super) updated: Option<Time>,
}

/// The pictures of a story, its lead among them.
pub(super) fn library_of(maker: &mut Maker<'_, '_>, article: &Article) -> Result<Library> {
    let in_text = article.body.pictures().filter_map(|picture| picture.picture.as_deref());
    let ids: Vec<&str> = in_text.chain(article.lead_picture.as_deref()).collect();
    maker.library(&ids)
}

/// What a story's page shows, except what stands around the story.
pub(super) fn view(
    maker: &mut Maker<'_, '_>,
    article: &Article,
    path: &str,
    library: &Library,
    times: Times,
) -> StoryView {
    let language = maker.frame_language(&article.language);
    let dates = maker.dates(&language);
    for tag in &article.tags {
        maker.noted.note("tag", &tag.id);
    }
    for translation in &article.translations {
        maker.noted.note("story", &translation.id);
    }
    StoryView {
        story: Story {
            kicker: some(&article.kicker),
            headline: article.headline.clone(),
            dek: some(&article.dek),
            url: path.to_owned(),
            section: article.section.as_ref().map(|s| Link { name: s.name.clone(), url: format!("/{}", s.slug) }),
            bylines: maker.bylines(&article.bylines),
            dateline: some(&article.dateline),
            published: times.published.map(|time| dates.day_and_time(time)),
            updated: times.updated.map(|time| dates.day_and_time(time)),
            language: article.language.clone(),
            dir: direction(&article.language),
            lead: article.lead_picture.as_deref().and_then(|id| library.image(id)),
            body_html: body(maker, article, library, &language),
            tags: article
                .tags
                .iter()
                .map(|t| Link { name: t.name.clone(), url: format!("/tags/{}", t.slug) })
                .collect(),
            corrections: article
                .corrections
                .iter()
                .map(|c| Correction { date: dates.day(c.at), text: c.text.clone() })
                .collect(),
            translations: article
                .translations
                .iter()
                .map(|other| Translation {
                    name: maker.language_name(&other.language),
                    dir: direction(&other.language),
                    language: other.language.clone(),
                    headline: other.headline.clone(),
                    url: other.path.clone(),
                })
                .collect(),
            comments_url: None,
            comments_count: None,
            next: None,
            more: Vec::new(),
            after: None,
            quotations: 0,
            reading_minutes: (article.word_count + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE,
        },
    }
}

pub(super) fn static_view(
    maker: &Maker<'_, '_>,
    page: &Article,
    library: &Library,
    updated: Option<Time>,
    head: &Head,
) -> StaticView {
    StaticView {
        static_page: StaticPage {
            title: page.headline.clone(),
            dek: some(&page.dek),
            updated: updated.map(|time| maker.dates(&head.language).day(time)),
            body_html: body(maker, page, library, &head.language),
            language: page.language.clone(),
            dir: direction(&page.language),
        },
    }
}

fn body(maker: &Maker<'_, '_>, article: &Article, library: &Library, language: &str) -> String {
    let dates = maker.dates(language);
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| dates.civil(day));
    let options = RenderOptions {
        site: Some(&maker.settings.base_url),
        first_picture_eager: article.lead_picture.is_none(),
        sizes: SIZES,
        day: Some(&day),
        ..RenderOptions::default()
    };
    to_html_with(&article.body, library, &options)
}

pub(super) fn head_of(maker: &Maker<'_, '_>, article: &Article, path: Option<&str>, library: &Library) -> Head {
    let kind = if article.kind == Kind::Page { "page" } else { "story" };
    let language = maker.frame_language(&article.language);
    let picture = picture_of(article);
    let excerpt = || article.body.excerpt(DESCRIPTION);
    Head {
        description: some(&article.dek).or_else(|| some(&excerpt())),
        dir: direction(&language),
        language,
        section_url: article.section.as_ref().map(|section| format!("/{}", section.slug)),
        picture_url: picture.and_then(|id| library.shared(id)).map(|url| maker.absolute(&url)),
        picture_alt: picture.and_then(|id| library.image(id)).and_then(|image| some(&image.alt)),
        ..maker.head(kind, &article.headline, path)
    }
}

/// The picture that stands for a story elsewhere: its lead, or the first of its text.
pub(super) fn picture_of(article: &Article) -> Option<&str> {
    let first = || article.body.pictures().find_map(|picture| picture.picture.as_deref());
    article.lead_picture.as_deref().or_else(first)
}

/// Characters of a description taken from the text: what search engines show.
const DESCRIPTION: usize = 160;
