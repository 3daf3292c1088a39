//! Furnishing: everything in `demo/` goes in by the same doors as an import.

use std::collections::HashMap;

use onrecord_accounts::operator;
use onrecord_base::{App, Conn, Result, Settings, Time};
use onrecord_media::{NewPicture, ingest};
use onrecord_prose::{Document, FoundPicture, HtmlOptions};
use onrecord_stories::{
    Byline, Content, Kind, NewAuthor, NewSection, NewTag, Tag,
    import::{self, Imported, Standing},
    store::{authors, corrections, pins, sections, tags},
};

use tokio::task::JoinSet;

use super::{
    comments,
    content::{self, Story},
    record,
};
use crate::failure::Failure;

/// Who owns the demo; nobody can write to this address (RFC 2606).
const OWNER: &str = "owner@demo.example";
pub(super) const HOUR: i64 = 3_600_000;

/// Furnishes an empty newsroom, or goes on where the last try was interrupted; what is furnished stays as it was left.
/// Returns the owner's id.
///
/// # Errors
/// If the newsroom is not the demo's, or something does not fit, which a test says first.
pub async fn all(app: &App, base_url: &str) -> std::result::Result<String, Failure> {
    let staff = operator::list(app).await?;
    let known = staff.iter().find(|person| person.email == OWNER).map(|person| person.id.clone());
    if known.is_none() && !staff.is_empty() {
        let folder = app.data.path().display();
        return Err(Failure::new(format!(
            "{folder} holds a newsroom that is not the demo's; it was left as it is. Serve it: onrecord --data {folder} serve"
        )));
    }
    let demo = content::content()?;
    let furnished = !app.db.read(sections::all).await?.is_empty();
    let old = (*app.settings()).clone();
    let settings = match furnished {
        // The port may be another one than last time; an address that somebody chose stays.
        true if !old.base_url.starts_with("http://127.0.0.1:") => old,
        true => Settings { base_url: base_url.to_owned(), ..old },
        false => Settings {
            name: demo.site.name.clone(),
            tagline: demo.site.tagline.clone(),
            tip_phone: demo.site.tip_phone.clone(),
            time_zone: demo.site.time_zone.clone(),
            languages: demo.site.languages.clone(),
            base_url: base_url.to_owned(),
            ..old
        },
    };
    app.save_settings(settings).await?;
    let owner = match known {
        Some(id) => id,
        // Nobody knows this password: one comes in by the link that is printed.
        None => operator::create_owner(app, OWNER, &demo.authors[0].name, &app.random.token()).await?.id,
    };
    if !furnished {
        let (record, talk) = (record::record()?, comments::talk()?);
        let (pictures, sources) =
            tokio::join!(pictures(app, &demo.pictures, &owner), record::sources(app, &demo, &record, &owner));
        let (pictures, sources) = (pictures?, sources?);
        let (furnisher, owner) = (app.clone(), owner.clone());
        // Sections and stories in one transaction: where there is a section, there is all of it.
        app.db
            .write(move |conn| {
                let known = stories(conn, &furnisher, &demo, &pictures, &owner)?;
                record::put(conn, &furnisher, &record, &known, &sources, &owner)?;
                comments::put(conn, &furnisher, &demo, &talk, &known, &owner)
            })
            .await?;
    }
    Ok(owner)
}

async fn pictures(
    app: &App,
    pictures: &[content::Picture],
    by: &str,
) -> std::result::Result<HashMap<String, String>, Failure> {
    // Ends with this future, should somebody press Ctrl-C meanwhile.
    let mut tasks = JoinSet::new();
    for picture in pictures {
        let bytes = content::bytes(&format!("pictures/{}", picture.file))?.to_vec();
        let new = NewPicture {
            file_name: picture.file.clone(),
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            agency: picture.agency.clone(),
            photographer: picture.photographer.clone(),
            uploaded_by: Some(by.to_owned()),
            ..NewPicture::default()
        };
        let (app, file) = (app.clone(), picture.file.clone());
        tasks.spawn(async move { ingest(&app, bytes, new).await.map(|kept| (file, kept.id)) });
    }
    let mut ids = HashMap::new();
    while let Some(task) = tasks.join_next().await {
        let (file, id) = task.map_err(|e| Failure::new(e.to_string()))??;
        ids.insert(file, id);
    }
    Ok(ids)
}

/// Ids by slug or file name, of what has been furnished so far.
struct Known<'a> {
    pictures: &'a HashMap<String, String>,
    sections: HashMap<String, String>,
    authors: HashMap<String, (String, String)>,
    tags: HashMap<String, Tag>,
    stories: HashMap<String, String>,
}

