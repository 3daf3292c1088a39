//! The channels' settings: a number, recordings, mail. A secret that was set is never shown again; one that is made here is
//! shown once, in the answer to the request that made it.

use axum::{
    Extension,
    extract::State,
    response::{Redirect, Response},
};
use http::StatusCode;
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Conn, Error, FieldError, Result, jobs, views::View, web::Form, web::forms};
use serde::{Deserialize, Serialize};

use crate::{
    Guard,
    channels::{self as ways, Channels, Mail, Phone, watch},
    keys,
    store::{channels, desks},
};

const BACK: &str = "/desk/tips/channels";

#[derive(Debug, Clone, Serialize)]
pub(super) struct ChannelsPage {
    /// Why sources cannot write now; empty if they can.
    closed: &'static str,
    printed: String,
    phone: PhoneShown,
    recordings: Shown,
    mail: Shown,
    address: String,
    desks: Vec<(String, String)>,
    /// Deliveries that wait for a provider, and those that were given up.
    waiting: i64,
    given_up: i64,
    /// A secret that was made just now, and for which channel.
    made: String,
    made_for: &'static str,
    errors: forms::Errors,
}

#[derive(Debug, Clone, Serialize)]
struct PhoneShown {
    account: String,
    has_token: bool,
    sms: bool,
    voice: bool,
    desk: String,
    public_url: String,
    api: String,
    media_hosts: String,
    /// The addresses to give to the provider.
    url: String,
}

/// A channel with a secret of ours, and perhaps a folder.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    has_secret: bool,
    desk: String,
    url: String,
    /// The folder that is watched; empty for none.
    folder: String,
    unreadable: bool,
    aside: Vec<Aside>,
}

#[derive(Debug, Clone, Serialize)]
struct Aside {
    reason: &'static str,
    count: usize,
    folder: String,
}

impl View for ChannelsPage {
    const TEMPLATE: &'static str = "tips/channels.html";

    fn samples() -> Vec<ChannelsPage> {
        let shown = |folder: &str| Shown {
            has_secret: true,
            desk: "1".repeat(32),
            url: "https://news.example/tip/mail".into(),
            folder: folder.into(),
            unreadable: false,
            aside: ["too-large", "unreadable"].map(|reason| Aside { reason, count: 2, folder: "/x".into() }).to_vec(),
        };
        let page = ChannelsPage {
            closed: "",
            printed: "+1 555 0100".into(),
            phone: PhoneShown {
                account: "AC1".into(),
                has_token: true,
                sms: true,
                voice: true,
                desk: String::new(),
                public_url: "https://\"<x>.example".into(),
                api: ways::API.into(),
                media_hosts: "media.example".into(),
                url: "https://news.example".into(),
            },
            recordings: shown("/var/spool/\"<x>"),
            mail: shown(""),
            address: "tips@example.org".into(),
            desks: vec![("1".repeat(32), "\"<City>\"".into())],
            waiting: 2,
            given_up: 1,
            made: "0a1b".into(),
            made_for: "mail",
            errors: forms::Errors::from([("account".into(), "Not \"so\"".into())]),
        };
        let nothing = |folder: &str| Shown { has_secret: false, unreadable: true, aside: Vec::new(), ..shown(folder) };
        let empty = ChannelsPage {
            closed: "no-list",
            printed: String::new(),
            phone: PhoneShown {
                has_token: false,
                sms: false,
                voice: false,
                account: String::new(),
                ..page.phone.clone()
            },
            recordings: nothing(""),
            mail: nothing("/var/mail"),
            address: String::new(),
            desks: Vec::new(),
            waiting: 0,
            given_up: 0,
            made: String::new(),
            made_for: "",
            errors: forms::Errors::new(),
        };
        let made = ChannelsPage { made_for: "recordings", waiting: 0, ..page.clone() };
        vec![page, empty, made]
    }
}

/// The guard of this server, if it watches folders.
type Watching = Option<Extension<Guard>>;

pub(super) async fn show(State(app): State<App>, actor: Actor, guard: Watching) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let channels = app.db.read(channels::load).await?;
    let view = page(&app, guard, &channels).await?;
    actor.page(&app, &view)
}

