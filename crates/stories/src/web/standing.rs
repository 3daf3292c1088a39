//! Where a story stands: what its page says about it, and what a save by itself answers so that the page still says it.

use onrecord_accounts::Actor;
use onrecord_base::{App, Conn, Error, Result, Settings, Time, web::chrome};
use serde_json::{Value, json};

use super::say;
use crate::{
    Content, Draft, State, address,
    store::{addresses, drafts, states},
};

/// The address of a draft.
pub(super) struct Place {
    /// Where it stands or would, for people to read.
    pub address: Option<String>,
    /// True if something else stands there or did once.
    pub taken: bool,
}

/// The address of a draft, and whether it is free.
pub(super) fn place(conn: &mut Conn<'_>, settings: &Settings, draft: &Draft, now: Time) -> Result<Place> {
    let at = draft.content.published_at.unwrap_or(now);
    let Some(path) = addresses::shown(conn, settings, draft, at)? else {
        return Ok(Place { address: None, taken: false });
    };
    let taken = match addresses::choose(conn, settings, draft, at) {
        Ok(_) => false,
        Err(Error::Invalid(_)) => true,
        Err(other) => return Err(other),
    };
    Ok(Place { address: Some(address::readable(&path)), taken })
}

/// True if publishing it now sets it to be published later.
pub(super) fn is_to_come(content: &Content, now: Time) -> bool {
    content.published_at.is_some_and(|at| at > now)
}

/// What the page shows, for its script: the state's badge, the button's word, the address and what is wrong with it.
pub(super) async fn after_save(app: &App, actor: &Actor, id: &str) -> Result<Value> {
    let (settings, id, now) = (app.settings(), id.to_owned(), app.now());
    let (draft, state, place) = app
        .db
        .read(move |conn| {
            let draft = drafts::get(conn, &id)?;
            let place = place(conn, &settings, &draft, now)?;
            Ok((draft, states::of(conn, &id)?, place))
        })
        .await?;
    let hint = match &place.address {
        Some(at) => {
            let args = [("address", at.as_str().into())];
            app.messages.text(&chrome::language(app), "stories-slug-hint", args)
        }
        None => say(app, "stories-slug-hint-empty"),
    };
    let may_publish = actor.can(super::access::publishes(draft.kind));
    Ok(json!({
        "state": { "badge": state.badge(), "text": say(app, &format!("stories-state-{}", state.name())) },
        "publish": may_publish.then(|| say(app, publish_key(&draft.content, &state, now))),
        "slug_hint": hint,
        "warnings": if place.taken { json!({ "slug": say(app, "stories-address-taken") }) } else { json!({}) },
    }))
}

/// What the button that publishes says.
fn publish_key(content: &Content, state: &State, now: Time) -> &'static str {
    match (is_to_come(content, now), state.publication()) {
        (true, _) => "stories-schedule",
        (false, Some(_)) => "stories-publish-update",
        (false, None) => "stories-publish",
    }
}