fn stories(
    conn: &mut Conn<'_>,
    app: &App,
    demo: &content::Content,
    pictures: &HashMap<String, String>,
    owner: &str,
) -> Result<HashMap<String, String>> {
    let settings = app.settings();
    let now = app.now();
    let press = press_time(demo, now);
    let mut known = Known {
        pictures,
        sections: HashMap::new(),
        authors: HashMap::new(),
        tags: HashMap::new(),
        stories: demo.stories.iter().map(|story| (story.slug.clone(), app.id())).collect(),
    };
    for section in &demo.sections {
        let new =
            NewSection { name: section.name.clone(), slug: section.slug.clone(), description: section.intro.clone() };
        known.sections.insert(section.slug.clone(), sections::create(conn, &app.id(), new, now)?.id);
    }
    for (at, author) in demo.authors.iter().enumerate() {
        let new = NewAuthor {
            name: author.name.clone(),
            slug: author.slug.clone(),
            role: author.role.clone(),
            bio: author.bio.clone(),
            portrait: author.portrait.as_ref().and_then(|file| pictures.get(file)).cloned().unwrap_or_default(),
            staff_id: if at == 0 { owner.to_owned() } else { String::new() },
        };
        let made = authors::create(conn, &app.id(), new, now)?;
        known.authors.insert(author.slug.clone(), (made.id, made.name));
    }
    for tag in &demo.tags {
        let made = tags::create(conn, &app.id(), NewTag { name: tag.name.clone(), slug: tag.slug.clone() }, now)?;
        known.tags.insert(tag.slug.clone(), made);
    }
    for page in &demo.pages {
        let content = Content {
            headline: page.title.clone(),
            slug: page.slug.clone(),
            language: settings.language().to_owned(),
            body: body(&page.file, pictures)?,
            ..Content::default()
        };
        let at = press.plus(-30 * 24 * HOUR);
        let page = imported(app.id(), Kind::Page, content, Vec::new(), at, Some(format!("/{}", page.slug)));
        import::keep(conn, &settings, page)?;
    }
    for story in &demo.stories {
        let at = press.plus(-story.hours_ago * HOUR);
        import::keep(conn, &settings, written(story, &known, &settings, at)?)?;
        for correction in &story.corrections {
            let corrected = press.plus(-correction.hours_ago * HOUR);
            corrections::add(conn, &app.id(), &known.stories[&story.slug], &correction.text, Some(owner), corrected)?;
        }
    }
    // Each pin goes above the others, so the lead comes last.
    for wanted in ["second", "lead"] {
        for story in demo.stories.iter().rev().filter(|story| story.front.as_deref() == Some(wanted)) {
            pins::pin(conn, &known.stories[&story.slug], now)?;
        }
    }
    import::done(conn, now)?;
    Ok(known.stories)
}

/// The moment the demo's texts count back from: such that its newest story is an hour old.
pub(super) fn press_time(demo: &content::Content, now: Time) -> Time {
    let newest = demo.stories.iter().map(|story| story.hours_ago).min().unwrap_or(0);
    now.plus((newest - 1) * HOUR)
}

fn written(story: &Story, known: &Known<'_>, settings: &Settings, at: Time) -> Result<Imported> {
    let bylines = story.bylines.iter().map(|slug| {
        let (id, name) = known.authors[slug].clone();
        Byline { author: Some(id), name }
    });
    let tags: Vec<Tag> = story.tags.iter().map(|slug| known.tags[slug].clone()).collect();
    let content = Content {
        kicker: story.kicker.clone(),
        headline: story.headline.clone(),
        dek: story.dek.clone(),
        slug: story.slug.clone(),
        section: known.sections.get(&story.section).cloned(),
        bylines: bylines.collect(),
        dateline: story.dateline.clone(),
        lead_picture: story.lead.as_ref().and_then(|file| known.pictures.get(file)).cloned(),
        language: story.language.clone().unwrap_or_else(|| settings.language().to_owned()),
        translation_of: story.translation_of.as_ref().and_then(|slug| known.stories.get(slug)).cloned(),
        body: body(&story.file, known.pictures)?,
        ..Content::default()
    };
    Ok(imported(known.stories[&story.slug].clone(), Kind::Story, content, tags, at, None))
}

fn imported(id: String, kind: Kind, content: Content, tags: Vec<Tag>, at: Time, path: Option<String>) -> Imported {
    let standing = Standing::Published { path, at };
    Imported { id, kind, content, tags, created_at: at, changed_at: at, standing }
}

pub(super) fn body(file: &str, pictures: &HashMap<String, String>) -> Result<Document> {
    let source = content::text(file).map_err(|failure| onrecord_base::Error::internal(failure.to_string()))?;
    let pictures = pictures.clone();
    let find = move |found: &FoundPicture<'_>| pictures.get(found.src).cloned();
    Ok(Document::from_html_with(source, &HtmlOptions { picture: Some(&find), ..HtmlOptions::default() }).document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_story_is_an_hour_old_and_none_is_of_tomorrow() {
        let (demo, now) = (content::content().unwrap(), Time::parse("2026-11-22T12:00:00Z").unwrap());
        let ages: Vec<i64> = demo.stories.iter().map(|story| story.hours_ago).collect();
        let newest = press_time(&demo, now).plus(-ages.iter().min().unwrap() * HOUR);
        assert_eq!(newest, now.plus(-HOUR));
        let corrections = demo.stories.iter().flat_map(|story| &story.corrections);
        assert!(corrections.into_iter().all(|c| press_time(&demo, now).plus(-c.hours_ago * HOUR) < now));
    }
}
