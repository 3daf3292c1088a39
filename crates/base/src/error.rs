//! The one error type: what can go wrong, as the person at the other end needs to know it.

use std::collections::BTreeMap;

/// The result of nearly everything.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One field of a form that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// Key of the message that says what is wrong.
    pub message: String,
    /// Arguments of the message.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl FieldError {
    /// A field's message without arguments.
    pub fn new(field: &str, message: &str) -> FieldError {
        FieldError { field: field.into(), message: message.into(), args: BTreeMap::new() }
    }

    /// With one argument more.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> FieldError {
        self.args.insert(name.into(), value.to_string());
        self
    }
}

/// What went wrong. Texts for people are message keys; only `Unavailable` and `Internal` carry plain sentences, for
/// the operator's log and terminal, and are never shown to a visitor.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or none that this person may see.
    #[error("not found")]
    NotFound,
    /// It was there and was taken away for good.
    #[error("gone")]
    Gone,
    /// Nobody is signed in.
    #[error("sign in first")]
    SignedOut,
    /// The person is known and may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Fields of a form are wrong; the form comes back filled in.
    #[error("fields are not valid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// The request as a whole is refused; the message key says why.
    #[error("refused: {0}")]
    Refused(String),
    /// Somebody else changed it meanwhile.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// The request cannot be read; the message key says why.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// Larger than the named limit.
    #[error("too large: at most {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Too many requests; try again later.
    #[error("too many requests; again in {seconds} s")]
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// A unique constraint, named `table_column_column`, is broken; stores turn it into `Invalid`.
    #[error("{0} is taken")]
    Unique(String),
    /// The outside world (disk, database, network) does not answer; a sentence for the operator.
    #[error("{0}")]
    Unavailable(String),
    /// Our own mistake; a sentence for the log.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// Our own mistake.
    pub fn internal(message: impl Into<String>) -> Error {
        Error::Internal(message.into())
    }

    /// The outside world does not answer.
    pub fn unavailable(message: impl Into<String>) -> Error {
        Error::Unavailable(message.into())
    }

    /// Refused, with the key of the message that says why.
    pub fn refused(key: &str) -> Error {
        Error::Refused(key.into())
    }

    /// One wrong field.
    pub fn field(field: &str, message: &str) -> Error {
        Error::Invalid(vec![FieldError::new(field, message)])
    }

    /// Turns a broken unique constraint into a field's message; other errors pass.
    #[must_use]
    pub fn on_unique(self, constraint: &str, field: &str, message: &str) -> Error {
        match self {
            Error::Unique(name) if name == constraint => Error::field(field, message),
            other => other,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Unavailable(error.to_string())
    }
}
