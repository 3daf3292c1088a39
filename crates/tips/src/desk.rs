//! Desks of the tip line: who reads what.

use onrecord_base::FieldError;

use crate::{
    Day,
    tip::{LONGEST_RETENTION, RETENTION},
};

/// Journalists of one desk: an envelope has this many slots, always all filled, so that it does not tell how many read.
pub const MOST_MEMBERS: usize = 32;
/// Desks: sources choose from a short list.
pub const MOST_DESKS: usize = 20;
/// Characters of a desk's name.
const LONGEST_NAME: usize = 60;

/// A desk that takes tips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its id.
    pub id: String,
    /// Its name, as sources see it.
    pub name: String,
    /// Days after closing until a tip is erased.
    pub retention_days: i64,
    /// When it stopped taking tips.
    pub closed_day: Option<Day>,
}

/// Checks a desk's name.
///
/// # Errors
/// The field's message.
pub fn check_name(name: &str) -> Result<String, FieldError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(FieldError::new("name", "tips-desk-name-wrong").arg("most", LONGEST_NAME));
    }
    Ok(name)
}

/// Reads a number of days; [`RETENTION`] if nothing was written.
///
/// # Errors
/// The field's message.
pub fn check_retention(text: &str) -> Result<i64, FieldError> {
    if text.trim().is_empty() {
        return Ok(RETENTION);
    }
    let days = text.trim().parse().ok().filter(|days| (0..=LONGEST_RETENTION).contains(days));
    days.ok_or_else(|| FieldError::new("retention_days", "tips-retention-wrong").arg("most", LONGEST_RETENTION))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_and_days_are_checked() {
        assert_eq!(check_name("  City   hall ").unwrap(), "City hall");
        assert!(check_name(" ").is_err() && check_name(&"x".repeat(61)).is_err());
        assert_eq!(check_retention("").unwrap(), 90);
        assert_eq!(check_retention(" 30 ").unwrap(), 30);
        assert!(check_retention("-1").is_err() && check_retention("for ever").is_err());
    }
}
