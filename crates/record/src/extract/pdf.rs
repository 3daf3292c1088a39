//! PDF. The library that reads it can panic on broken files; that is caught here and said as what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use super::Unreadable;

/// A gap between two letters is a space from this part of their size on: a space is a quarter of it, pairs of letters
/// that are set wider stay below an eighth. The library's own tenth parts words as some programs write them.
const GAP: f64 = 0.18;
/// As [`GAP`], after a letter whose width the library does not know (it overlooks the last of a range of widths): wider
/// than any letter.
const GAP_AFTER_UNKNOWN: f64 = 1.0;
/// Lines stand further apart than this part of a letter's size, marks above and below the line do not.
const NEXT_LINE: f64 = 0.5;
/// Paragraphs stand further apart than lines do.
const NEXT_PARAGRAPH: f64 = 1.5;

/// The text of all pages.
pub(super) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let outcome = catch_unwind(AssertUnwindSafe(|| read(bytes))).map_err(|_| Unreadable::Broken)?;
    let text = outcome.map_err(|error| {
        let error = format!("{error:?}").to_ascii_lowercase();
        match error.contains("encrypt") || error.contains("decrypt") || error.contains("password") {
            true => Unreadable::Encrypted,
            false => Unreadable::Broken,
        }
    })?;
    Ok(unhyphenated(&letters(&text)))
}

/// The letters that a reader sees in what a typesetter put: joined ones apart, and dots that stand before their vowel on
/// it.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        let dotted = rest.peek().filter(|_| letter == '\u{a8}').and_then(|vowel| match vowel {
            'a' => Some('ä'),
            'e' => Some('ë'),
            'i' | 'ı' => Some('ï'),
            'o' => Some('ö'),
            'u' => Some('ü'),
            'A' => Some('Ä'),
            'O' => Some('Ö'),
            'U' => Some('Ü'),
            _ => None,
        });
        match (letter, dotted) {
            (_, Some(dotted)) => {
                out.push(dotted);
                rest.next();
            }
            ('ﬀ', _) => out.push_str("ff"),
            ('ﬁ', _) => out.push_str("fi"),
            ('ﬂ', _) => out.push_str("fl"),
            ('ﬃ', _) => out.push_str("ffi"),
            ('ﬄ', _) => out.push_str("ffl"),
            ('ﬅ' | 'ﬆ', _) => out.push_str("st"),
            _ => out.push(letter),
        }
    }
    out
}

fn read(bytes: &[u8]) -> Result<String, OutputError> {
    let mut document = Document::load_mem(bytes)?;
    if document.is_encrypted() {
        // Many are locked against changes only: the empty password opens them.
        document.decrypt("").map_err(OutputError::PdfError)?;
    }
    let mut words = Words::default();
    pdf_extract::output_doc(&document, &mut words)?;
    Ok(words.text)
}

/// Puts letters together to words and lines by where they stand.
#[derive(Default)]
struct Words {
    text: String,
    /// Where the last letter ended, its line, and what gap is a space after it.
    end: Option<(f64, f64, f64)>,
    /// A new string of letters begins; within one, the file has its own spaces.
    begins: bool,
}

impl OutputDev for Words {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.end = None;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        spacing: f64,
        size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        // The letter's size on the page, whichever way it is turned.
        let scale = (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let (x, y, height) = (at.m31, at.m32, size * scale);
        if self.begins
            && let Some((end, line, gap)) = self.end
        {
            let down = (y - line).abs();
            if down > height * NEXT_PARAGRAPH {
                self.text.push('\n');
            }
            if x < end && down > height * NEXT_LINE {
                self.text.push('\n');
            } else if x > end + height * gap && !self.text.ends_with(' ') && letter != " " {
                self.text.push(' ');
            }
        }
        self.text.push_str(letter);
        self.begins = false;
        let gap = if width > 0.0 { GAP } else { GAP_AFTER_UNKNOWN };
        self.end = Some((x + width * height + spacing.max(0.0) * scale, y, gap));
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.begins = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
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
    use super::{letters, unhyphenated};

    #[test]
    fn what_a_typesetter_joined_is_read_apart() {
        assert_eq!(letters("the o\u{fb03}ce \u{fb01}lled, G¨ortz said ¨ 5"), "the office filled, Görtz said ¨ 5");
    }

    #[test]
    fn words_parted_at_the_end_of_a_line_are_joined() {
        assert_eq!(unhyphenated("the pub-\nlic good\nnorth-\nSouth"), "the public good\nnorth-\nSouth\n");
    }
}
