//! The newsroom's settings.

use axum::{
    extract::State,
    response::{Redirect, Response},
};
use onrecord_base::{
    App, Error, Result, Settings,
    settings::{Crawlers, Gate, Rules, pattern},
    views::View,
    web::{
        Form,
        forms::{self, Errors},
    },
};
use serde::Serialize;

use crate::{
    Action, Actor, cookies, flash, mails,
    settings::SettingsForm,
    store::{self, sessions},
};

#[derive(Serialize, Default)]
pub(crate) struct SettingsPage {
    form: SettingsForm,
    errors: Errors,
    /// A story's address in the pattern as it stands.
    example: String,
    zones: Vec<String>,
    securities: Vec<(String, String)>,
    gates: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    crawlers: Vec<(String, String)>,
    /// Whether a token for the network in front of us is kept.
    purge_token_kept: bool,
    /// Whether a relay is kept, so that a test mail can be sent.
    mail: bool,
    /// What the relay said to a test mail.
    mail_error: String,
}

impl View for SettingsPage {
    const TEMPLATE: &'static str = "accounts/settings.html";

    fn samples() -> Vec<SettingsPage> {
        let fields = ["name", "tagline", "logo", "tip_phone", "time_zone", "languages", "url_pattern", "base_url"];
        let more = [
            "smtp_host",
            "smtp_port",
            "smtp_security",
            "smtp_user",
            "smtp_password",
            "smtp_from",
            "quotation_gate",
            "quotation_profile",
            "crawlers",
            "hubs",
            "purge_url",
            "purge_token",
        ];
        let errors = fields.iter().chain(&more).map(|field| ((*field).to_owned(), "Not \"so\"".to_owned()));
        let full = SettingsPage {
            form: SettingsForm::of(&Settings { name: "\"<The Salt Harbour>\"".into(), ..Settings::default() }),
            errors: errors.collect(),
            example: "https://news.example/town/harbour-wall".into(),
            zones: vec!["Europe/Madrid".into()],
            securities: vec![("tls".into(), "TLS".into())],
            gates: vec![("block".into(), "Block".into())],
            rules: vec![("standard".into(), "Standard".into())],
            crawlers: vec![("all".into(), "All".into())],
            purge_token_kept: true,
            mail: true,
            mail_error: "mail.example.org does not take the mail: 550 <no>".into(),
        };
        vec![SettingsPage::default(), full]
    }
}

pub(super) async fn show(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageSettings)?;
    actor.page(&app, &page(&app, SettingsForm::of(&app.settings())))
}

pub(super) async fn update(State(app): State<App>, actor: Actor, Form(form): Form<SettingsForm>) -> Result<Response> {
    actor.may(Action::ManageSettings)?;
    let old = app.settings();
    let new = match form.check(&old) {
        Ok(new) => new,
        Err(wrong) => {
            let view = SettingsPage { errors: forms::errors(&app, &wrong), ..page(&app, form) };
            return actor.page_again(&app, &view);
        }
    };
    app.save_settings(new).await?;
    let mut response = flash(Redirect::to("/desk/settings"), "ok", "accounts-settings-saved");
    if cookies::secure(&old) != cookies::secure(&app.settings()) {
        move_session(&app, &actor, &mut response).await?;
    }
    Ok(response)
}

/// Sends a mail to the actor with the settings as they are kept, and shows what the relay answers.
pub(super) async fn test_mail(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageSettings)?;
    app.limits.mail.check(&format!("staff:{}", actor.staff_id))?;
    let id = actor.staff_id.clone();
    let staff = app.db.read(move |conn| store::staff::find(conn, &id)).await?.ok_or(Error::NotFound)?;
    match mails::test(&app, &staff.email).await {
        Ok(()) => Ok(flash(Redirect::to("/desk/settings"), "ok", "accounts-test-mail-sent")),
        Err(Error::Unavailable(said)) => {
            let view = SettingsPage { mail_error: said, ..page(&app, SettingsForm::of(&app.settings())) };
            actor.page_again(&app, &view)
        }
        Err(Error::Refused(key)) => Ok(flash(Redirect::to("/desk/settings"), "error", &key)),
        Err(e) => Err(e),
    }
}

/// The cookie has another name over HTTPS: the actor would be signed out by the change. The session goes on under the
/// new name and with a new token, since the old one may have travelled in the open.
async fn move_session(app: &App, actor: &Actor, response: &mut Response) -> Result<()> {
    let (id, token) = (actor.session_id.clone(), app.random.token());
    cookies::set_session(response.headers_mut(), &app.settings(), &token);
    app.db.write(move |conn| sessions::renew(conn, &id, &token)).await
}

fn page(app: &App, form: SettingsForm) -> SettingsPage {
    let say = |group: &str, name: &str| {
        let key = format!("accounts-{group}-{name}");
        (name.to_owned(), app.messages.text(&onrecord_base::web::chrome::language(app), &key, []))
    };
    SettingsPage {
        errors: Errors::new(),
        example: format!("{}{}", app.settings().base_url, pattern::example(&app.settings().url_pattern)),
        zones: jiff::tz::db().available().map(|zone| zone.as_str().to_owned()).collect(),
        securities: ["starttls", "tls", "none"].map(|name| say("smtp", name)).into(),
        gates: Gate::ALL.map(|gate| say("gate", gate.name())).into(),
        rules: Rules::ALL.map(|rules| say("rules", rules.name())).into(),
        crawlers: Crawlers::ALL.map(|crawlers| say("crawlers", crawlers.name())).into(),
        purge_token_kept: app.settings().cdn.as_ref().is_some_and(|cdn| !cdn.token.is_empty()),
        mail: app.settings().smtp.is_some(),
        mail_error: String::new(),
        form,
    }
}
