//! Forms: read with clear errors, whatever bytes come.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::{App, Error, FieldError};

/// axum's own limit of a body, unless a route sets another.
const LARGEST: u64 = 2 * 1024 * 1024;

/// What is wrong with the fields of a form, in words, by field: what `base/fields.html` shows beside each.
pub type Errors = BTreeMap<String, String>;

/// The messages of wrong fields in the language of the desk; the first of a field counts.
pub fn errors(app: &App, fields: &[FieldError]) -> Errors {
    let language = super::chrome::language(app);
    let mut errors = Errors::new();
    for field in fields {
        let args = field.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into()));
        let text = app.messages.text(&language, &field.message, args);
        errors.entry(field.field.clone()).or_insert(text);
    }
    errors
}

/// A URL-encoded form, read strictly: bytes that are not UTF-8 and NULs are refused with a sentence instead of being
/// changed silently. Repeated names keep the last value; use [`Pairs`] where all count.
pub struct Form<T>(pub T);

/// A form's names and values in order, for forms with repeated names.
pub struct Pairs(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Pairs {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Pairs, Response> {
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            let error = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: LARGEST },
                _ => Error::BadRequest("base-form-incomplete".into()),
            };
            error.into_response()
        })?;
        decode(&body).map(Pairs).map_err(IntoResponse::into_response)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Form<T>, Response> {
        let Pairs(pairs) = Pairs::from_request(request, state).await?;
        let map: serde_json::Map<String, serde_json::Value> =
            pairs.into_iter().map(|(name, value)| (name, value.into())).collect();
        serde_json::from_value(map.into())
            .map(Form)
            .map_err(|_| Error::BadRequest("base-form-incomplete".into()).into_response())
    }
}

/// Decodes `application/x-www-form-urlencoded` (WHATWG URL standard, section 5.1), but refuses what that standard
/// would replace.
///
/// # Errors
/// `Error::BadRequest` for bytes that are not UTF-8, and for NUL.
pub fn decode(body: &[u8]) -> Result<Vec<(String, String)>, Error> {
    body.split(|b| *b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            Ok((percent(&pair[..at])?, percent(pair.get(at + 1..).unwrap_or_default())?))
        })
        .collect()
}

fn percent(text: &[u8]) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
        match (byte, hex(text.get(at + 1)), hex(text.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(Error::BadRequest("base-form-not-text".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_or_refused_never_changed() {
        assert_eq!(
            decode(b"a=1+2&b=%C3%A9&c&=x").unwrap(),
            [
                ("a".into(), "1 2".into()),
                ("b".into(), "é".into()),
                ("c".into(), String::new()),
                (String::new(), "x".into())
            ]
        );
        assert_eq!(decode(b"a=%zz%4").unwrap(), [("a".into(), "%zz%4".to_owned())]);
        assert!(decode(b"a=%ff").is_err());
        assert!(decode(b"a=%00").is_err());
        assert!(decode(b"a=\xff").is_err());
    }
}
