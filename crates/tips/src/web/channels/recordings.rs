//! Recordings by upload, from the newsroom's own telephone system: a form with the file `recording` and, if they are
//! known, `from`, `to`, `at` and `id`. Sealed as it comes.

use axum::{
    Extension, Json,
    extract::{FromRequest, Multipart, Request, State, multipart::Field},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use onrecord_base::{App, Error, Result};

use super::{Guarded, answer, carried, same};
use crate::{
    Channel, Guard,
    arrive::Arriving,
    channels::{
        audio::{self, Sound},
        caller::Caller,
    },
    guard::Place,
    keys::{self, InUse},
    quota::Lane,
    store::channels,
    web::form::{incomplete, short, unreadable},
};

/// Bytes of a field of caller data.
const SHORT: usize = 1024;
/// Bytes of the name of a file; the sealing library shortens it further.
const FILE_NAME: usize = 4096;
/// The field that holds the sound.
const RECORDING: &str = "recording";

pub(super) async fn create(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    answer(take(&app, &guard, request).await)
}

async fn take(app: &App, guard: &Guard, request: Request) -> Result<Response> {
    let recordings = app.db.read(channels::load).await?.recordings;
    if recordings.secret.is_empty() {
        return Err(Error::NotFound);
    }
    if !same(&recordings.secret, &carried(request.headers())) {
        return Err(Error::Forbidden);
    }
    let open = keys::open(app).await?;
    let form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    let mut upload = Upload { app, guard, open, desk: recordings.desk, arriving: None, place: None, length: 0 };
    let caller = match upload.read(form).await {
        Ok(caller) => caller,
        Err(Error::Invalid(fields)) if fields.iter().all(|field| field.field == RECORDING) => {
            return Ok(said(StatusCode::UNPROCESSABLE_ENTITY, "not a recording"));
        }
        Err(error) => return Err(error),
    };
    let (Some(arriving), place) = (upload.arriving, upload.place) else {
        return Ok(said(StatusCode::BAD_REQUEST, "no recording"));
    };
    if audio::is_empty(upload.length) {
        // A caller who hung up: nothing to keep, and nothing to send again.
        return Ok(said(StatusCode::OK, "empty"));
    }
    let once = (!caller.id.is_empty()).then(|| caller.id.clone());
    let kept = arriving.once(once).keep("", &caller.facts(&app.now().rfc3339())).await?;
    if let Some(place) = place {
        place.kept(app);
    }
    Ok(match kept {
        Some(_) => said(StatusCode::CREATED, "sealed"),
        None => said(StatusCode::OK, "came before"),
    })
}

/// What the telephone system is told. Not the tip's id: it has no use for it.
fn said(status: StatusCode, said: &str) -> Response {
    (status, Json(serde_json::json!({ "recording": said }))).into_response()
}

struct Upload<'a> {
    app: &'a App,
    guard: &'a Guard,
    open: InUse,
    desk: String,
    arriving: Option<Arriving>,
    place: Option<Place>,
    length: u64,
}

impl Upload<'_> {
    async fn read(&mut self, mut form: Multipart) -> Result<Caller> {
        let mut caller = Caller::default();
        while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            let place = match name.as_str() {
                "from" => &mut caller.from,
                "to" => &mut caller.to,
                "at" => &mut caller.at,
                "id" => &mut caller.id,
                RECORDING if self.arriving.is_none() => {
                    self.file(field).await?;
                    continue;
                }
                _ => return Err(incomplete()),
            };
            *place = short(field, SHORT).await.map_err(|_| incomplete())?;
        }
        Ok(caller)
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<()> {
        let name: String = field.file_name().unwrap_or_default().chars().take(FILE_NAME).collect();
        let mut front = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(&e))? {
            self.length += chunk.len() as u64;
            self.guard.add(&self.open.line, Lane::Plain, chunk.len() as u64, self.app)?;
            match &mut self.arriving {
                Some(arriving) => arriving.push(&chunk).await?,
                None => {
                    front.extend_from_slice(&chunk);
                    if front.len() >= audio::FRONT {
                        self.begin(&name, &front).await?;
                        front.clear();
                    }
                }
            }
        }
        // Shorter than a front: empty, or nothing that we know.
        if self.arriving.is_none() {
            return if front.is_empty() { self.begin_empty().await } else { Err(not_a_recording()) };
        }
        Ok(())
    }

    async fn begin(&mut self, name: &str, front: &[u8]) -> Result<()> {
        let sound = Sound::of(front).ok_or_else(not_a_recording)?;
        self.begin_empty().await?;
        let Some(arriving) = &mut self.arriving else { return Ok(()) };
        arriving.file(if name.is_empty() { sound.file_name() } else { name }, sound.media_type()).await?;
        arriving.push(front).await
    }

    async fn begin_empty(&mut self) -> Result<()> {
        self.place = Some(self.guard.begin(&self.open.line, Lane::Plain, self.app)?);
        self.arriving = Some(Arriving::begin(self.app, &self.desk, Channel::Drop, None, None).await?);
        Ok(())
    }
}

fn not_a_recording() -> Error {
    Error::field(RECORDING, "tips-recording-wrong")
}
