//! A person of the newsroom, and what makes a name and an address acceptable.

use onrecord_base::{FieldError, Time};

use crate::Role;

/// RFC 5321: no address can be longer and be delivered.
pub const LONGEST_EMAIL: usize = 254;
/// Characters of a name; the longest that stands in a byline without breaking it.
pub const LONGEST_NAME: usize = 120;

/// Somebody who has, or had, a key to the desk. Never deleted: stories keep naming whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Their id.
    pub id: String,
    /// Their address, as they write it.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Since when.
    pub created_at: Time,
    /// Locked out by whom and when, if so.
    pub deactivation: Option<Deactivation>,
}

/// Who locked a person out, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deactivation {
    /// Name of who did it; none from the command line.
    pub by: Option<String>,
    /// When.
    pub at: Time,
}

impl Staff {
    /// Whether they may come in.
    pub fn active(&self) -> bool {
        self.deactivation.is_none()
    }
}

/// What is compared of an address: `Ana@Example.org` and `ana@example.org` are one person. Strictly the part before
/// the `@` could differ by case, but no provider in use lets it, and a look-alike would be a trap.
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Checks an address as far as it can be checked without writing to it.
///
/// # Errors
/// The field's message.
pub fn check_email(email: &str) -> Result<String, FieldError> {
    let email = email.trim();
    let wrong = || FieldError::new("email", "accounts-email-wrong");
    if email.is_empty() {
        return Err(FieldError::new("email", "accounts-email-missing"));
    }
    let (local, domain) = email.rsplit_once('@').ok_or_else(wrong)?;
    let plain = |text: &str| !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>(),;:\\[]@".contains(c));
    let fits = email.len() <= LONGEST_EMAIL && !local.is_empty() && !domain.is_empty();
    let dots = |text: &str| text.starts_with('.') || text.ends_with('.') || text.contains("..");
    if fits && plain(local) && plain(domain) && !dots(local) && !dots(domain) {
        return Ok(email.to_owned());
    }
    Err(wrong())
}

/// Checks a name: some text in one line.
///
/// # Errors
/// The field's message.
pub fn check_name(name: &str) -> Result<String, FieldError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(FieldError::new("name", "accounts-name-missing"));
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(FieldError::new("name", "accounts-name-wrong").arg("most", LONGEST_NAME));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_without_being_clever() {
        for good in ["ana@example.org", " Ana.Ruiz+desk@news.example ", "jürgen@müller.example", "root@localhost"] {
            assert!(check_email(good).is_ok(), "{good}");
        }
        for bad in ["", "ana", "@x", "ana@", "a b@c.org", "ana@x\r\nBcc: all@x", "<ana@x.org>", "a@b@c", ".a@b.org"] {
            assert!(check_email(bad).is_err(), "{bad:?}");
        }
        assert!(check_email(&format!("{}@example.org", "a".repeat(300))).is_err());
        assert_eq!(fold_email(" ANA@Example.ORG"), "ana@example.org");
    }

    #[test]
    fn names_are_one_line_of_text() {
        assert_eq!(check_name("  Ana \n Ruiz ").unwrap(), "Ana Ruiz");
        assert!(check_name(" ").is_err());
        assert!(check_name("Ana\u{7}").is_err());
        assert!(check_name(&"a".repeat(121)).is_err());
    }
}
