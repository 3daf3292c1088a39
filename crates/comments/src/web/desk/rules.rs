//! The rules: of the site, and where a section or a story differs.

use axum::{
    extract::{Query, State},
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Form,
        forms::{self, Errors},
    },
};
use onrecord_stories::published;
use serde::{Deserialize, Serialize};

use crate::{
    moderation::{self, Hand},
    rules::{Exception, LONGEST, MOST_WORDS, Mode, Rules, Who},
    store::settings,
};

/// Days, minutes, numbers of links: more than anybody needs, and far from overflowing.
const MOST: i64 = 100_000;

#[derive(Debug, Clone, Serialize)]
pub(super) struct RulesPage {
    form: RulesForm,
    errors: Errors,
    exceptions: Vec<Different>,
    sections: Vec<(String, String)>,
    /// The story whose exception is to be written.
    story: Option<(String, String)>,
}

/// A scope that differs.
#[derive(Debug, Clone, Serialize)]
struct Different {
    scope: String,
    name: String,
    mode: &'static str,
    who: &'static str,
    close_after_days: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RulesForm {
    mode: String,
    who: String,
    newcomers: String,
    close_after_days: String,
    edit_minutes: String,
    links: String,
    longest: String,
    a_minute: String,
    a_minute_address: String,
    hold_score: String,
    banned: String,
    suspect: String,
}

impl View for RulesPage {
    const TEMPLATE: &'static str = "comments/rules.html";

    fn samples() -> Vec<RulesPage> {
        let form = RulesForm::of(&Rules { banned: vec!["<word>".into()], ..Rules::default() });
        let page = RulesPage { form, errors: Errors::new(), exceptions: vec![], sections: vec![], story: None };
        let different = Different {
            scope: "section/1".into(),
            name: "Town <x>".into(),
            mode: "held",
            who: "",
            close_after_days: "14".into(),
        };
        let errors = ["mode", "newcomers", "banned"].map(|f| (f.to_owned(), "Wrong <x>".to_owned())).into();
        let full = RulesPage {
            errors,
            exceptions: vec![different],
            sections: vec![("1".into(), "Town".into())],
            story: Some(("9".into(), "The <wall>".into())),
            ..page.clone()
        };
        vec![page, full]
    }
}

impl RulesForm {
    fn of(rules: &Rules) -> RulesForm {
        RulesForm {
            mode: rules.mode.name().into(),
            who: rules.who.name().into(),
            newcomers: rules.newcomers.to_string(),
            close_after_days: rules.close_after_days.to_string(),
            edit_minutes: rules.edit_minutes.to_string(),
            links: rules.links.to_string(),
            longest: rules.longest.to_string(),
            a_minute: rules.a_minute.to_string(),
            a_minute_address: rules.a_minute_address.to_string(),
            hold_score: rules.hold_score.to_string(),
            banned: rules.banned.join("\n"),
            suspect: rules.suspect.join("\n"),
        }
    }

    fn check(&self) -> Result<Rules, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let mut number = |field: &str, text: &str, least: i64, most: i64| {
            let found = text.trim().parse::<i64>().ok().filter(|n| (least..=most).contains(n));
            found.unwrap_or_else(|| {
                wrong.push(FieldError::new(field, "comments-number-wrong").arg("least", least).arg("most", most));
                0
            })
        };
        let rules = Rules {
            newcomers: number("newcomers", &self.newcomers, 0, MOST),
            close_after_days: number("close_after_days", &self.close_after_days, 0, MOST),
            edit_minutes: number("edit_minutes", &self.edit_minutes, 0, MOST),
            links: number("links", &self.links, 0, MOST),
            longest: number("longest", &self.longest, 1, LONGEST),
            a_minute: number("a_minute", &self.a_minute, 0, MOST),
            a_minute_address: number("a_minute_address", &self.a_minute_address, 0, MOST),
            hold_score: number("hold_score", &self.hold_score, 0, 100),
            mode: Mode::parse(&self.mode).unwrap_or(Mode::Newcomers),
            who: Who::parse(&self.who).unwrap_or(Who::Name),
            banned: words(&self.banned),
            suspect: words(&self.suspect),
        };
        for (field, list) in [("banned", &rules.banned), ("suspect", &rules.suspect)] {
            if list.len() > MOST_WORDS {
                wrong.push(FieldError::new(field, "comments-words-many").arg("most", MOST_WORDS));
            }
        }
        if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.lines().map(crate::text::name).filter(|word| !word.is_empty()).collect();
    words.dedup();
    words
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    story: String,
}

/// `GET /desk/comments/rules`
pub(super) async fn show(State(app): State<App>, actor: Actor, Query(asked): Query<Asked>) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    let rules = app.db.read(settings::site).await?;
    let view = page(&app, RulesForm::of(&rules), Errors::new(), asked.story).await?;
    actor.page(&app, &view)
}

