//! The form without a script: read as it comes, sealed as it is read, and answered with the codename, once.

use axum::{
    extract::{FromRequest, Multipart, Request, State, multipart::Field, multipart::MultipartError},
    response::Response,
};
use http::StatusCode;
use onrecord_base::{App, Error, Result, views::View};
use onrecord_sealed::{Codename, MAX_TEXT, SourceKeys};
use serde::Serialize;

use super::{
    door::Door,
    page::{self, Again},
};
use crate::{Channel, Line, Tip, arrive::Arriving, codename, guard::Place, keys::InUse, quota::Lane};

/// Bytes of a field that is neither text nor file: a token, an id, a codename with its slips of the pen.
const SHORT: usize = 1024;
/// Bytes of the name of a file; the sealing library shortens it further.
const FILE_NAME: usize = 4096;

/// The codename, shown once; or one thing said.
#[derive(Debug, Clone, Serialize)]
pub(in crate::web) struct DonePage {
    lang: String,
    query: String,
    codename: String,
    title: String,
    said: String,
}

impl View for DonePage {
    const TEMPLATE: &'static str = "tips/done.html";

    fn samples() -> Vec<DonePage> {
        let page = DonePage {
            lang: "en".into(),
            query: String::new(),
            codename: "one two three four five six seven".into(),
            title: String::new(),
            said: String::new(),
        };
        let said =
            DonePage { codename: String::new(), title: "Busy".into(), said: "Try \"again\"".into(), ..page.clone() };
        vec![page, said]
    }
}

impl DonePage {
    /// One thing said.
    pub(super) fn said(door: &Door, title: &str, said: &str) -> DonePage {
        let (title, said) = (door.say(title), door.say(said));
        DonePage { lang: door.lang.into(), query: door.query.clone(), codename: String::new(), title, said }
    }
}

pub(super) async fn create(State(_): State<App>, door: Door, request: Request) -> Response {
    let outcome = send(&door, request).await;
    door.answer(outcome, "").await
}

async fn send(door: &Door, request: Request) -> Result<Response> {
    let Some(open) = page::standing(door).await? else { return Err(Error::refused("site-tips-error-closed")) };
    let form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    let mut sending = Sending::new(door, &open, None);
    match sending.read(form).await {
        Ok(Read { text, .. }) => match sending.finish(&text).await {
            Ok(codename) => {
                let view = DonePage {
                    lang: door.lang.into(),
                    query: door.query.clone(),
                    codename,
                    title: String::new(),
                    said: String::new(),
                };
                door.page(StatusCode::OK, "site-tips-done-title", &view).await
            }
            Err(error) => again(door, &open, error, Read { text, desk: sending.desk, ..Read::default() }).await,
        },
        Err(error) => Err(error),
    }
}

/// A form that was not taken comes back with its text; files must be chosen again.
async fn again(door: &Door, open: &InUse, error: Error, read: Read) -> Result<Response> {
    let Error::Invalid(fields) = &error else { return Err(error) };
    let error = fields.first().map_or_else(String::new, |field| door.say(&field.message));
    let again = Again { chosen: read.desk, text: read.text, error };
    page::form(door, Some(open), StatusCode::UNPROCESSABLE_ENTITY, again).await
}

/// What was read of a form apart from its files, which are sealed already.
#[derive(Default)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) desk: String,
    pub(super) codename: String,
}

/// A message that comes by a form.
pub(super) struct Sending<'a> {
    door: &'a Door,
    open: &'a InUse,
    /// The thread and keys of a source who comes back.
    returning: Option<(Tip, SourceKeys)>,
    pub(super) desk: String,
    token: bool,
    arriving: Option<Arriving>,
    phrase: String,
    place: Option<Place>,
}