async fn page(app: &App, guard: Watching, channels: &Channels) -> Result<ChannelsPage> {
    let now = app.now();
    let (closed, (waiting, given_up), open) = app
        .db
        .read(move |conn| {
            let closed = keys::in_use(conn, now)?.err().map_or("", keys::NotOpen::name);
            Ok((closed, channels::errands(conn)?, desks::all(conn)?))
        })
        .await?;
    let settings = app.settings();
    let folders = guard.map(|Extension(guard)| guard.folders().clone()).unwrap_or_default();
    let phone = &channels.phone;
    let url = |path: &str| format!("{}{path}", settings.base_url);
    Ok(ChannelsPage {
        closed,
        printed: settings.tip_phone.clone(),
        phone: PhoneShown {
            account: phone.account.clone(),
            has_token: !phone.token.is_empty(),
            sms: phone.sms,
            voice: phone.voice,
            desk: phone.desk.clone(),
            public_url: phone.public_url.clone(),
            api: phone.api.clone(),
            media_hosts: phone.media_hosts.clone(),
            url: phone.public(&settings, ""),
        },
        recordings: shown(
            &channels.recordings.secret,
            &channels.recordings.desk,
            url("/tip/recordings"),
            folders.recordings,
            "",
        ),
        mail: shown(&channels.mail.secret, &channels.mail.desk, url("/tip/mail"), folders.mail, "new"),
        address: channels.mail.address.clone(),
        desks: open.into_iter().filter(|desk| desk.closed_day.is_none()).map(|desk| (desk.id, desk.name)).collect(),
        waiting,
        given_up,
        made: String::new(),
        made_for: "",
        errors: forms::Errors::new(),
    })
}

fn shown(secret: &str, desk: &str, url: String, folder: Option<std::path::PathBuf>, inside: &str) -> Shown {
    let aside = folder.as_deref().map(watch::set_aside).unwrap_or_default();
    Shown {
        has_secret: !secret.is_empty(),
        desk: desk.to_owned(),
        url,
        unreadable: folder.as_ref().is_some_and(|folder| std::fs::read_dir(folder.join(inside)).is_err()),
        folder: folder.map_or_else(String::new, |folder| folder.display().to_string()),
        aside: aside
            .into_iter()
            .map(|aside| Aside { reason: aside.reason.name(), count: aside.count, folder: aside.folder })
            .collect(),
    }
}

#[derive(Deserialize)]
#[serde(default)]
pub(super) struct PhoneForm {
    account: String,
    token: String,
    sms: String,
    voice: String,
    desk: String,
    public_url: String,
    api: String,
    media_hosts: String,
}

impl Default for PhoneForm {
    fn default() -> PhoneForm {
        let Phone { account, token, desk, public_url, api, media_hosts, .. } = Phone::default();
        PhoneForm { account, token, sms: String::new(), voice: String::new(), desk, public_url, api, media_hosts }
    }
}

pub(super) async fn set_phone(
    State(app): State<App>,
    actor: Actor,
    guard: Watching,
    Form(form): Form<PhoneForm>,
) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let old = app.db.read(channels::load).await?;
    let typed = Phone {
        account: form.account,
        token: form.token,
        sms: !form.sms.is_empty(),
        voice: !form.voice.is_empty(),
        desk: form.desk,
        public_url: form.public_url,
        api: form.api,
        media_hosts: form.media_hosts,
    };
    let reach = guard.as_ref().map_or(onrecord_base::fetch::Reach::Public, |Extension(guard)| guard.reach());
    match ways::check_phone(typed.clone(), &old.phone, reach) {
        Ok(phone) => change(&app, move |channels| channels.phone = phone).await,
        Err(wrong) => {
            let token = old.phone.token.clone();
            back(&app, &actor, guard, Channels { phone: Phone { token, ..typed }, ..old }, &wrong).await
        }
    }
}

#[derive(Deserialize)]
pub(super) struct DeskForm {
    #[serde(default)]
    desk: String,
}

