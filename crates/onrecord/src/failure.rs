//! What a command says when it could not be done: one sentence, and where there is one, the way out.

use std::fmt;

/// Why a command was not done.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// With the sentence to print.
    pub fn new(sentence: impl Into<String>) -> Failure {
        Failure(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Failure {
        Failure(sentence)
    }
}

impl From<onrecord_base::Error> for Failure {
    fn from(error: onrecord_base::Error) -> Failure {
        use onrecord_base::Error;
        let text = |key: &str, args: &std::collections::BTreeMap<String, String>| {
            let messages = onrecord_base::messages::Messages::built_in();
            messages.text("en", key, args.iter().map(|(name, value)| (name.as_str(), value.as_str().into())))
        };
        match error {
            Error::Invalid(fields) => {
                let lines: Vec<String> = fields
                    .iter()
                    .map(|f| format!("{}: {}", f.field.replace('_', " "), text(&f.message, &f.args)))
                    .collect();
                Failure(lines.join("\n"))
            }
            Error::Refused(key) | Error::BadRequest(key) => Failure(text(&key, &Default::default())),
            other => Failure(other.to_string()),
        }
    }
}
