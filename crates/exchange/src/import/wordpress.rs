//! `onrecord import wordpress`.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use onrecord_base::{App, Error, Result, Settings, Time};
use onrecord_prose::FoundPicture;
use onrecord_stories::Kind;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::keep::{AllNames, Batch, Became, Names, Ready};
use super::{OnProgress, Outcome, Progress, Shared, WordpressImport, parts, pictures};
use crate::report::Report;
use crate::store::{self, Known};
use crate::wordpress::article::{Article, Context, hash_of, key_of};
use crate::wordpress::library::{Library, MediaFolder, UploadKey};
use crate::wordpress::survey::{Survey, is_attachment};
use crate::wxr::{Entry, Fault, Item, Wxr};

/// Most items of one transaction: enough to be fast, few enough that the desk's saves hardly wait in between.
const BATCH_ITEMS: usize = 100;
/// Most source text of one transaction, so that memory stays small whatever the bodies.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Batches that wait to be written while the next is read.
const WAITING: usize = 2;
/// Items between two reports of progress.
const STEP: u64 = 50;

/// Imports an export.
///
/// # Errors
/// `Error::Unavailable` with a sentence if a file or folder cannot be read or written. A fault inside the export is no
/// error: it stands in the [`Outcome`], and what came before it was kept.
pub async fn wordpress(app: &App, import: &WordpressImport, progress: OnProgress) -> Result<Outcome> {
    let total =
        File::open(&import.file).and_then(|file| file.metadata()).map_err(|e| cannot("read", &import.file, &e))?.len();
    let folder = match &import.media {
        Some(path) => Some(Arc::new(MediaFolder::open(path).map_err(|e| cannot("read", path, &e))?)),
        None => None,
    };
    let report = Shared::new(Report::to(report_file(import.report.as_deref())?));
    let survey = Arc::new(survey(import, total, &progress, &report).await?);
    let source = survey.source();
    let known = {
        let source = source.clone();
        Arc::new(app.db.read(move |conn| store::known(conn, &source)).await?)
    };
    report.lock().counts.authors = survey.authors() as u64;
    let library = pictures::bring(app, &source, &survey, folder.as_deref(), &known, &report, &progress).await?;

    let (sender, receiver) = mpsc::channel(WAITING);
    let reader = Reader {
        app: app.clone(),
        settings: app.settings(),
        now: app.now(),
        survey: survey.clone(),
        library: RefCell::new(library),
        folder,
        known,
        report: report.clone(),
        runtime: Handle::current(),
    };
    let file = import.file.clone();
    let reading = tokio::task::spawn_blocking(move || reader.read(&file, total, &progress, &sender));
    let written = write(app, &source, all_names(&survey, &report), receiver, &report).await;
    let fault = reading.await.map_err(|e| Error::internal(format!("reading an export failed: {e}")))?;
    written?;
    let fault = fault?;
    let mut report = report.take();
    if let Some(fault) = &fault {
        report.line(&format!("Reading stopped at {fault}"));
    }
    report.finish();
    Ok(Outcome { report, fault })
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::unavailable(format!("cannot {what} {}: {error}", path.display()))
}

fn report_file(path: Option<&Path>) -> Result<Option<Box<dyn Write + Send>>> {
    let Some(path) = path else { return Ok(None) };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| cannot("write", folder, &e))?;
    }
    let file = File::create(path).map_err(|e| cannot("write", path, &e))?;
    Ok(Some(Box::new(BufWriter::new(file))))
}

/// The first reading.
async fn survey(import: &WordpressImport, total: u64, progress: &OnProgress, report: &Shared) -> Result<Survey> {
    let (path, progress, report) = (import.file.clone(), progress.clone(), report.clone());
    let work = move || -> Result<Survey> {
        let mut wxr = Wxr::new(open(&path)?);
        let mut count = 0;
        let survey = Survey::read(std::iter::from_fn(|| {
            let entry = wxr.next();
            count += 1;
            if count % STEP == 0 {
                progress(Progress::Reading(wxr.bytes_read(), total));
            }
            entry
        }));
        progress(Progress::Reading(total, total));
        let mut report = report.lock();
        for repair in wxr.repairs() {
            let times = if repair.times > 1 {
                format!("{} times, first on line {}", repair.times, repair.line)
            } else {
                format!("line {}", repair.line)
            };
            report.note("", &repair.what, &times);
        }
        Ok(survey)
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(format!("reading an export failed: {e}")))?
}

