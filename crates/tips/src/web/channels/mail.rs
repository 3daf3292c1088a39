//! Mails by webhook: the raw mail as the body, with the secret in the request, or a signature over it in
//! `X-Onrecord-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY`.

use axum::{
    Extension,
    body::to_bytes,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use onrecord_base::{App, Error, Result, Time};
use ring::hmac;

use super::{Guarded, answer, carried, same, text};
use crate::{
    Guard,
    channels::mail::{LARGEST, take as take_mail},
    keys,
    quota::Lane,
    store::channels,
};

/// Milliseconds by which the clocks of a mail host and ours may differ, and for which a signature is good.
const FRESH: i64 = 300_000;

pub(super) async fn create(State(app): State<App>, Extension(guard): Guarded, request: Request) -> Response {
    answer(take(&app, &guard, request).await)
}

async fn take(app: &App, guard: &Guard, request: Request) -> Result<Response> {
    let mail = app.db.read(channels::load).await?.mail;
    if mail.secret.is_empty() {
        return Err(Error::NotFound);
    }
    let (parts, body) = request.into_parts();
    let signature = text(&parts.headers, "x-onrecord-signature");
    let carries = same(&mail.secret, &carried(&parts.headers));
    // Before a byte of a stranger's body is read.
    if !carries && signed_at(signature, app.now()).is_none() {
        return Err(Error::Forbidden);
    }
    let open = keys::open(app).await?;
    let _room = guard.mail()?;
    let most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let raw = to_bytes(body, most).await.map_err(|_| Error::TooLarge { limit: LARGEST })?;
    if !carries && !is_signed(&mail.secret, signature, &raw, app.now()) {
        return Err(Error::Forbidden);
    }
    if raw.is_empty() {
        return Err(Error::BadRequest("base-form-incomplete".into()));
    }
    let place = guard.begin(&open.line, Lane::Plain, app)?;
    guard.add(&open.line, Lane::Plain, raw.len() as u64, app)?;
    let kept = take_mail(app, &mail.desk, raw).await?;
    place.kept(app);
    Ok(if kept.is_some() { StatusCode::CREATED } else { StatusCode::OK }.into_response())
}

/// When a signature was made, if it is of our form and fresh.
fn signed_at(signature: &str, now: Time) -> Option<(&str, &str)> {
    let (at, code) = signature.strip_prefix("t=")?.split_once(",v1=")?;
    let seconds: i64 = at.parse().ok()?;
    let apart = now.millis().saturating_sub(seconds.saturating_mul(1000)).saturating_abs();
    (apart <= FRESH).then_some((at, code))
}

fn is_signed(secret: &str, signature: &str, body: &[u8], now: Time) -> bool {
    let Some((at, code)) = signed_at(signature, now) else { return false };
    let Ok(code) = hex::decode(code.trim()) else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let text = [at.as_bytes(), b".", body].concat();
    hmac::verify(&key, &text, &code).is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Time = Time::constant(1_795_341_600_000);

    fn signed(secret: &str, at: i64, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let code = hmac::sign(&key, &[format!("{at}.").as_bytes(), body].concat());
        format!("t={at},v1={}", hex::encode(code))
    }

    #[test]
    fn a_signature_binds_body_and_time() {
        let at = NOW.millis() / 1000;
        let good = signed("s", at - 100, b"mail");
        assert!(is_signed("s", &good, b"mail", NOW));
        assert!(!is_signed("s", &good, b"mai1", NOW) && !is_signed("t", &good, b"mail", NOW));
        assert!(!is_signed("s", &good, b"mail", NOW.plus(FRESH)), "old");
        assert!(!is_signed("s", &signed("s", at + 400, b"mail"), b"mail", NOW), "of the future");
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_check(signature in ".{0,60}", at: i64) {
            prop_assert!(!is_signed("s", &signature, b"x", NOW));
            let _ = is_signed("s", &format!("t={at},v1=00"), b"x", NOW);
        }
    }
}
