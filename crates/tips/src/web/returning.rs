//! Coming back with a codename, without a script: the answers are opened here, in memory, for this one page. It is made as
//! long as others are, so that its length does not tell whether there are any.

use axum::{
    extract::{FromRequest, Multipart, Request, State},
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use onrecord_base::{App, Error, Result, views::View};
use onrecord_sealed::{Author, BadCodename, Codename, DeskId, Head, Index, Opener, Place, SourceKeys, TipId};
use serde::Serialize;

use super::{
    door::{Door, Public},
    form::{Back, Sending, closed, incomplete, short, unreadable},
    page::{self, Again},
};
use crate::{
    Kind, Message, Tip, codename,
    keys::InUse,
    offline,
    quota::Lane,
    store::{messages, tips},
};

/// Bytes of a codename with whatever was typed around it.
const TYPED: usize = 1024;

#[derive(Debug, Clone, Serialize)]
pub(in crate::web) struct ReturnPage {
    #[serde(flatten)]
    public: Public,
    error: String,
    said: String,
    /// A thread is shown, or, if it is held back, only the form to write more.
    thread: bool,
    held: bool,
    answered: bool,
    messages: Vec<Shown>,
    codename: String,
    text: String,
}

#[derive(Debug, Clone, Default, Serialize)]
struct Shown {
    ours: bool,
    day: String,
    sequence: i64,
    text: String,
    /// Files of a reply: number and name.
    files: Vec<(usize, String)>,
    unsigned: bool,
}

impl View for ReturnPage {
    const TEMPLATE: &'static str = "tips/return.html";

    fn samples() -> Vec<ReturnPage> {
        let ask = ReturnPage {
            public: Public::sample(true),
            error: "Not \"so\"".into(),
            said: String::new(),
            thread: false,
            held: false,
            answered: false,
            messages: Vec::new(),
            codename: String::new(),
            text: String::new(),
        };
        let shown = |ours, unsigned| Shown {
            ours,
            day: "2026-11-22".into(),
            sequence: 1,
            text: "\"<x>".into(),
            files: if ours { vec![(0, "\"<x>.pdf".into())] } else { Vec::new() },
            unsigned,
        };
        let thread = ReturnPage {
            thread: true,
            error: String::new(),
            said: "It has arrived.".into(),
            messages: vec![shown(false, false), shown(true, false), shown(true, true)],
            codename: "one two".into(),
            ..ask.clone()
        };
        let answered = ReturnPage { answered: true, ..thread.clone() };
        let held = ReturnPage { held: true, error: "Very busy".into(), text: "\"<x>".into(), ..thread.clone() };
        vec![ReturnPage { public: Public::sample(false), ..ask.clone() }, ask, thread, answered, held]
    }
}

pub(super) async fn show(door: Door) -> Response {
    let mut onion = String::new();
    let outcome = async {
        let open = page::standing(&door).await?;
        onion = open.as_ref().map_or_else(String::new, |open| open.line.onion.clone());
        ask(&door, open.as_ref(), StatusCode::OK, String::new()).await
    }
    .await;
    door.answer(outcome, &onion).await
}

pub(super) async fn open(State(_): State<App>, door: Door, request: Request) -> Response {
    let outcome = answer(&door, request).await;
    padded(door.answer(outcome, "").await).await
}

/// A page made longer by a comment behind it: to the next power of two, and to one for all short ones.
async fn padded(response: Response) -> Response {
    const LEAST: usize = 128 * 1024;
    const AROUND: usize = "<!---->".len();
    let (parts, body) = response.into_parts();
    let Ok(page) = axum::body::to_bytes(body, usize::MAX).await else {
        return Error::internal("a page").into_response();
    };
    let whole = (page.len() + AROUND).next_power_of_two().max(LEAST);
    let mut longer = Vec::with_capacity(whole);
    longer.extend_from_slice(&page);
    longer.extend_from_slice(b"<!--");
    longer.resize(whole - 3, b'0');
    longer.extend_from_slice(b"-->");
    let mut response = Response::from_parts(parts, longer.into());
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

/// The page that asks for the codename.
async fn ask(door: &Door, open: Option<&InUse>, status: StatusCode, error: String) -> Result<Response> {
    let view = ReturnPage {
        public: door.public(open),
        error,
        said: String::new(),
        thread: false,
        held: false,
        answered: false,
        messages: Vec::new(),
        codename: String::new(),
        text: String::new(),
    };
    door.page(status, "site-tips-return-title", &view).await
}

async fn answer(door: &Door, request: Request) -> Result<Response> {
    let open = page::standing(door).await?;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    let Some(open) = open else { return closed(door, &mut form).await };
    let (token, typed) = first(&mut form).await?;
    let codename = match Codename::parse(&typed) {
        Ok(codename) => codename,
        Err(BadCodename::Count(count)) => {
            let error = door.say_number("site-tips-codename-count", "count", count);
            return ask(door, Some(&open), StatusCode::UNPROCESSABLE_ENTITY, error).await;
        }
        Err(BadCodename::Word(number)) => {
            let error = door.say_number("site-tips-codename-word", "number", number);
            return ask(door, Some(&open), StatusCode::UNPROCESSABLE_ENTITY, error).await;
        }
    };
    let phrase = codename.phrase().to_string();
    let (source, tip) = match (thread(door, &open, codename).await, &token) {
        (Ok(Some(found)), _) => found,
        (Ok(None), None) => return ask(door, Some(&open), StatusCode::NOT_FOUND, gone(door)).await,
        (Err(error), None) => return Err(error),
        (unfound, Some(_)) => return give_back(door, &open, &mut form, phrase, unfound.map(|_| ())).await,
    };
    let mut sending = Sending::new(door, &open, Some((tip.clone(), source.clone())));
    let (mut said, mut back) = (String::new(), None);
    if let Some(token) = token {
        match more(&mut sending, token, &mut form).await {
            Ok(()) => said = door.say("site-tips-more-sent"),
            Err(error) => back = Some(Back::of(door, error, &sending)?),
        }
    }
    let messages = read(&door.app, &open, &tip, &source).await?;
    let mut public = door.public(Some(&open));
    public.token = page::new_token(door).await?;
    let answered = messages.iter().any(|message| message.ours);
    let (status, error) = back.as_ref().map_or((StatusCode::OK, String::new()), |b| (b.status, b.said.clone()));
    let text = if back.is_some() { sending.text } else { String::new() };
    let view =
        ReturnPage { public, error, said, thread: true, held: false, answered, messages, codename: phrase, text };
    let response = door.page(status, "site-tips-return-title", &view).await?;
    Ok(match back {
        Some(back) => back.with(response),
        None => response,
    })
}

fn gone(door: &Door) -> String {
    door.say("site-tips-codename-wrong")
}

/// The keys that a codename gives, and the thread that they lead to.
async fn thread(door: &Door, open: &InUse, codename: Codename) -> Result<Option<(SourceKeys, Tip)>> {
    door.guard.look_up(&door.app, &door.client)?;
    let source = codename::derive(&door.guard, Lane::Returning, codename, open.newsroom()).await?;
    let lookup = source.lookup().clone();
    Ok(door.app.db.read(move |conn| tips::by_lookup(conn, &lookup)).await?.map(|tip| (source, tip)))
}

/// Keeps what more was written.
async fn more(sending: &mut Sending<'_>, token: String, form: &mut Multipart) -> Result<()> {
    let taken = sending.take_token(token).await;
    // Read to its end also when its token was refused: the text is given back.
    let read = sending.rest(form).await;
    taken.and(read)?;
    sending.finish().await.map(|_| ())
}

/// What more was written, when its thread cannot be opened just now; or is gone: then it can be sent as something new.
async fn give_back(
    door: &Door,
    open: &InUse,
    form: &mut Multipart,
    codename: String,
    unfound: Result<()>,
) -> Result<Response> {
    let mut sending = Sending::new(door, open, None);
    // Without a token nothing of it is kept; only the text is read.
    let _ = sending.rest(form).await;
    let Err(error) = unfound else {
        let again = Again { chosen: String::new(), text: sending.text, error: gone(door) };
        return page::form(door, Some(open), StatusCode::NOT_FOUND, again).await;
    };
    let back = Back::of(door, error, &sending)?;
    let mut public = door.public(Some(open));
    public.token = page::new_token(door).await?;
    let view = ReturnPage {
        public,
        error: back.said.clone(),
        said: String::new(),
        thread: true,
        held: true,
        answered: false,
        messages: Vec::new(),
        codename,
        text: sending.text,
    };
    Ok(back.with(door.page(back.status, "site-tips-return-title", &view).await?))
}

/// The first fields: the codename, with a form's token before it if more is written.
async fn first(form: &mut Multipart) -> Result<(Option<String>, String)> {
    let mut token = None;
    while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
        match field.name().unwrap_or_default() {
            "token" => token = Some(short(field, TYPED).await?),
            "codename" => return Ok((token, short(field, TYPED).await?)),
            _ => break,
        }
    }
    Err(incomplete())
}

/// The thread as its source sees it: replies opened, one's own messages only named. Notes of the desk are not there.
async fn read(app: &App, open: &InUse, tip: &Tip, source: &SourceKeys) -> Result<Vec<Shown>> {
    let id = tip.id.clone();
    let parts: Vec<(Message, Vec<u8>)> = app
        .db
        .read(move |conn| {
            let mut parts = Vec::new();
            for message in messages::of(conn, &id)? {
                let head = match message.kind {
                    Kind::Reply => messages::head(conn, &id, message.sequence)?,
                    Kind::Tip => Vec::new(),
                    Kind::Note | Kind::Link => continue,
                };
                parts.push((message, head));
            }
            Ok(parts)
        })
        .await?;
    let shown = parts.into_iter().map(|(message, head)| {
        let (ours, day, sequence) = (message.kind == Kind::Reply, message.day.text(), message.sequence);
        let said = Shown { ours, day, sequence, ..Shown::default() };
        if !ours {
            return said;
        }
        let Some((_, index)) = reply(app, open, tip, source, &message, &head) else {
            return Shown { unsigned: true, ..said };
        };
        let files = index.parts.iter().enumerate().map(|(number, part)| (number, part.name.clone()));
        Shown { text: index.text.clone(), files: files.collect(), ..said }
    });
    Ok(shown.collect())
}

/// A reply, if it opens and one of the desk's journalists signed it.
pub(super) fn reply(
    app: &App,
    open: &InUse,
    tip: &Tip,
    source: &SourceKeys,
    message: &Message,
    head: &[u8],
) -> Option<(Opener, Index)> {
    let place = Place {
        newsroom: open.newsroom(),
        tip: TipId::parse(&tip.id).ok()?,
        sequence: u32::try_from(message.sequence).ok()?,
    };
    let opener = Opener::source(&Head::parse(head).ok()?, &place, source).ok()?;
    let index = offline::index(&app.data, message, &opener).ok()?;
    let desk = DeskId::parse(&tip.desk_id).ok()?;
    match &index.author {
        Author::Journalist(key) if open.list.speaks_for(desk, key) => Some((opener, index)),
        _ => None,
    }
}