fn open(path: &Path) -> Result<impl Read + use<>> {
    File::open(path).map_err(|e| cannot("read", path, &e))
}

/// Reads items and makes articles of them, on a thread of its own.
struct Reader {
    app: App,
    settings: Arc<Settings>,
    now: Time,
    survey: Arc<Survey>,
    library: RefCell<Library>,
    folder: Option<Arc<MediaFolder>>,
    known: Arc<HashMap<String, Known>>,
    report: Shared,
    runtime: Handle,
}

impl Reader {
    fn read(
        self,
        path: &Path,
        total: u64,
        progress: &OnProgress,
        sender: &mpsc::Sender<Vec<Ready>>,
    ) -> Result<Option<Fault>> {
        let mut wxr = Wxr::new(open(path)?);
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut seen = HashSet::new();
        let mut fault = None;
        let mut count = 0;
        while let Some(entry) = wxr.next() {
            let item = match entry {
                Ok(Entry::Item(item)) => item,
                Ok(_) => continue,
                Err(found) => {
                    fault = Some(found);
                    break;
                }
            };
            count += 1;
            if count % STEP == 0 {
                progress(Progress::Stories(wxr.bytes_read(), total));
            }
            bytes += item.content.len();
            batch.extend(self.ready(&item, &mut seen)?);
            if batch.len() >= BATCH_ITEMS || bytes >= BATCH_BYTES {
                bytes = 0;
                if sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                    // The writer has failed and says why.
                    return Ok(fault);
                }
            }
        }
        let _ = sender.blocking_send(batch);
        progress(Progress::Stories(total, total));
        Ok(fault)
    }

    /// An item as articles that can be written (a huge one in parts); nothing for those that are here already or are
    /// none.
    fn ready(&self, item: &Item, seen: &mut HashSet<String>) -> Result<Vec<Ready>> {
        self.report.lock().counts.items += 1;
        if is_attachment(item) {
            return Ok(Vec::new());
        }
        let mut key = key_of(item);
        if !seen.insert(key.clone()) {
            key = format!("{key}#{}", if item.id.is_empty() { item.line.to_string() } else { item.id.clone() });
            seen.insert(key.clone());
        }
        if let Some(known) = self.known.get(&key) {
            let mut report = self.report.lock();
            if known.hash == hash_of(item) {
                report.counts.unchanged += 1;
                let shows = ["<img", "[gallery"].iter().any(|sign| item.content.contains(sign));
                if report.counts.pictures > 0 && (shows || item.meta("_thumbnail_id").is_some()) {
                    let reason =
                        "it was imported before its pictures: they are in the library now, put them in at the desk";
                    report.note(&item.title, reason, "");
                }
            } else {
                report.counts.left_alone += 1;
                report.note(
                    &item.title,
                    "it was imported before and differs now in the export; the story here was left as it is",
                    "",
                );
            }
            return Ok(Vec::new());
        }
        let failed = RefCell::new(None);
        let find = |found: &FoundPicture<'_>| {
            self.picture(found).unwrap_or_else(|error| {
                *failed.borrow_mut() = Some(error);
                None
            })
        };
        let zone = self.settings.zone();
        let context = Context { survey: &self.survey, zone: &zone, now: self.now, picture: &find };
        let article = match Article::read(item, &context) {
            Ok(article) => Article { key, ..article },
            Err(reason) => {
                let mut report = self.report.lock();
                report.counts.other_items += 1;
                report.note(&item.title, &reason, "");
                return Ok(Vec::new());
            }
        };
        if let Some(error) = failed.into_inner() {
            return Err(error);
        }
        let articles = parts::of(article, item.content.len());
        Ok(articles.into_iter().map(|article| self.equipped(article)).collect())
    }

    /// An article with its lead picture and section, its alterations noted.
    fn equipped(&self, article: Article) -> Ready {
        let lead = article.lead.and_then(|number| self.library.borrow().by_number(number).cloned());
        {
            let mut report = self.report.lock();
            if article.lead.is_some() && lead.is_none() {
                report.note(&article.headline, "its lead picture is not in the library", "");
            }
            for (reason, detail) in &article.notes {
                report.note(&article.headline, reason, detail);
            }
        }
        let section = article.section.as_ref().map(|slug| {
            let name = self.survey.sections.get(slug).cloned().unwrap_or_default();
            (name, self.survey.description(slug))
        });
        Ready { article, section, lead }
    }

    /// The library's id for a picture in a body; a file of the folder that no attachment named is brought in now.
    fn picture(&self, found: &FoundPicture<'_>) -> Result<Option<String>> {
        let key = UploadKey::of_url(found.src);
        {
            let library = self.library.borrow();
            let known = found.attachment().and_then(|number| library.by_number(number));
            if let Some(id) = known.or_else(|| library.by_key(key.as_ref()?)) {
                return Ok(Some(id.clone()));
            }
        }
        let (Some(key), Some(folder)) = (key, &self.folder) else { return Ok(None) };
        let brought = self.runtime.block_on(pictures::stray(&self.app, &key, folder, found.alt, &self.report))?;
        if let Some(id) = &brought {
            self.library.borrow_mut().add(None, Some(key), id);
        }
        Ok(brought)
    }
}

