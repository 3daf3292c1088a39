//! The parameters of a webhook: a form, or a flat object of JSON.

/// Parameters of one request: a message with ten pictures has some sixty.
const MOST: usize = 1000;

/// Names and values, in the order in which they came.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params(pub Vec<(String, String)>);

impl Params {
    /// Reads a form. Bytes that are not UTF-8 become the replacement character; then the signature does not fit.
    pub fn form(body: &[u8]) -> Params {
        let pairs = url::form_urlencoded::parse(body).take(MOST);
        Params(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Reads an object whose values are texts or numbers; other values are left out.
    pub fn json(body: &[u8]) -> Option<Params> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(Params(object.into_iter().take(MOST).filter_map(|(name, value)| Some((name, text(value)?))).collect()))
    }

    /// The first value of a name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_and_objects_are_read() {
        let form = Params::form(b"From=%2B15550142&Body=a+b%26&Body=c&Empty=&Bare");
        assert_eq!((form.get("From"), form.get("Body"), form.get("Bare"), form.0.len()), ("+15550142", "a b&", "", 5));
        let json = Params::json(br#"{"From":"x","NumMedia":2,"deep":{"a":1}}"#).unwrap();
        assert_eq!((json.get("From"), json.get("NumMedia"), json.get("deep")), ("x", "2", ""));
        assert!(Params::json(b"[]").is_none() && Params::json(b"").is_none());
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reading(body in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(Params::form(&body).0.len() <= MOST);
            let _ = Params::json(&body);
        }

        #[test]
        fn what_is_written_is_read(pairs in prop::collection::vec((".{1,8}", ".{0,20}"), 0..10)) {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            prop_assert_eq!(Params::form(body.as_bytes()).0, pairs);
        }
    }
}
