//! Interface texts from `messages/LANGUAGE/AREA.ftl` (Project Fluent), with English behind every other language.

use std::{borrow::Cow, collections::HashMap};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The language every key exists in.
const FALLBACK: &str = "en";

/// All texts in all languages.
pub struct Messages {
    bundles: HashMap<String, FluentBundle<FluentResource>>,
}

impl Messages {
    /// Reads the texts built into the binary; a line that cannot be read is reported in the log and left out.
    pub fn built_in() -> Messages {
        let (messages, wrong) = Messages::read(MESSAGES);
        for trouble in wrong {
            tracing::error!("{trouble}");
        }
        messages
    }

    /// The texts of (language, area, text), and what is wrong with them.
    fn read(files: &[(&str, &str, &str)]) -> (Messages, Vec<String>) {
        let mut bundles = HashMap::new();
        let mut wrong = Vec::new();
        for (language, area, text) in files {
            let bundle = bundles.entry((*language).to_owned()).or_insert_with(|| {
                let tag = language.parse().unwrap_or_default();
                let mut bundle = FluentBundle::new_concurrent(vec![tag]);
                // The isolation marks are for mixed scripts in running text; in HTML attributes they are noise.
                bundle.set_use_isolating(false);
                bundle
            });
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
                wrong.push(format!("messages of {language}/{area} cannot be read: {errors:?}"));
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                wrong.push(format!("messages of {language}/{area} are given twice: {errors:?}"));
            }
        }
        (Messages { bundles }, wrong)
    }

    /// Languages with texts of their own.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.bundles.keys().map(String::as_str)
    }

    /// The text of `key` in `language` (or its first subtag, or English); the key itself if there is none, so that a
    /// missing text is seen and nothing breaks.
    pub fn text<'a>(&self, language: &str, key: &str, args: impl IntoIterator<Item = (&'a str, Arg)>) -> String {
        let args: FluentArgs = args.into_iter().map(|(name, arg)| (Cow::Owned(name.to_owned()), arg.0)).collect();
        let short = language.split('-').next().unwrap_or(language);
        for language in [language, short, FALLBACK] {
            let Some(bundle) = self.bundles.get(language) else { continue };
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            return bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned();
        }
        key.to_owned()
    }

    /// True if `language` itself has a text for `key`.
    pub fn has(&self, language: &str, key: &str) -> bool {
        self.bundles.get(language).is_some_and(|bundle| bundle.has_message(key))
    }
}

/// An argument of a message.
pub struct Arg(FluentValue<'static>);

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg(FluentValue::String(Cow::Owned(value.to_owned())))
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg(FluentValue::String(Cow::Owned(value)))
    }
}

impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg(FluentValue::from(value))
    }
}

impl From<f64> for Arg {
    fn from(value: f64) -> Arg {
        Arg(FluentValue::from(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_read_and_is_given_once() {
        assert_eq!(Messages::read(MESSAGES).1, Vec::<String>::new());
        let (messages, wrong) = Messages::read(&[("en", "one", "tip = Tip\ntip = Send\n"), ("en", "two", "broken\n")]);
        assert_eq!((wrong.len(), messages.text("en", "tip", [])), (2, "Tip".to_owned()), "{wrong:?}");
    }
}
