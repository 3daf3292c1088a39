//! The form without a script: read as it comes, sealed as it is read, and answered with the codename, once.

use axum::{
    extract::{FromRequest, Multipart, Request, State, multipart::Field, multipart::MultipartError},
    response::Response,
};
use http::{HeaderValue, StatusCode, header};
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
/// Bytes of a text that is given back because it is too long for a message. What goes beyond is not.
const GIVEN_BACK: usize = 8 * MAX_TEXT;
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
    let open = page::standing(door).await?;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    let Some(open) = open else { return closed(door, &mut form).await };
    let mut sending = Sending::new(door, &open, None);
    match sending.all(form).await {
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
        Err(error) => {
            let back = Back::of(door, error, &sending)?;
            let again = Again { chosen: sending.desk, text: sending.text, error: back.said.clone() };
            Ok(back.with(page::form(door, Some(&open), back.status, again).await?))
        }
    }
}

/// The line was closed while somebody wrote: their text comes back, for them to keep.
pub(super) async fn closed(door: &Door, form: &mut Multipart) -> Result<Response> {
    let mut text = String::new();
    // Read to its end: a browser that is still sending would not show what is answered.
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("text") {
            text = String::from_utf8_lossy(&words(field).await?).into_owned();
        }
    }
    let again = Again { chosen: String::new(), text, error: door.say("site-tips-error-closed") };
    page::form(door, None, StatusCode::FORBIDDEN, again).await
}

/// A form that was not taken comes back: its text, why, and that files must be chosen again.
pub(super) struct Back {
    pub(super) status: StatusCode,
    pub(super) said: String,
    seconds: Option<u64>,
}

impl Back {
    /// Errors of our own are none of the source's: they come as they are.
    pub(super) fn of(door: &Door, error: Error, sending: &Sending<'_>) -> Result<Back> {
        let (status, key) = match &error {
            Error::Invalid(fields) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                fields.first().map_or("site-tips-error-form", |field| field.message.as_str()),
            ),
            Error::Refused(key) if key == "site-tips-error-work" => (StatusCode::FORBIDDEN, "site-tips-again-work"),
            Error::Refused(key) => (StatusCode::FORBIDDEN, key.as_str()),
            Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "site-tips-again-busy"),
            Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "site-tips-again-large"),
            Error::BadRequest(_) if !sending.text.is_empty() => (StatusCode::BAD_REQUEST, "site-tips-error-form"),
            _ => return Err(error),
        };
        let mut said = door.say(key);
        if sending.files {
            said = format!("{said} {}", door.say("site-tips-again-files"));
        }
        let seconds = if let Error::TooMany { seconds } = &error { Some(*seconds) } else { None };
        Ok(Back { status, said, seconds })
    }

    /// With the header that says when to come again.
    pub(super) fn with(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A message that comes by a form, and what was read of it.
pub(super) struct Sending<'a> {
    door: &'a Door,
    open: &'a InUse,
    /// The thread and keys of a source who comes back.
    returning: Option<(Tip, SourceKeys)>,
    pub(super) desk: String,
    pub(super) text: String,
    /// Files came, which no form can give back.
    files: bool,
    token: String,
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
            text: String::new(),
            files: false,
            token: String::new(),
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

    /// Reads a form from its first field and keeps its message; returns the codename of a new thread.
    async fn all(&mut self, mut form: Multipart) -> Result<String> {
        self.rest(&mut form).await?;
        self.finish().await
    }

    /// Reads the fields that are left, to the last also when something is refused: the text is given back, and a browser
    /// that is still sending would not show what is answered.
    pub(super) async fn rest(&mut self, form: &mut Multipart) -> Result<()> {
        let mut refused = None;
        loop {
            let field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(error) => {
                    refused.get_or_insert(unreadable(&error));
                    break;
                }
            };
            if let Err(error) = self.field(field, refused.is_some()).await {
                refused.get_or_insert(error);
            }
        }
        match refused {
            None => Ok(()),
            Some(error) => {
                self.arriving = None;
                Err(error)
            }
        }
    }

    async fn field(&mut self, mut field: Field<'_>, refused: bool) -> Result<()> {
        match field.name().unwrap_or_default() {
            "token" => self.take_token(short(field, SHORT).await?).await,
            "desk" => {
                self.desk = short(field, SHORT).await?;
                Ok(())
            }
            "codename" => short(field, SHORT).await.map(|_| ()),
            "text" => self.words(field).await,
            "files" if refused => {
                self.files |= field.chunk().await.map_err(|e| unreadable(&e))?.is_some_and(|chunk| !chunk.is_empty());
                Ok(())
            }
            "files" => self.file(field).await,
            _ => Err(incomplete()),
        }
    }

    /// The text, also when it is longer than a message holds.
    async fn words(&mut self, field: Field<'_>) -> Result<()> {
        let bytes = words(field).await?;
        if bytes.len() > MAX_TEXT {
            // What was cut off may have been half a letter.
            self.text = String::from_utf8_lossy(&bytes).into_owned();
            return Err(Error::field("text", "site-tips-text-long"));
        }
        self.text = String::from_utf8(bytes).map_err(|_| incomplete())?;
        Ok(())
    }

    /// Looks at a form's token; it is used up only when a message begins, so that a form that comes back can go again.
    pub(super) async fn take_token(&mut self, token: String) -> Result<()> {
        self.door.guard.work(&self.door.app).await?.look_at_form(&token, self.door.app.now())?;
        self.token = token;
        Ok(())
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<()> {
        let name: String = field.file_name().unwrap_or_default().chars().take(FILE_NAME).collect();
        let kind = field.content_type().unwrap_or_default().to_owned();
        let mut begun = false;
        while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
            // What browsers send for a field of files that was left empty has neither name nor bytes.
            if chunk.is_empty() {
                continue;
            }
            if !begun {
                self.files = true;
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
        if self.token.is_empty() {
            return Err(Error::refused("site-tips-error-work"));
        }
        let door = self.door;
        self.place = Some(door.guard.begin(self.line(), self.lane(), &door.app)?);
        door.guard.work(&door.app).await?.take_form(&self.token, door.app.now())?;
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
    pub(super) async fn finish(&mut self) -> Result<String> {
        if self.text.trim().is_empty() && self.arriving.is_none() {
            return Err(Error::field("text", "site-tips-empty"));
        }
        self.begin().await?;
        let arriving = self.arriving.take().ok_or_else(|| Error::internal("a form that was not begun"))?;
        self.door.guard.add(&self.open.line, self.lane(), self.text.len() as u64, &self.door.app)?;
        arriving.keep(&self.text, &[]).await?;
        if let Some(place) = self.place.take() {
            place.kept(&self.door.app);
        }
        Ok(std::mem::take(&mut self.phrase))
    }
}

/// A text, as much of it as is given back.
async fn words(mut field: Field<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
        if bytes.len() + chunk.len() > GIVEN_BACK {
            break;
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
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
