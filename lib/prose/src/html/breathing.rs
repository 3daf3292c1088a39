//! A reader that makes the tokenizer come up for air.
//!
//! html5gum 0.9 goes from one double-quoted attribute to the next by calling one state from the other, so that a tag
//! with thousands of them uses up the stack. An error of the reader unwinds those calls; raised where nothing has been
//! read yet and the state is known, it loses nothing, and the tokenizer goes on from there.

use std::{error::Error, fmt};

use html5gum::{Readable, Reader, StringReader};

/// Attributes between two breaths: a state's frames take some 2 kB in an unoptimised build, so that these stay far
/// below the smallest stack a thread has.
const ATTRIBUTES: u32 = 32;

/// Reads from memory, with breaths.
pub(super) struct Breathing<'a> {
    text: StringReader<'a>,
    attributes: u32,
}

/// Not a failure: the tokenizer is to be called again.
#[derive(Debug)]
pub(super) struct Breath;

impl fmt::Display for Breath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tokenizer takes a breath")
    }
}

impl Error for Breath {}

impl<'a> Breathing<'a> {
    pub(super) fn new(text: &'a str) -> Breathing<'a> {
        Breathing { text: text.to_reader(), attributes: 0 }
    }
}

impl Reader for Breathing<'_> {
    type Error = Breath;

    fn read_byte(&mut self) -> Result<Option<u8>, Breath> {
        self.text.read_byte().or(Ok(None))
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Breath> {
        self.text.try_read_string(text, case_sensitive).or(Ok(false))
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Breath> {
        // The value of a double-quoted attribute is what is read up to a quotation mark; names end at an equals sign too.
        if needle.contains(&b'"') && !needle.contains(&b'=') {
            self.attributes += 1;
            if self.attributes == ATTRIBUTES {
                self.attributes = 0;
                return Err(Breath);
            }
        }
        self.text.read_until(needle, buffer).or(Ok(None))
    }
}
