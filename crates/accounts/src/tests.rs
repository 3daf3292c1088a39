//! Stories of people coming in, and of people kept out; each is told on both databases.

mod account;
mod mail;
mod people;
mod recovery;
mod settings;
mod sign_in;
mod views;

use onrecord_base::{App, views::Templates, web::errors};

use crate::{
    Role, TEMPLATES, operator, routes,
    testing::{Browser, staff},
};

/// Every template the stories need.
const ALL: &[Templates] = &[errors::TEMPLATES, TEMPLATES];

/// Ana's password in these stories.
const PASSWORD: &str = "four words in a row";

/// A browser at our door.
fn browser(app: &App) -> Browser {
    Browser::new(app, routes())
}

/// A browser in which somebody of this role is signed in.
async fn browser_of(app: &App, name: &str, role: Role) -> Browser {
    let (_, cookie) = staff(app, name, role).await;
    browser(app).signed_in(&cookie)
}

/// Ana, an owner with [`PASSWORD`].
async fn ana(app: &App) -> crate::Staff {
    operator::create_owner(app, "Ana.Ruiz@example.org", "Ana Ruiz", PASSWORD).await.expect("an owner is added")
}

/// Signs Ana in with her password.
async fn sign_in(app: &App, password: &str) -> (Browser, crate::testing::Answer) {
    let mut browser = browser(app);
    let answer = browser.post("/desk/sign-in", &[("email", "ana.ruiz@EXAMPLE.org"), ("password", password)]).await;
    (browser, answer)
}
