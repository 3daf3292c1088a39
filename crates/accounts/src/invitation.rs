//! An invitation: somebody is asked in, in a role.

use onrecord_base::Time;

use crate::{Role, session::DAY};

/// Milliseconds an invitation stands: a week, since people are away.
pub(crate) const LIFE: i64 = 7 * DAY;

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// To which address.
    pub email: String,
    /// In which role.
    pub role: Role,
    /// Who asks; none from the command line.
    pub invited_by: Option<String>,
    /// When.
    pub invited_at: Time,
    /// Until when.
    pub expires_at: Time,
}
