//! The form of a new source as it comes in, file by file.

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
};
use http::StatusCode;
use onrecord_base::{App, Error, FieldError, Result};
use serde::{Deserialize, Serialize};

use crate::{
    SourceKind,
    capture::{Incoming, MAX_RECORDING, Part},
    extract::MAX_BYTES,
    source::{LONGEST_NOTES, LONGEST_TITLE},
    web::desk::line,
};

/// The longest text that is typed: a whole day of interviews.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// What browsers and proxies carry without trouble.
const LONGEST_ADDRESS: usize = 8 * 1024;
/// Fields that are read; a form of ours has ten.
const MOST_FIELDS: usize = 40;

/// The texts of the form: what comes back filled in if it is refused.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NewForm {
    pub(super) kind: String,
    pub(super) url: String,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) notes: String,
    pub(super) confidential: bool,
    /// Id of the quotation that shall rest on it.
    pub(super) quotation: String,
    /// Id of the story whose record one came from.
    pub(super) story: String,
}

/// A file in memory.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

/// The whole form.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) form: NewForm,
    pub(super) file: Option<File>,
    pub(super) transcript: Option<File>,
    pub(super) recording: Option<Part>,
    /// What is wrong with it so far.
    pub(super) wrong: Vec<FieldError>,
}

impl Sent {
    /// Reads the form to its end, whatever is wrong with a part of it, so that nothing of the rest is lost.
    ///
    /// # Errors
    /// `Error::BadRequest` for a form that breaks off, `Error::TooLarge` for one beyond all measure.
    pub(super) async fn read(app: &App, mut multipart: Multipart) -> Result<Sent> {
        let mut sent = Sent::default();
        let mut fields = 0;
        while let Some(field) = multipart.next_field().await.map_err(|e| unreadable(&e))? {
            fields += 1;
            if fields > MOST_FIELDS {
                return Err(Error::BadRequest("base-form-incomplete".into()));
            }
            match field.name().unwrap_or_default().to_owned().as_str() {
                name @ ("file" | "transcript") => sent.take_file(app, name, field).await?,
                name => sent.take_text(name, field).await?,
            }
        }
        Ok(sent)
    }

    /// What kind of source it is meant to be.
    pub(super) fn kind(&self) -> Option<SourceKind> {
        SourceKind::parse(&self.form.kind)
    }

    async fn take_text(&mut self, name: &str, field: Field<'_>) -> Result<()> {
        let (place, most) = match name {
            "kind" => (&mut self.form.kind, 20),
            "url" => (&mut self.form.url, LONGEST_ADDRESS),
            "text" => (&mut self.form.text, LONGEST_TEXT),
            "title" => (&mut self.form.title, LONGEST_TITLE),
            "notes" => (&mut self.form.notes, LONGEST_NOTES),
            "quotation" => (&mut self.form.quotation, 36),
            "story" => (&mut self.form.story, 36),
            "confidential" => {
                let value = gathered(field, 20).await?.unwrap_or_default();
                self.form.confidential = !matches!(&value[..], b"" | b"0" | b"false");
                return Ok(());
            }
            _ => {
                gathered(field, 0).await?;
                return Ok(());
            }
        };
        // Letters may take four bytes each.
        let Some(bytes) = gathered(field, most * 4).await? else {
            self.wrong.push(FieldError::new(name, "record-field-long").arg("limit", most));
            return Ok(());
        };
        let text = std::str::from_utf8(&bytes).ok().filter(|text| !text.contains('\0'));
        let text = text.ok_or_else(|| Error::BadRequest("base-form-not-text".into()))?;
        if text.chars().count() > most {
            self.wrong.push(FieldError::new(name, "record-field-long").arg("limit", most));
        }
        *place = match name {
            "text" | "notes" => text.to_owned(),
            _ => line(text),
        };
        Ok(())
    }

    async fn take_file(&mut self, app: &App, field_name: &str, field: Field<'_>) -> Result<()> {
        let name = file_name(field.file_name().unwrap_or_default());
        let recorded = field_name == "file" && self.kind() == Some(SourceKind::Recording) && !is_transcript(&name);
        if recorded && !name.is_empty() {
            return self.take_recording(app, name, field).await;
        }
        match gathered(field, MAX_BYTES).await? {
            None => self.wrong.push(
                FieldError::new(field_name, "record-file-large")
                    .arg("limit", MAX_BYTES / (1024 * 1024))
                    .arg("name", name),
            ),
            // What browsers send for a file field that was left empty.
            Some(bytes) if bytes.is_empty() && name.is_empty() => {}
            Some(bytes) => {
                let file = Some(File { name, bytes });
                // A transcript alone in the field of the recording: another archive keeps the recording.
                match field_name == "transcript" || self.kind() == Some(SourceKind::Recording) {
                    true => self.transcript = file,
                    false => self.file = file,
                }
            }
        }
        Ok(())
    }

    async fn take_recording(&mut self, app: &App, name: String, mut field: Field<'_>) -> Result<()> {
        let mut incoming = Some(Incoming::begin(app).await?);
        while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
            if let Some(open) = &mut incoming
                && !open.write(&chunk).await?
            {
                incoming = None;
            }
        }
        match incoming {
            Some(whole) => self.recording = Some(whole.finish(&name).await?).filter(|part| part.bytes > 0),
            None => self.wrong.push(
                FieldError::new("file", "record-file-large")
                    .arg("limit", MAX_RECORDING / (1024 * 1024))
                    .arg("name", name),
            ),
        }
        Ok(())
    }
}

/// The field's bytes; none if they are more than `most`, in which case they are read and dropped.
async fn gathered(mut field: Field<'_>, most: usize) -> Result<Option<Bytes>> {
    let mut bytes = Vec::new();
    let mut over = false;
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
        over |= bytes.len() + chunk.len() > most;
        match over {
            true => bytes = Vec::new(),
            false => bytes.extend_from_slice(&chunk),
        }
    }
    Ok((!over).then(|| bytes.into()))
}

fn unreadable(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: super::LARGEST_FORM as u64 },
        _ => Error::BadRequest("base-form-incomplete".into()),
    }
}

/// The last part of a name, on one line: some browsers send a whole path.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    line(&last.replace(|c: char| c.is_control(), " ")).chars().take(200).collect()
}

/// Whether a name ends as texts do, not recordings.
fn is_transcript(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["vtt", "srt", "txt", "md", "html", "htm", "pdf", "eml", "docx", "odt"].contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_its_last_part_on_one_line() {
        assert_eq!(file_name("C:\\Users\\ana\\filing.pdf"), "filing.pdf");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("a\r\nb\0c.pdf"), "a b c.pdf");
        assert_eq!(file_name(&"x".repeat(999)).len(), 200);
    }

    #[test]
    fn a_transcript_is_told_from_a_recording_by_its_name() {
        assert!(is_transcript("Talk.VTT") && is_transcript("notes.txt"));
        assert!(!is_transcript("talk.mp3") && !is_transcript("talk") && !is_transcript(""));
    }
}
