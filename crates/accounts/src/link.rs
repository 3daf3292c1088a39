//! A link that lets a known person in once.

use onrecord_base::{Random, Settings};

use crate::session::MINUTE;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Choosing a new password.
    Recovery,
    /// Signing in without one: the demonstration's first visit.
    SignIn,
}

impl Purpose {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Purpose::Recovery => "recovery",
            Purpose::SignIn => "sign-in",
        }
    }

    /// Milliseconds it works: long enough to walk to the other room and read one's mail.
    pub(crate) fn life(self) -> i64 {
        60 * MINUTE
    }
}

/// A link and its secret, before it is given to the person and forgotten here.
#[derive(Clone)]
pub struct Link {
    /// What for.
    pub purpose: Purpose,
    /// The secret.
    pub token: String,
}

impl Link {
    pub(crate) fn new(purpose: Purpose, random: &Random) -> Link {
        Link { purpose, token: random.token() }
    }

    /// Its path on the site.
    pub fn path(&self) -> String {
        format!("/desk/{}/{}", self.purpose.name(), self.token)
    }

    /// Its whole address.
    pub fn url(&self, settings: &Settings) -> String {
        format!("{}{}", settings.base_url, self.path())
    }
}