/// Sections, authors and tags of an export. A term that no post uses is a term all the same.
fn all_names(survey: &Survey, report: &Shared) -> AllNames {
    for (taxonomy, count) in &survey.other_terms {
        let reason = format!("terms of the taxonomy “{taxonomy}” were not imported");
        report.lock().note("", &reason, &count.to_string());
    }
    let section = |slug: String| {
        let (name, description) = (survey.sections.get(&slug).cloned().unwrap_or_default(), survey.description(&slug));
        let lists = survey.lists_of_category(&slug);
        ((slug, name, description), lists)
    };
    let author = |(login, name): (String, String)| {
        let list = survey.list("author", &login);
        ((login, name), vec![list])
    };
    AllNames {
        sections: survey.all_sections().into_iter().map(section).collect(),
        authors: survey.all_authors().into_iter().map(author).collect(),
        tags: survey.all_tags(),
        folder: survey.folder(),
    }
}

/// Writes the names, then batches as they come.
async fn write(
    app: &App,
    source: &str,
    all: AllNames,
    mut receiver: mpsc::Receiver<Vec<Ready>>,
    report: &Shared,
) -> Result<()> {
    let (app_there, source_there, settings, now) = (app.clone(), source.to_owned(), app.settings(), app.now());
    let (mut names, moved) = app
        .db
        .write(move |conn| {
            let with = Batch { app: &app_there, settings: &settings, source: &source_there, now };
            let mut names = Names::default();
            let moved = with.make(conn, &mut names, &all)?;
            Ok((names, moved))
        })
        .await?;
    for (section, addresses) in moved {
        report.lock().note(&section, "its section's address is one of the site's own, so it got another", &addresses);
    }
    while let Some(batch) = receiver.recv().await {
        if batch.is_empty() {
            continue;
        }
        let (app_there, source, settings, now) = (app.clone(), source.to_owned(), app.settings(), app.now());
        let (kept, used) = app
            .db
            .write(move |conn| {
                let with = Batch { app: &app_there, settings: &settings, source: &source, now };
                let mut kept = Vec::with_capacity(batch.len());
                for ready in batch {
                    let (headline, kind) = (ready.article.headline.clone(), ready.article.kind);
                    kept.push((headline, kind, with.keep(conn, &mut names, ready)?));
                }
                onrecord_stories::import::done(conn, now)?;
                Ok((kept, names))
            })
            .await?;
        names = used;
        let mut report = report.lock();
        for (headline, kind, became) in kept {
            count(&mut report, &headline, kind, became);
        }
    }
    Ok(())
}

fn count(report: &mut Report, headline: &str, kind: Kind, became: Became) {
    match became {
        Became::Refused(reason) => report.note(headline, &reason, ""),
        Became::Kept { published, comments, moved } => {
            match (published, kind) {
                (false, _) => report.counts.drafts += 1,
                (true, Kind::Story) => report.counts.stories += 1,
                (true, Kind::Page) => report.counts.pages += 1,
            }
            report.counts.comments += comments;
            if let Some(moved) = moved {
                report.note(headline, "its address could not be kept, because it is taken here", &moved);
            }
        }
    }
}
