//! A provider's webhooks: a text message, a call, its end, its recording, its state. Each is signed over the address that
//! the provider was given, which is the configured one and not what a request says of itself.

use axum::{
    Extension,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, Uri, header};
use onrecord_base::{App, Error, Result, messages::Arg};

use super::{Guarded, answer, text};
use crate::{
    Guard,
    channels::{
        Phone,
        calls::Numbers,
        is_id,
        params::Params,
        phone::Number,
        signature,
        twiml::{Answer, spoken},
    },
    keys, stack,
    store::channels,
    web::door::LANGUAGES,
};

/// Bytes of a webhook: the longest text message with the addresses of its media is a tenth of it.
const LARGEST: usize = 256 * 1024;

/// A request that the provider signed.
struct Signed {
    app: App,
    guard: Guard,
    phone: Phone,
    params: Params,
}

/// Which of the two things a number does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Sms,
    Voice,
}

impl Signed {
    async fn read(app: App, guard: Guard, request: Request, what: For) -> Result<Signed> {
        let phone = app.db.read(channels::load).await?.phone;
        let on = phone.ready() && (what == For::Sms && phone.sms || what == For::Voice && phone.voice);
        if !on {
            return Err(Error::NotFound);
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST).await.map_err(|_| Error::BadRequest("base-form-incomplete".into()))?;
        let url = phone.public(&app.settings(), &path(&parts.uri));
        let params = check(&phone, &url, &parts.headers, &body).ok_or(Error::Forbidden)?;
        // Signed with our secret, and still another account's: not ours to take.
        match params.get("AccountSid") == phone.account {
            true => Ok(Signed { app, guard, phone, params }),
            false => Err(Error::Forbidden),
        }
    }

    fn number(&self) -> Number<'_> {
        Number { app: &self.app, guard: &self.guard, phone: &self.phone }
    }

    /// Does the work even if the provider hangs up meanwhile.
    async fn carried_out<F>(self, work: impl FnOnce(Signed) -> F) -> Result<()>
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        tokio::spawn(stack::wiping(work(self))).await.map_err(|_| Error::internal("a delivery ended in a panic"))?
    }
}

fn path(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), |path| path.as_str().to_owned())
}

/// The parameters, if the signature is the account's.
fn check(phone: &Phone, url: &str, headers: &HeaderMap, body: &Bytes) -> Option<Params> {
    let signature = text(headers, "x-twilio-signature");
    if text(headers, "content-type").to_ascii_lowercase().starts_with("application/json") {
        return signature::check_body(&phone.token, url, body, signature).then(|| Params::json(body))?;
    }
    let params = Params::form(body);
    signature::check(&phone.token, url, &params.0, signature).then_some(params)
}

pub(super) async fn message(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    let outcome = async {
        let signed = Signed::read(app, guard, request, For::Sms).await?;
        signed.carried_out(|signed| async move { signed.number().message(&signed.params).await }).await?;
        // No text goes back: it would stand in the source's telephone, and at every company on the way.
        Ok(xml(Answer::default()))
    };
    answer(outcome.await)
}

pub(super) async fn call(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    let outcome = async {
        let signed = Signed::read(app, guard, request, For::Voice).await?;
        let Signed { app, guard, phone, params } = &signed;
        if keys::open(app).await.is_err() {
            // An error would be read out by the provider in its own words.
            return Ok(xml(say(app, "site-tips-call-closed").hang_up()));
        }
        let call = params.get("CallSid");
        if is_id(call) {
            let numbers = Numbers { from: params.get("From").into(), to: params.get("To").into() };
            guard.calls().remember(call, numbers, app.now());
        }
        let settings = app.settings();
        let (end, done) = (phone.public(&settings, "/tip/voice/end"), phone.public(&settings, "/tip/voice/recording"));
        let warned = say(app, "site-tips-call-warning").record(&end, &done);
        // Reached if nothing was recorded.
        Ok(xml(said(app, warned, "site-tips-call-nothing").hang_up()))
    };
    answer(outcome.await)
}

pub(super) async fn end(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    let outcome = async {
        let signed = Signed::read(app, guard, request, For::Voice).await?;
        Ok(xml(say(&signed.app, "site-tips-call-thanks").hang_up()))
    };
    answer(outcome.await)
}

pub(super) async fn recording(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    let outcome = async {
        let signed = Signed::read(app, guard, request, For::Voice).await?;
        signed.carried_out(|signed| async move { signed.number().recording(&signed.params).await }).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    answer(outcome.await)
}

pub(super) async fn status(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    let outcome = async {
        let signed = Signed::read(app, guard, request, For::Voice).await?;
        signed.carried_out(|signed| async move { signed.number().ended(&signed.params).await }).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    answer(outcome.await)
}

fn xml(answer: Answer) -> Response {
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], answer.xml()).into_response()
}

fn say(app: &App, key: &str) -> Answer {
    said(app, Answer::default(), key)
}

/// Says a text in each language of the newsroom that we speak, its own first; in English if there is none.
fn said(app: &App, mut answer: Answer, key: &str) -> Answer {
    let settings = app.settings();
    let known = |tag: &String| {
        let short = tag.split('-').next().unwrap_or_default();
        LANGUAGES.iter().map(|(known, _)| *known).find(|known| *known == short)
    };
    let mut languages: Vec<&str> = settings.languages.iter().filter_map(known).collect();
    languages.dedup();
    if languages.is_empty() {
        languages.push("en");
    }
    for language in languages {
        let site = ("site", Arg::from(settings.name.clone()));
        answer = answer.say(spoken(language), &app.messages.text(language, key, [site]));
    }
    answer
}
