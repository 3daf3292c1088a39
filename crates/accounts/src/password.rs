//! Passwords: what is acceptable, and how it is kept.

use std::time::Duration;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Error as HashError, phc::PasswordHash},
};
use onrecord_base::{App, Error, FieldError, Result};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Memory of one hash in KiB: 19 MiB, the first choice of OWASP's password storage recommendations for argon2id.
const MEMORY: u32 = 19 * 1024;
/// Passes over the memory, from the same recommendation.
const PASSES: u32 = 2;
/// Lanes; more would only help an attacker with more cores than we have.
const LANES: u32 = 1;
/// Bytes of salt (RFC 9106, section 3.1).
const SALT: usize = 16;
/// Hashes computed at once: a burst of sign-ins may take 38 MiB and the readers' cores only in part.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// How long a sign-in waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// Characters at least: NIST SP 800-63B asks for length, not for odd characters.
const SHORTEST: usize = 12;
/// Characters at most; nobody types more, and nobody gets us to hash a novel.
const LONGEST: usize = 256;

/// Computed instead of a real one for an address nobody has, so that both take the same time. No password fits it: its
/// hash was never the output of anything.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks a new password; the message is for the field `password`.
///
/// # Errors
/// The field's message.
pub fn check(password: &str, email: &str) -> Result<(), FieldError> {
    let wrong = |message: &str| FieldError::new("password", message);
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(wrong("accounts-password-short").arg("least", SHORTEST));
    }
    if count > LONGEST {
        return Err(wrong("accounts-password-long").arg("most", LONGEST));
    }
    let folded = password.trim().to_lowercase();
    let first = folded.chars().next();
    if folded == email.trim().to_lowercase() || folded.chars().all(|c| Some(c) == first) {
        return Err(wrong("accounts-password-guessed"));
    }
    Ok(())
}

/// The text to keep: argon2id in the PHC form, parameters and salt named in it.
///
/// # Errors
/// `Error::TooMany` when too many wait.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    let password = prepare(password);
    let salt = app.random.bytes::<SALT>();
    work(move || hasher()?.hash_password_with_salt(&password, &salt).map(|hash| hash.to_string())).await
}

/// Whether a password fits what was kept; `None` for somebody unknown, which takes as long and never fits.
///
/// # Errors
/// As [`hash`].
pub async fn verify(password: &str, kept: Option<String>) -> Result<bool> {
    let known = kept.is_some();
    // A longer one was never accepted; it is not worth reading.
    let password = if password.len() > LONGEST * 4 { Vec::new() } else { prepare(password) };
    let kept = kept.unwrap_or_else(|| NOBODY.to_owned());
    let fits = work(move || match hasher()?.verify_password(&password, kept.as_str()) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(e) => Err(e),
    });
    Ok(fits.await? && known)
}

/// Whether what was kept was made with other parameters than today's, so that it is made anew at the next sign-in.
pub fn outdated(kept: &str) -> bool {
    let Ok(hash) = PasswordHash::new(kept) else { return true };
    let today = params().ok();
    hash.algorithm.as_str() != Algorithm::Argon2id.as_str()
        || Params::try_from(&hash).ok().map(|p| (p.m_cost(), p.t_cost(), p.p_cost()))
            != today.map(|p| (p.m_cost(), p.t_cost(), p.p_cost()))
}

/// One character may come as one code point or as two, depending on the keyboard: NFKC makes them the same (NIST SP
/// 800-63B, section 3.1.1.2).
fn prepare(password: &str) -> Vec<u8> {
    password.nfkc().collect::<String>().into_bytes()
}

fn params() -> Result<Params, HashError> {
    Params::new(MEMORY, PASSES, LANES, None).map_err(HashError::from)
}

fn hasher() -> Result<Argon2<'static>, HashError> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params()?))
}

async fn work<T: Send + 'static>(job: impl FnOnce() -> Result<T, HashError> + Send + 'static) -> Result<T> {
    let turn = tokio::time::timeout(PATIENCE, AT_ONCE.acquire()).await;
    let Ok(Ok(permit)) = turn else { return Err(Error::TooMany { seconds: PATIENCE.as_secs() }) };
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        job()
    })
    .await
    .map_err(|e| Error::internal(format!("a password hash failed: {e}")))?
    .map_err(|e| Error::internal(format!("a password hash cannot be computed: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_is_good_and_guessable_is_not() {
        let message = |password: &str| check(password, "ana.ruiz@example.org").map_err(|e| e.message);
        assert_eq!(message("four words in a row"), Ok(()));
        assert_eq!(message("пароль из слов"), Ok(()));
        assert_eq!(message("short"), Err("accounts-password-short".into()));
        assert_eq!(message(&"a1".repeat(200)), Err("accounts-password-long".into()));
        assert_eq!(message("Ana.Ruiz@example.org"), Err("accounts-password-guessed".into()));
        assert_eq!(message("aaaaaaaaaaaaaaaa"), Err("accounts-password-guessed".into()));
    }

    #[tokio::test]
    async fn a_password_fits_its_hash_only() -> Result<(), HashError> {
        let kept = hasher()?.hash_password_with_salt(&prepare("café du port 1"), &[7; SALT])?.to_string();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!outdated(&kept));
        assert!(verify("cafe\u{301} du port 1", Some(kept.clone())).await.unwrap(), "composed or not");
        assert!(!verify("café du port 2", Some(kept)).await.unwrap());
        Ok(())
    }

    #[tokio::test]
    async fn nobody_has_a_password_of_todays_cost() {
        assert!(!outdated(NOBODY), "unknown accounts must cost what known ones cost");
        assert!(!verify("anything at all", None).await.unwrap());
        assert!(outdated(&NOBODY.replace("t=2", "t=1")));
    }
}
