//! What the operator does at the command line: making the first owner, letting people in who lost their way.
//!
//! The links returned here are secrets that work once: print them, log them never.

use onrecord_base::{App, Error, Result, Settings};

use crate::{
    Invitation, Link, Purpose, Role, Staff, invitation, password,
    settings::SettingsForm,
    staff,
    store::{self, credentials, invitations, links},
};

/// Adds an owner with a password; for `init`, which is the only way to the first one.
///
/// # Errors
/// `Error::Invalid` naming the fields `email`, `name`, `password`.
pub async fn create_owner(app: &App, email: &str, name: &str, password: &str) -> Result<Staff> {
    let (email, name) = check_owner(email, name, password)?;
    let hash = password::hash(app, password).await?;
    add(app, email, name, Role::Owner, hash).await
}

/// Says what is wrong with an owner before anything is made; gives back address and name as they will be kept.
///
/// # Errors
/// As [`create_owner`].
pub fn check_owner(email: &str, name: &str, password: &str) -> Result<(String, String)> {
    let mut wrong = Vec::new();
    let email = staff::check_email(email).map_err(|e| wrong.push(e)).unwrap_or_default();
    let name = staff::check_name(name).map_err(|e| wrong.push(e)).unwrap_or_default();
    wrong.extend(password::check(password, &email).err());
    if wrong.is_empty() { Ok((email, name)) } else { Err(Error::Invalid(wrong)) }
}

/// The settings a newsroom begins with, by the rules of the settings page; for `init`.
///
/// # Errors
/// `Error::Invalid` naming the fields `name`, `time_zone`, `base_url`.
pub fn first_settings(name: &str, time_zone: &str, base_url: Option<&str>) -> Result<Settings> {
    let first = Settings::default();
    let mut form = SettingsForm::of(&first);
    form.name = name.to_owned();
    form.time_zone = time_zone.to_owned();
    if let Some(url) = base_url {
        form.base_url = url.to_owned();
    }
    form.check(&first).map_err(Error::Invalid)
}

/// Adds a person whose password is hashed already.
pub(crate) async fn add(app: &App, email: String, name: String, role: Role, hash: String) -> Result<Staff> {
    let staff = Staff { id: app.id(), email, name, role, created_at: app.now(), deactivation: None };
    let (kept, credential) = (staff.clone(), app.id());
    app.db
        .write(move |conn| {
            store::staff::add(conn, &kept)?;
            credentials::set_password(conn, &credential, &kept.id, &hash, kept.created_at)
        })
        .await?;
    Ok(staff)
}

/// Everybody.
///
/// # Errors
/// As [`onrecord_base::Conn::query`].
pub async fn list(app: &App) -> Result<Vec<Staff>> {
    app.db.read(store::staff::list).await
}

/// Invites somebody; returns the whole address of the link.
///
/// # Errors
/// `Error::Invalid` for an address that is wrong or taken.
pub async fn invite(app: &App, email: &str, role: Role, by: Option<&str>) -> Result<String> {
    let email = staff::check_email(email).map_err(|e| Error::Invalid(vec![e]))?;
    let now = app.now();
    let invited = Invitation {
        id: app.id(),
        email,
        role,
        invited_by: by.map(str::to_owned),
        invited_at: now,
        expires_at: now.plus(invitation::LIFE),
    };
    let token = app.random.token();
    let address = format!("{}/desk/invitations/{token}", app.settings().base_url);
    app.db.write(move |conn| invitations::invite(conn, &invited, &token)).await?;
    Ok(address)
}

/// Gives another role to the person of an address.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` for the last owner.
pub async fn set_role(app: &App, email: &str, role: Role) -> Result<()> {
    let staff = by_email(app, email).await?;
    app.db.write(move |conn| store::staff::set_role(conn, &staff.id, role)).await
}

/// Locks the person of an address out, or lets them in again.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` for the last owner.
pub async fn set_active(app: &App, email: &str, active: bool) -> Result<()> {
    let (staff, now) = (by_email(app, email).await?, app.now());
    app.db
        .write(move |conn| match active {
            true => store::staff::reactivate(conn, &staff.id),
            false => store::staff::deactivate(conn, &staff.id, None, now),
        })
        .await
}

/// Makes a link with which the person of an address chooses a new password; returns its whole address.
///
/// # Errors
/// `Error::NotFound` if there is no such person, or they are locked out.
pub async fn reset(app: &App, email: &str) -> Result<String> {
    let staff = by_email(app, email).await?;
    if !staff.active() {
        return Err(Error::NotFound);
    }
    Ok(make_link(app, Purpose::Recovery, &staff.id).await?.url(&app.settings()))
}

/// Makes a link that signs a person in; returns its path.
///
/// # Errors
/// As [`onrecord_base::Conn::query`].
pub async fn one_time_sign_in(app: &App, staff_id: &str) -> Result<String> {
    Ok(make_link(app, Purpose::SignIn, staff_id).await?.path())
}

pub(crate) async fn make_link(app: &App, purpose: Purpose, staff_id: &str) -> Result<Link> {
    let link = Link::new(purpose, &app.random);
    let (id, now, kept, staff_id) = (app.id(), app.now(), link.clone(), staff_id.to_owned());
    app.db.write(move |conn| links::make(conn, &id, &staff_id, &kept, now)).await?;
    Ok(link)
}

async fn by_email(app: &App, email: &str) -> Result<Staff> {
    let email = email.to_owned();
    app.db.read(move |conn| store::staff::by_email(conn, &email)).await?.ok_or(Error::NotFound)
}