async fn page(app: &App, form: RulesForm, errors: Errors, story: String) -> Result<RulesPage> {
    let read = app.db.read(move |conn| {
        let sections = published::sections(conn)?;
        let mut exceptions = Vec::new();
        for (scope, exception) in settings::exceptions(conn)? {
            let name = match scope.split_once('/') {
                Some(("section", id)) => sections.iter().find(|s| s.id == id).map(|s| s.name.clone()),
                Some((_, id)) => published::whereabouts(conn, id)?.map(|story| story.headline),
                None => None,
            };
            exceptions.push((scope, name.unwrap_or_default(), exception));
        }
        let story = published::whereabouts(conn, &story)?.map(|story| (story.id, story.headline));
        Ok((sections, exceptions, story))
    });
    let (sections, exceptions, story) = read.await?;
    let different = |(scope, name, exception): (String, String, Exception)| Different {
        scope,
        name,
        mode: exception.mode.map_or("", Mode::name),
        who: exception.who.map_or("", Who::name),
        close_after_days: exception.close_after_days.map_or_else(String::new, |days| days.to_string()),
    };
    Ok(RulesPage {
        form,
        errors,
        exceptions: exceptions.into_iter().map(different).collect(),
        sections: sections.into_iter().map(|section| (section.id, section.name)).collect(),
        story,
    })
}

/// `POST /desk/comments/rules`
pub(super) async fn save(State(app): State<App>, actor: Actor, Form(form): Form<RulesForm>) -> Result<Response> {
    actor.may(Action::ManageSettings)?;
    let rules = match form.check() {
        Ok(rules) => rules,
        Err(wrong) => {
            let view = page(&app, form, forms::errors(&app, &wrong), String::new()).await?;
            return actor.page_again(&app, &view);
        }
    };
    let hand = Hand::new(&app, &actor.staff_id);
    let saved = app.db.write(move |conn| {
        settings::save_site(conn, &rules, &hand.by, hand.now)?;
        moderation::ruled(conn, &hand, "site")
    });
    saved.await?;
    Ok(flash(Redirect::to("/desk/comments/rules"), "ok", "comments-done-rules"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ExceptionForm {
    scope: String,
    mode: String,
    who: String,
    close_after_days: String,
}

/// `POST /desk/comments/exceptions`: all empty, and the scope follows the site again.
pub(super) async fn save_exception(
    State(app): State<App>,
    actor: Actor,
    Form(form): Form<ExceptionForm>,
) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    let known = form.scope.split_once('/').filter(|(kind, id)| matches!(*kind, "section" | "story") && id.len() <= 64);
    if known.is_none() {
        return Err(Error::BadRequest("base-form-incomplete".into()));
    }
    let days = form.close_after_days.trim();
    let exception = Exception {
        mode: Mode::parse(&form.mode),
        who: Who::parse(&form.who),
        close_after_days: match days {
            "" => None,
            days => Some(
                days.parse()
                    .ok()
                    .filter(|days| (0..=MOST).contains(days))
                    .ok_or_else(|| Error::refused("comments-days-wrong"))?,
            ),
        },
    };
    let hand = Hand::new(&app, &actor.staff_id);
    let saved = app.db.write(move |conn| {
        settings::save_exception(conn, &form.scope, &exception, &hand.by, hand.now)?;
        moderation::ruled(conn, &hand, &form.scope)
    });
    saved.await?;
    Ok(flash(Redirect::to("/desk/comments/rules"), "ok", "comments-done-rules"))
}
