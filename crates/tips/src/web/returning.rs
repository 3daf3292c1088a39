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
    form::{Read, Sending, incomplete, short, unreadable},
    page,
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
    /// A thread is shown.
    thread: bool,
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
        vec![ReturnPage { public: Public::sample(false), ..ask.clone() }, ask, thread, answered]
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
        answered: false,
        messages: Vec::new(),
        codename: String::new(),
        text: String::new(),
    };
    door.page(status, "site-tips-return-title", &view).await
}

async fn answer(door: &Door, request: Request) -> Result<Response> {
    let Some(open) = page::standing(door).await? else { return Err(Error::refused("site-tips-error-closed")) };
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
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
    door.guard.look_up(&door.app, &door.client)?;
    let phrase = codename.phrase().to_string();
    let source = codename::derive(&door.guard, Lane::Returning, codename, open.newsroom()).await?;
    let lookup = source.lookup().clone();
    let Some(tip) = door.app.db.read(move |conn| tips::by_lookup(conn, &lookup)).await? else {
        return ask(door, Some(&open), StatusCode::NOT_FOUND, door.say("site-tips-codename-wrong")).await;
    };
    let (mut said, mut error, mut text) = (String::new(), String::new(), String::new());
    if let Some(token) = token {
        let mut sending = Sending::new(door, &open, Some((tip.clone(), source.clone())));
        sending.take_token(&token).await?;
        let read = sending.rest(&mut form, Read::default()).await?;
        match sending.finish(&read.text).await {
            Ok(_) => said = door.say("site-tips-more-sent"),
            Err(Error::Invalid(fields)) => {
                error = fields.first().map_or_else(String::new, |field| door.say(&field.message));
                text = read.text;
            }
            Err(other) => return Err(other),
        }
    }
    let messages = read(&door.app, &open, &tip, &source).await?;
    let mut public = door.public(Some(&open));
    public.token = page::token(door).await?;
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answered = messages.iter().any(|message| message.ours);
    let view = ReturnPage { public, error, said, thread: true, answered, messages, codename: phrase, text };
    door.page(status, "site-tips-return-title", &view).await
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
