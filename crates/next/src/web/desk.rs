//! `/desk/next`: what readers make of it, the trial of two rankers, the settings.

use axum::{
    Extension,
    extract::State,
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, FieldError, Result,
    views::View,
    web::{
        Form, Moment,
        forms::{self, Errors},
    },
};
use onrecord_stories::published;
use serde::{Deserialize, Serialize};

use crate::{
    Next, Settings,
    ranker::Ranker,
    settings,
    store::{counts, settings as kept, trials, wishes},
    trial::{self, Share, Trial},
};

/// Withheld stories that are listed.
const WITHHELD: usize = 100;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DeskPage {
    form: SettingsForm,
    errors: Errors,
    rankers: Vec<&'static str>,
    /// What the variants came to, in the trial or in the time that is kept.
    variants: Vec<Variant>,
    trial_since: Option<Moment>,
    difference: Option<Shown>,
    /// True if the interval of the difference leaves no doubt which is better.
    decided: bool,
    places: Vec<Place>,
    withheld: Vec<(String, String)>,
    days: i64,
    may_set: bool,
}

/// One ranker's figures.
#[derive(Debug, Clone, Serialize)]
struct Variant {
    name: &'static str,
    ranker: &'static str,
    lists: i64,
    clicks: i64,
    rate: Option<Shown>,
}

/// A share as it is read: per cent with one digit.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    share: String,
    low: String,
    high: String,
}

/// A place of the list.
#[derive(Debug, Clone, Serialize)]
struct Place {
    number: i64,
    shown: i64,
    clicked: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    automatic: String,
    more: String,
    ranker: String,
}

impl SettingsForm {
    fn of(settings: &Settings) -> SettingsForm {
        SettingsForm {
            automatic: if settings.automatic { "on".into() } else { String::new() },
            more: settings.more.to_string(),
            ranker: settings.ranker.name().into(),
        }
    }

    fn check(&self) -> Result<Settings, Vec<FieldError>> {
        let more = self.more.trim().parse().ok().filter(|more| (settings::FEWEST..=settings::MOST).contains(more));
        let Some(more) = more else {
            let wrong = FieldError::new("more", "next-more-wrong");
            return Err(vec![wrong.arg("least", settings::FEWEST).arg("most", settings::MOST)]);
        };
        let ranker = Ranker::parse(&self.ranker).unwrap_or_default();
        Ok(Settings { automatic: !self.automatic.is_empty(), more, ranker })
    }
}

impl From<Share> for Shown {
    fn from(share: Share) -> Shown {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        Shown { share: percent(share.share), low: percent(share.low), high: percent(share.high) }
    }
}

impl View for DeskPage {
    const TEMPLATE: &'static str = "next/desk.html";

    fn samples() -> Vec<DeskPage> {
        let empty = DeskPage {
            form: SettingsForm::of(&Settings::default()),
            errors: Errors::new(),
            rankers: names(),
            variants: vec![],
            trial_since: None,
            difference: None,
            decided: false,
            places: vec![],
            withheld: vec![],
            days: counts::DAYS,
            may_set: true,
        };
        let share = |clicks, lists| trial::share(clicks, lists);
        let variant = |name, ranker, clicks, lists| Variant {
            name,
            ranker,
            lists,
            clicks,
            rate: share(clicks, lists).map(Shown::from),
        };
        let full = DeskPage {
            errors: [("more".to_owned(), "Wrong <x>".to_owned())].into(),
            variants: vec![variant("a", "chosen", 130, 1_000), variant("b", "newest", 0, 0)],
            trial_since: Some(Moment::sample()),
            difference: share(10, 100).zip(share(60, 100)).map(|(a, b)| trial::difference(a, b).into()),
            decided: true,
            places: vec![Place { number: 1, shown: 1_000, clicked: 90 }],
            withheld: vec![("1".into(), "The <wall>".into())],
            may_set: false,
            ..empty.clone()
        };
        vec![empty, full]
    }
}

