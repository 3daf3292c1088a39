//! Who may see and change which story. What one may not see is not found.

use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Error, Result};

use crate::{Draft, Kind, store};

/// What is needed to write a story or page of this kind.
pub(super) fn writes(kind: Kind) -> Action {
    match kind {
        Kind::Story => Action::WriteStory,
        Kind::Page => Action::ManagePages,
    }
}

/// What is needed to publish one.
pub fn publishes(kind: Kind) -> Action {
    match kind {
        Kind::Story => Action::PublishStory,
        Kind::Page => Action::ManagePages,
    }
}

/// What is needed to kill one.
pub(super) fn kills(kind: Kind) -> Action {
    match kind {
        Kind::Story => Action::KillStory,
        Kind::Page => Action::ManagePages,
    }
}

/// The staff id to which the desk's list is narrowed, for those who see only their own stories.
pub fn own(actor: &Actor) -> Option<String> {
    (!actor.can(Action::EditAnyStory)).then(|| actor.staff_id.clone())
}

/// The draft, if the actor may write it.
///
/// # Errors
/// `Error::NotFound` if it is not there or not the actor's to see.
pub async fn draft(app: &App, actor: &Actor, id: &str) -> Result<Draft> {
    let (id, staff, own_only) = (id.to_owned(), actor.staff_id.clone(), own(actor).is_some());
    let draft = app
        .db
        .read(move |conn| {
            let draft = store::drafts::get(conn, &id)?;
            let hidden = own_only && draft.kind == Kind::Story && !store::index::is_own(conn, &id, &staff)?;
            if hidden { Err(Error::NotFound) } else { Ok(draft) }
        })
        .await?;
    match actor.can(writes(draft.kind)) {
        true => Ok(draft),
        false => Err(Error::NotFound),
    }
}

/// The draft, if the actor may write it and do `action` of it.
pub(super) async fn draft_for(app: &App, actor: &Actor, id: &str, action: fn(Kind) -> Action) -> Result<Draft> {
    let draft = draft(app, actor, id).await?;
    actor.may(action(draft.kind))?;
    Ok(draft)
}
