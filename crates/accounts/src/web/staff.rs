//! The staff: who is here, who is asked in, in which role.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use onrecord_base::{
    App, Error, FieldError, Result, mail,
    views::View,
    web::{
        Form, Moment,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::{role_name, role_options};
use crate::{
    Action, Actor, Invitation, Role, Staff, flash, mails, operator,
    store::{self, invitations},
};

#[derive(Serialize, Default)]
pub(crate) struct StaffPage {
    people: Vec<Person>,
    invitations: Vec<Invited>,
    /// Roles the actor may give.
    roles: Vec<(String, String)>,
    email: String,
    role: String,
    errors: Errors,
    /// The link of an invitation just made; it is shown this once.
    made: Option<Made>,
}

#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    email: String,
    role: String,
    role_name: String,
    since: Moment,
    /// The actor themself.
    own: bool,
    /// Whether the actor may change this person's role and lock them out.
    may_change: bool,
    locked_out: Option<LockedOut>,
}

#[derive(Serialize)]
struct LockedOut {
    by: String,
    at: Moment,
}

#[derive(Serialize)]
struct Invited {
    id: String,
    email: String,
    role_name: String,
    until: Moment,
    may_withdraw: bool,
}

#[derive(Serialize)]
struct Made {
    email: String,
    link: String,
    /// `sent`, `off` (no relay is set up) or `failed`.
    mail: &'static str,
}

impl View for StaffPage {
    const TEMPLATE: &'static str = "accounts/staff.html";

    fn samples() -> Vec<StaffPage> {
        let person = |name: &str, own: bool, locked_out| Person {
            id: "1".into(),
            name: name.into(),
            email: "ana@example.org".into(),
            role: "editor".into(),
            role_name: "Editor".into(),
            since: Moment::sample(),
            own,
            may_change: !own,
            locked_out,
        };
        let locked = |by: &str| Some(LockedOut { by: by.into(), at: Moment::sample() });
        let made = |mail| Some(Made { email: "new@example.org".into(), link: "https://x/\"".into(), mail });
        let full = |mail| StaffPage {
            people: vec![
                person("Ana \"<Ruiz>\"", true, None),
                person("Tomas Lind", false, locked("Ana Ruiz")),
                person("Mirela Osei", false, locked("")),
                Person { id: "2".into(), ..person("Jun \"<Sato>\"", false, None) },
            ],
            invitations: vec![Invited {
                id: "2".into(),
                email: "new@example.org".into(),
                role_name: "Reporter".into(),
                until: Moment::sample(),
                may_withdraw: true,
            }],
            roles: vec![("reporter".into(), "Reporter".into())],
            email: "wrong\"".into(),
            role: "reporter".into(),
            errors: Errors::from([("email".into(), "Not an address".into())]),
            made: made(mail),
        };
        vec![StaffPage::default(), full("sent"), full("off"), full("failed")]
    }
}

#[derive(Deserialize)]
pub(super) struct NewInvitation {
    email: String,
    role: String,
}

#[derive(Deserialize)]
pub(super) struct NewRole {
    role: String,
}

pub(super) async fn index(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageStaff)?;
    actor.page(&app, &page(&app, &actor).await?)
}

/// Answers with the page itself and not with a redirect, since the link is shown once and kept nowhere.
pub(super) async fn invite(State(app): State<App>, actor: Actor, Form(form): Form<NewInvitation>) -> Result<Response> {
    actor.may(Action::ManageStaff)?;
    let role = Role::parse(&form.role).ok_or(FieldError::new("role", "accounts-role-unknown"));
    let made = match role {
        Ok(role) if !actor.role.may_give(role) => return Err(Error::Forbidden),
        Ok(role) => operator::invite(&app, &form.email, role, Some(&actor.staff_id)).await,
        Err(e) => Err(Error::Invalid(vec![e])),
    };
    match made {
        Ok(link) => {
            let email = form.email.trim().to_owned();
            let mail = send(&app, &actor, &email, &link).await;
            actor.page(&app, &StaffPage { made: Some(Made { email, link, mail }), ..page(&app, &actor).await? })
        }
        Err(Error::Invalid(wrong)) => {
            let errors = forms::errors(&app, &wrong);
            let view = StaffPage { email: form.email, role: form.role, errors, ..page(&app, &actor).await? };
            actor.page_again(&app, &view)
        }
        Err(e) => Err(e),
    }
}