pub(super) async fn set_recordings(
    State(app): State<App>,
    actor: Actor,
    Form(form): Form<DeskForm>,
) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    change(&app, move |channels| channels.recordings.desk = form.desk).await
}

#[derive(Deserialize)]
pub(super) struct MailForm {
    #[serde(default)]
    address: String,
    #[serde(default)]
    desk: String,
}

pub(super) async fn set_mail(
    State(app): State<App>,
    actor: Actor,
    guard: Watching,
    Form(form): Form<MailForm>,
) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    match ways::check_address(&form.address) {
        Ok(address) => {
            change(&app, move |channels| (channels.mail.address, channels.mail.desk) = (address, form.desk)).await
        }
        Err(wrong) => {
            let old = app.db.read(channels::load).await?;
            let mail = Mail { address: form.address, desk: form.desk, ..old.mail.clone() };
            back(&app, &actor, guard, Channels { mail, ..old }, &[wrong]).await
        }
    }
}

pub(super) async fn new_recordings_secret(State(app): State<App>, actor: Actor, guard: Watching) -> Result<Response> {
    secret(&app, &actor, guard, "recordings", |channels, secret| channels.recordings.secret = secret).await
}

pub(super) async fn new_mail_secret(State(app): State<App>, actor: Actor, guard: Watching) -> Result<Response> {
    secret(&app, &actor, guard, "mail", |channels, secret| channels.mail.secret = secret).await
}

pub(super) async fn remove_recordings_secret(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    change(&app, |channels| channels.recordings.secret.clear()).await
}

pub(super) async fn remove_mail_secret(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    change(&app, |channels| channels.mail.secret.clear()).await
}

/// Puts what was given up back in line.
pub(super) async fn try_again(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let now = app.now();
    app.db.write(move |conn| channels::given_up(conn)?.iter().try_for_each(|id| jobs::retry(conn, id, now))).await?;
    Ok(flash(Redirect::to(BACK), "ok", "tips-errands-again"))
}

/// Makes a secret and shows it, this once.
async fn secret(
    app: &App,
    actor: &Actor,
    guard: Watching,
    made_for: &'static str,
    set: impl FnOnce(&mut Channels, String) + Send + 'static,
) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let made = app.random.token();
    let kept = made.clone();
    keep(app, move |channels| set(channels, kept)).await?;
    let channels = app.db.read(channels::load).await?;
    let view = ChannelsPage { made, made_for, ..page(app, guard, &channels).await? };
    let mut response = actor.page(app, &view)?;
    // Not to be found again by going back.
    response.headers_mut().insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn change(app: &App, set: impl FnOnce(&mut Channels) + Send + 'static) -> Result<Response> {
    match keep(app, set).await {
        Ok(()) => Ok(flash(Redirect::to(BACK), "ok", "tips-saved")),
        Err(Error::Invalid(_)) => Ok(flash(Redirect::to(BACK), "error", "tips-channel-desk-unknown")),
        Err(error) => Err(error),
    }
}

async fn keep(app: &App, set: impl FnOnce(&mut Channels) + Send + 'static) -> Result<()> {
    app.db
        .write(move |conn| {
            let mut channels = channels::load(conn)?;
            set(&mut channels);
            for desk in [&channels.phone.desk, &channels.recordings.desk, &channels.mail.desk] {
                known(conn, desk)?;
            }
            channels::save(conn, &channels)
        })
        .await
}

/// A desk that a channel names is one of ours.
fn known(conn: &mut Conn<'_>, desk: &str) -> Result<()> {
    if desk.is_empty() || desks::find(conn, desk)?.is_some() {
        return Ok(());
    }
    Err(Error::field("desk", "tips-channel-desk-unknown"))
}

/// The page again, with what was typed and what is wrong with it.
async fn back(app: &App, actor: &Actor, guard: Watching, typed: Channels, wrong: &[FieldError]) -> Result<Response> {
    let view = ChannelsPage { errors: forms::errors(app, wrong), ..page(app, guard, &typed).await? };
    let mut response = actor.page(app, &view)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
