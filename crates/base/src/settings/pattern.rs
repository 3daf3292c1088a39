//! The pattern of a story's address, such as `/{section}/{slug}`.

use crate::{FieldError, web::RESERVED};

/// What a pattern may name.
pub const PLACES: [&str; 6] = ["section", "slug", "year", "month", "day", "id"];

/// Longer patterns are a mistake.
const LONGEST: usize = 200;

/// Checks a pattern: it must tell stories apart and keep off the addresses the site itself uses.
///
/// # Errors
/// The message for the field `url_pattern`.
pub fn check(pattern: &str) -> Result<(), FieldError> {
    let wrong = |message: &str| FieldError::new("url_pattern", message);
    if !pattern.starts_with('/') || pattern.len() > LONGEST {
        return Err(wrong("base-pattern-start"));
    }
    if pattern.contains("//") || pattern.split('/').any(|segment| segment == "." || segment == "..") {
        return Err(wrong("base-pattern-empty"));
    }
    let mut literals = String::new();
    let mut places = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        literals.push_str(before);
        let (place, after) = after.split_once('}').ok_or_else(|| wrong("base-pattern-brace"))?;
        if !PLACES.contains(&place) {
            return Err(wrong("base-pattern-place").arg("place", format!("{{{place}}}")));
        }
        places.push(place);
        rest = after;
    }
    literals.push_str(rest);
    if literals.contains('}') {
        return Err(wrong("base-pattern-brace"));
    }
    if let Some(odd) = literals.chars().find(|c| !c.is_ascii_alphanumeric() && !"/-._~".contains(*c)) {
        return Err(wrong("base-pattern-character").arg("character", odd));
    }
    if !places.contains(&"slug") && !places.contains(&"id") {
        return Err(wrong("base-pattern-slug"));
    }
    let first = pattern.split('/').nth(1).unwrap_or_default();
    match RESERVED.contains(&first.to_ascii_lowercase().as_str()) {
        true => Err(wrong("base-pattern-reserved").arg("segment", first)),
        false => Ok(()),
    }
}

/// Fills a pattern; `value` gives the text of each place.
pub fn fill(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let mut path = String::with_capacity(pattern.len() + 40);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let Some((place, after)) = after.split_once('}') else {
            path.push('{');
            rest = after;
            continue;
        };
        path.push_str(&value(place));
        rest = after;
    }
    path.push_str(rest);
    path
}

/// An address in the pattern, for whoever is choosing one.
pub fn example(pattern: &str) -> String {
    fill(pattern, |place| {
        match place {
            "section" => "town",
            "slug" => "harbour-wall",
            "year" => "2026",
            "month" => "11",
            "day" => "22",
            "id" => "1042",
            _ => "",
        }
        .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_tells_stories_apart_and_keeps_off_our_own_addresses() {
        for good in ["/{section}/{slug}", "/{slug}", "/{year}/{month}/{day}/{slug}/", "/news/{id}-{slug}.html"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let refused = |pattern: &str| check(pattern).unwrap_err().message;
        assert_eq!(refused("{slug}"), "base-pattern-start");
        assert_eq!(refused("/{section}"), "base-pattern-slug");
        assert_eq!(refused("/{section}//{slug}"), "base-pattern-empty");
        assert_eq!(refused("/../{slug}"), "base-pattern-empty");
        assert_eq!(refused("/{slug"), "base-pattern-brace");
        assert_eq!(refused("/slug}/{slug}"), "base-pattern-brace");
        assert_eq!(refused("/{title}"), "base-pattern-place");
        assert_eq!(refused("/?p={id}"), "base-pattern-character");
        assert_eq!(refused("/desk/{slug}"), "base-pattern-reserved");
        assert_eq!(refused("/Media/{slug}"), "base-pattern-reserved");
    }

    #[test]
    fn an_example_shows_what_a_pattern_means() {
        assert_eq!(example("/{section}/{slug}"), "/town/harbour-wall");
        assert_eq!(example("/{year}/{month}/{id}-{slug}.html"), "/2026/11/1042-harbour-wall.html");
        assert_eq!(fill("/{slug", |_| "x".into()), "/{slug");
    }
}
