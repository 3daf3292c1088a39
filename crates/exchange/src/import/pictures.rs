//! Bringing in a site's pictures from a local folder.

use std::collections::HashMap;
use std::path::Path;

use onrecord_base::{App, Error, Result};
use onrecord_media::NewPicture;

use super::{OnProgress, Progress, Shared};
use crate::store::{self, Known};
use crate::wordpress::article::is_picture;
use crate::wordpress::library::{Library, MediaFolder, UploadKey};
use crate::wordpress::survey::{Attachment, Survey};

/// Brings in the pictures among an export's attachments. Gives back what is in the library by then.
pub(super) async fn bring(
    app: &App,
    source: &str,
    survey: &Survey,
    folder: Option<&MediaFolder>,
    known: &HashMap<String, Known>,
    report: &Shared,
    progress: &OnProgress,
) -> Result<Library> {
    let mut library = Library::default();
    let total = survey.attachments.len() as u64;
    for (done, (number, attachment)) in (0u64..).zip(&survey.attachments) {
        progress(Progress::Pictures(done, total));
        if let Some(known) = known.get(&attachment.key) {
            library.add(Some(*number), attachment.file.clone(), &known.subject);
            report.lock().counts.unchanged += 1;
            continue;
        }
        let file = folder.zip(attachment.file.as_ref()).and_then(|(folder, key)| folder.file(key));
        let Some(file) = file else {
            let mut report = report.lock();
            match (is_picture(&attachment.url), folder) {
                (false, _) => report.note("", "a file that is no picture was not imported", &attachment.url),
                (true, None) => report.note("", "without --media, a picture was not imported", &attachment.url),
                (true, Some(_)) => report.note("", "a picture is not in the folder given by --media", &attachment.url),
            }
            continue;
        };
        if let Some(picture) = one(app, file, attachment, report).await? {
            let known = Known { subject: picture.clone(), hash: String::new() };
            let (source, key, now) = (source.to_owned(), attachment.key.clone(), app.now());
            app.db.write(move |conn| store::remember(conn, &source, &key, "picture", &known, now)).await?;
            library.add(Some(*number), attachment.file.clone(), &picture);
        }
    }
    progress(Progress::Pictures(total, total));
    Ok(library)
}

/// A picture that a body shows and no attachment names: by its file alone.
pub(super) async fn stray(
    app: &App,
    key: &UploadKey,
    folder: &MediaFolder,
    alt: &str,
    report: &Shared,
) -> Result<Option<String>> {
    let Some(file) = folder.file(key) else { return Ok(None) };
    one(app, file, &Attachment { alt: alt.to_owned(), ..Attachment::default() }, report).await
}

async fn one(app: &App, file: &Path, attachment: &Attachment, report: &Shared) -> Result<Option<String>> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let size = tokio::fs::metadata(file).await.map(|meta| meta.len()).unwrap_or(0);
    let limit = onrecord_media::MAX_BYTES as u64;
    if size > limit {
        let reason = format!("a picture is larger than {} MB and was not imported", limit / 1024 / 1024);
        report.lock().note("", &reason, &name);
        return Ok(None);
    }
    let bytes = match tokio::fs::read(file).await {
        Ok(bytes) => bytes,
        Err(error) => {
            report.lock().note(&name, "a picture could not be read", &error.to_string());
            return Ok(None);
        }
    };
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let new = NewPicture {
        file_name: name.clone(),
        alt: short(&attachment.alt, 900),
        caption: short(&attachment.caption, 4_500),
        agency: short(&attachment.agency, 190),
        photographer: short(&attachment.photographer, 190),
        ..NewPicture::default()
    };
    match onrecord_media::ingest(app, bytes, new).await {
        Ok(picture) => {
            report.lock().counts.pictures += 1;
            Ok(Some(picture.id))
        }
        Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => Err(error),
        Err(_) => {
            report.lock().note("", "a file is no picture that can be shown, or is damaged", &name);
            Ok(None)
        }
    }
}
