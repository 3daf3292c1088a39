//! PDF. The library that reads it can panic on broken files; that is caught here and said as what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Unreadable;

/// The text of all pages.
pub(super) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let read = || pdf_extract::extract_text_from_mem(bytes);
    let outcome = catch_unwind(AssertUnwindSafe(read)).map_err(|_| Unreadable::Broken)?;
    let text = outcome.map_err(|error| {
        let error = format!("{error:?}").to_ascii_lowercase();
        match error.contains("encrypt") || error.contains("decrypt") || error.contains("password") {
            true => Unreadable::Encrypted,
            false => Unreadable::Broken,
        }
    })?;
    Ok(unhyphenated(&text))
}

/// Joins words that the end of a line has parted, as a reader does.
fn unhyphenated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let next_is_lower = lines.peek().is_some_and(|next| next.trim_start().starts_with(char::is_lowercase));
        match line.strip_suffix('-') {
            Some(part) if next_is_lower && part.ends_with(char::is_alphabetic) => {
                out.push_str(part);
                // The next line goes on without its indent.
                if let Some(next) = lines.next() {
                    out.push_str(next.trim_start());
                    out.push('\n');
                }
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unhyphenated;

    #[test]
    fn words_parted_at_the_end_of_a_line_are_joined() {
        assert_eq!(unhyphenated("the pub-\nlic good\nnorth-\nSouth"), "the public good\nnorth-\nSouth\n");
    }
}