fn names() -> Vec<&'static str> {
    Ranker::ALL.iter().map(|ranker| ranker.name()).collect()
}

/// `GET /desk/next`
pub(super) async fn show(State(app): State<App>, Extension(next): Extension<Next>, actor: Actor) -> Result<Response> {
    actor.may(Action::PinFront)?;
    // What browsers said a moment ago is among the figures.
    next.flush(&app).await?;
    let view = page(&app, &actor, None, Errors::new()).await?;
    actor.page(&app, &view)
}

async fn page(app: &App, actor: &Actor, form: Option<SettingsForm>, errors: Errors) -> Result<DeskPage> {
    let read = app.db.read(move |conn| {
        let (settings, trial) = (kept::site(conn)?, trials::open(conn)?);
        let mut figures = Vec::new();
        match &trial {
            Some(trial) => {
                for (name, variant) in ["a", "b"].into_iter().zip(trial.variants()) {
                    figures.push((name, counts::of_variant(conn, &variant)?));
                }
            }
            None => figures.push(("a", counts::of_variant(conn, trial::ALONE)?)),
        }
        let mut withheld: Vec<String> = wishes::all(conn)?.withheld.into_iter().collect();
        withheld.truncate(WITHHELD);
        let ids: Vec<&str> = withheld.iter().map(String::as_str).collect();
        let cards = published::cards_by_id(conn, &ids)?;
        Ok((settings, trial, figures, counts::by_place(conn)?, cards))
    });
    let (settings, trial, figures, places, cards) = read.await?;
    let rankers = trial.as_ref().map_or([settings.ranker, settings.ranker], |trial| trial.rankers);
    let shares: Vec<Option<Share>> = figures.iter().map(|(_, (lists, clicks))| trial::share(*clicks, *lists)).collect();
    let difference = trial.is_some().then(|| Some(trial::difference(shares[0]?, (*shares.get(1)?)?))).flatten();
    Ok(DeskPage {
        form: form.unwrap_or_else(|| SettingsForm::of(&settings)),
        errors,
        rankers: names(),
        variants: variants(&figures, rankers, &shares, trial.as_ref()),
        trial_since: trial.as_ref().map(|trial| Moment::new(app, trial.began_at)),
        difference: difference.map(Shown::from),
        decided: difference.is_some_and(|one| one.low > 0.0 || one.high < 0.0),
        places: places
            .into_iter()
            .map(|(number, shown, clicked)| Place { number: number + 1, shown, clicked })
            .collect(),
        withheld: cards.into_iter().map(|card| (card.id, card.headline)).collect(),
        days: counts::DAYS,
        may_set: actor.can(Action::PinFront),
    })
}

fn variants(
    figures: &[(&'static str, (i64, i64))],
    rankers: [Ranker; 2],
    shares: &[Option<Share>],
    trial: Option<&Trial>,
) -> Vec<Variant> {
    let both = figures.iter().zip(rankers).zip(shares).map(|((figures, ranker), share)| {
        let (name, (lists, clicks)) = *figures;
        Variant { name, ranker: ranker.name(), lists, clicks, rate: share.map(Shown::from) }
    });
    // Outside of a trial there is one ranker, and nothing to show before anybody saw a list.
    match trial {
        Some(_) => both.collect(),
        None => both.filter(|variant| variant.lists > 0).collect(),
    }
}

/// `POST /desk/next`
pub(super) async fn save(State(app): State<App>, actor: Actor, Form(form): Form<SettingsForm>) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let settings = match form.check() {
        Ok(settings) => settings,
        Err(wrong) => {
            let view = page(&app, &actor, Some(form), forms::errors(&app, &wrong)).await?;
            return actor.page_again(&app, &view);
        }
    };
    let (by, now) = (actor.staff_id.clone(), app.now());
    app.db.write(move |conn| kept::save(conn, &settings, &by, now)).await?;
    Ok(flash(Redirect::to("/desk/next"), "ok", "next-done-settings"))
}