impl<'a> Sending<'a> {
    pub(super) fn new(door: &'a Door, open: &'a InUse, returning: Option<(Tip, SourceKeys)>) -> Sending<'a> {
        Sending {
            door,
            open,
            returning,
            desk: String::new(),
            token: false,
            arriving: None,
            phrase: String::new(),
            place: None,
        }
    }

    fn lane(&self) -> Lane {
        if self.returning.is_some() { Lane::Returning } else { Lane::Plain }
    }

    fn line(&self) -> &Line {
        &self.open.line
    }

    /// Reads a form from its first field.
    async fn read(&mut self, mut form: Multipart) -> Result<Read> {
        self.rest(&mut form, Read::default()).await
    }

    /// Reads the fields that are left.
    pub(super) async fn rest(&mut self, form: &mut Multipart, mut read: Read) -> Result<Read> {
        while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
            match field.name().unwrap_or_default() {
                "token" => self.take_token(&short(field, SHORT).await?).await?,
                "desk" => self.desk = short(field, SHORT).await?,
                "codename" => read.codename = short(field, SHORT).await?,
                "text" => read.text = short(field, MAX_TEXT).await?,
                "files" => self.file(field).await?,
                _ => return Err(incomplete()),
            }
        }
        Ok(read)
    }

    pub(super) async fn take_token(&mut self, token: &str) -> Result<()> {
        self.door.guard.work(&self.door.app).await?.take_form(token, self.door.app.now())?;
        self.token = true;
        Ok(())
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<()> {
        let name: String = field.file_name().unwrap_or_default().chars().take(FILE_NAME).collect();
        let kind = field.content_type().unwrap_or_default().to_owned();
        let mut begun = false;
        while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
            // What browsers send for a field of files that was left empty has neither name nor bytes.
            if !begun {
                self.begin().await?;
                self.begun()?.file(&name, &kind).await?;
                begun = true;
            }
            self.door.guard.add(&self.open.line, self.lane(), chunk.len() as u64, &self.door.app)?;
            self.begun()?.push(&chunk).await?;
        }
        Ok(())
    }

    /// Makes a codename, if there is none, and begins to seal.
    async fn begin(&mut self) -> Result<()> {
        if self.arriving.is_some() {
            return Ok(());
        }
        if !self.token {
            return Err(Error::refused("site-tips-error-work"));
        }
        let door = self.door;
        self.place = Some(door.guard.begin(self.line(), self.lane(), &door.app)?);
        let (source, thread) = match &self.returning {
            Some((tip, source)) => (source.clone(), Some(tip.clone())),
            None => {
                if self.open.desk(&self.desk).is_none() {
                    return Err(Error::field("desk", "site-tips-desk-unknown"));
                }
                let codename = Codename::generate(&mut codename::entropy(&door.app));
                self.phrase = codename.phrase().to_string();
                (codename::derive(&door.guard, Lane::Plain, codename, self.open.newsroom()).await?, None)
            }
        };
        self.arriving = Some(Arriving::begin(&door.app, &self.desk, Channel::Form, Some(source), thread).await?);
        Ok(())
    }

    fn begun(&mut self) -> Result<&mut Arriving> {
        self.arriving.as_mut().ok_or_else(|| Error::internal("a form that was not begun"))
    }

    /// Keeps the message; returns the codename of a new thread.
    pub(super) async fn finish(&mut self, text: &str) -> Result<String> {
        if text.trim().is_empty() && self.arriving.is_none() {
            return Err(Error::field("text", "site-tips-empty"));
        }
        self.begin().await?;
        let arriving = self.arriving.take().ok_or_else(|| Error::internal("a form that was not begun"))?;
        self.door.guard.add(&self.open.line, self.lane(), text.len() as u64, &self.door.app)?;
        arriving.keep(text, &[]).await?;
        if let Some(place) = self.place.take() {
            place.kept(&self.door.app);
        }
        Ok(std::mem::take(&mut self.phrase))
    }
}

/// A field in memory, up to a limit.
pub(super) async fn short(mut field: Field<'_>, most: usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
        if bytes.len() + chunk.len() > most {
            return Err(Error::field("text", "site-tips-text-long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| incomplete())
}

pub(super) fn incomplete() -> Error {
    Error::BadRequest("site-tips-error-form".into())
}

pub(super) fn unreadable(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: crate::line::MOST_BYTES },
        _ => incomplete(),
    }
}