pub(super) async fn withdraw(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageStaff)?;
    let (now, role) = (app.now(), actor.role);
    app.db
        .write(move |conn| {
            let invitation = invitations::find(conn, &id, now)?.ok_or(Error::NotFound)?;
            if !role.may_give(invitation.role) {
                return Err(Error::Forbidden);
            }
            invitations::withdraw(conn, &id).map(drop)
        })
        .await?;
    Ok(flash(back(), "ok", "accounts-invitation-withdrawn"))
}

pub(super) async fn set_role(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<NewRole>,
) -> Result<Response> {
    let role = Role::parse(&form.role).ok_or(Error::BadRequest("base-form-incomplete".into()))?;
    if !actor.role.may_give(role) {
        return Err(Error::Forbidden);
    }
    change(&app, &actor, id, "accounts-role-changed", move |conn, staff| store::staff::set_role(conn, &staff.id, role))
        .await
}

pub(super) async fn deactivate(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let (by, now) = (actor.staff_id.clone(), app.now());
    change(&app, &actor, id, "accounts-deactivated", move |conn, staff| {
        store::staff::deactivate(conn, &staff.id, Some(&by), now)
    })
    .await
}

pub(super) async fn reactivate(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    change(&app, &actor, id, "accounts-reactivated", |conn, staff| store::staff::reactivate(conn, &staff.id)).await
}

/// Does something to a person whose present role the actor may give and take.
async fn change<F>(app: &App, actor: &Actor, id: String, done: &str, work: F) -> Result<Response>
where
    F: FnOnce(&mut onrecord_base::Conn<'_>, &Staff) -> Result<()> + Send + 'static,
{
    actor.may(Action::ManageStaff)?;
    let role = actor.role;
    let outcome = app
        .db
        .write(move |conn| {
            let staff = store::staff::find(conn, &id)?.ok_or(Error::NotFound)?;
            if !role.may_give(staff.role) {
                return Err(Error::Forbidden);
            }
            work(conn, &staff)
        })
        .await;
    match outcome {
        Ok(()) => Ok(flash(back(), "ok", done)),
        Err(Error::Refused(key)) => Ok(flash(back(), "error", &key)),
        Err(e) => Err(e),
    }
}

async fn send(app: &App, actor: &Actor, email: &str, link: &str) -> &'static str {
    if !mail::is_set_up(app) {
        return "off";
    }
    match mails::invitation(app, email, &actor.name, link).await {
        Ok(()) => "sent",
        Err(e) => {
            tracing::warn!(cause = %e, "an invitation could not be mailed");
            "failed"
        }
    }
}

async fn page(app: &App, actor: &Actor) -> Result<StaffPage> {
    let now = app.now();
    let load = move |conn: &mut onrecord_base::Conn<'_>| Ok((store::staff::list(conn)?, invitations::list(conn, now)?));
    let (people, open) = app.db.read(load).await?;
    Ok(StaffPage {
        people: people.into_iter().map(|staff| person(app, actor, staff)).collect(),
        invitations: open.into_iter().map(|invitation| invited(app, actor, invitation)).collect(),
        roles: role_options(app, actor.role),
        role: Role::Reporter.name().into(),
        ..StaffPage::default()
    })
}

fn person(app: &App, actor: &Actor, staff: Staff) -> Person {
    Person {
        own: staff.id == actor.staff_id,
        may_change: actor.role.may_give(staff.role),
        role: staff.role.name().into(),
        role_name: role_name(app, staff.role),
        since: Moment::new(app, staff.created_at),
        locked_out: staff.deactivation.map(|d| LockedOut { by: d.by.unwrap_or_default(), at: Moment::new(app, d.at) }),
        id: staff.id,
        name: staff.name,
        email: staff.email,
    }
}

fn invited(app: &App, actor: &Actor, invitation: Invitation) -> Invited {
    Invited {
        may_withdraw: actor.role.may_give(invitation.role),
        role_name: role_name(app, invitation.role),
        until: Moment::new(app, invitation.expires_at),
        id: invitation.id,
        email: invitation.email,
    }
}

fn back() -> Response {
    Redirect::to("/desk/staff").into_response()
}
