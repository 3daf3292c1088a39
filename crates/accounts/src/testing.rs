//! A named cast for router tests: people with a role and a session, without a sign-in page in between.

use http::HeaderValue;
use onrecord_base::App;

use crate::{Actor, Role, Staff, cookies, store};

/// Adds a person in a role and signs them in: `let (ana, cookie) = testing::staff(&app, "Ana Ruiz",
/// Role::Editor).await;`. The cookie goes into the `Cookie` header of her requests; her address is made from the name
/// (`ana.ruiz@example.org`).
///
/// # Panics
/// If the person cannot be added, for instance because of a name used twice.
pub async fn staff(app: &App, name: &str, role: Role) -> (Actor, HeaderValue) {
    let staff = Staff {
        id: app.id(),
        email: format!("{}@example.org", name.to_lowercase().replace(' ', ".")),
        name: name.into(),
        role,
        created_at: app.now(),
        deactivation: None,
    };
    let (token, id, now, kept) = (app.random.token(), app.id(), app.now(), staff.clone());
    let session = id.clone();
    let cookie = cookies::header(&app.settings(), &token);
    app.db
        .write(move |conn| {
            store::staff::add(conn, &kept)?;
            store::sessions::begin(conn, &session, &kept.id, &token, "Test", now)
        })
        .await
        .expect("a person is added");
    (Actor::new(staff, id), cookie)
}
