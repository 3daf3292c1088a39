//! The bytes of an export as UTF-8 with a line count: whatever encoding the file is in, whatever control
//! characters its database let through.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, WINDOWS_1252};
use std::io::{self, BufRead, Read};

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// Longest text between two tags. A body of 5 MB is legal; a file that is one endless field is not read into memory.
pub(super) const FIELD_BYTES: u64 = 48 * 1024 * 1024;

/// What was put right while decoding, with the first line where it was needed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Repairs {
    /// Bytes that are not of the declared encoding.
    pub(super) misencoded: Option<(u64, u64)>,
    /// Characters that XML forbids.
    pub(super) forbidden: Option<(u64, u64)>,
}

/// Reads bytes, gives UTF-8.
pub(super) struct Source<R> {
    inner: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_at: usize,
    text: String,
    at: usize,
    ended: bool,
    line: u64,
    /// Lines that were decoded, for repairs.
    decoded_line: u64,
    read: u64,
    since_mark: u64,
    pub(super) repairs: Repairs,
}

impl<R: Read> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        Source {
            inner,
            decoder: None,
            raw: Vec::new(),
            raw_at: 0,
            text: String::new(),
            at: 0,
            ended: false,
            line: 1,
            decoded_line: 1,
            read: 0,
            since_mark: 0,
            repairs: Repairs::default(),
        }
    }

    /// The line of the next character.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes of the file read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Begins counting anew towards the longest field.
    pub(super) fn mark(&mut self) {
        self.since_mark = 0;
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            if self.raw_at >= self.raw.len() {
                self.raw.resize(CHUNK, 0);
                let count = loop {
                    match self.inner.read(&mut self.raw) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        other => break other?,
                    }
                };
                self.raw.truncate(count);
                self.raw_at = 0;
                self.read += count as u64;
            }
            self.decode();
        }
        Ok(())
    }

    fn decode(&mut self) {
        let last = self.raw.is_empty();
        if self.decoder.is_none() {
            let (encoding, bom) = encoding_of(&self.raw);
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            self.raw_at = bom;
        }
        let Some(decoder) = &mut self.decoder else { return };
        let mut out = String::with_capacity(CHUNK * 3);
        while self.raw_at < self.raw.len() || last {
            let input = &self.raw[self.raw_at..];
            let (result, read) = decoder.decode_to_string_without_replacement(input, &mut out, last);
            let line = self.decoded_line + newlines(out.as_bytes());
            let bad = self.raw_at + read;
            self.raw_at = bad;
            match result {
                DecoderResult::InputEmpty => {
                    self.ended = last;
                    break;
                }
                DecoderResult::OutputFull => out.reserve(CHUNK),
                DecoderResult::Malformed(length, after) => {
                    // What is no UTF-8 in an old export is nearly always Windows-1252.
                    let end = bad.saturating_sub(after.into());
                    let bytes = self.raw.get(end.saturating_sub(length.into())..end).unwrap_or(&[]);
                    match bytes {
                        [] => out.push('\u{fffd}'),
                        bytes => out.push_str(&WINDOWS_1252.decode_without_bom_handling(bytes).0),
                    }
                    count(&mut self.repairs.misencoded, line);
                }
            }
        }
        if out.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'))
            || out.contains(['\u{fffe}', '\u{ffff}'])
        {
            let line = self.decoded_line;
            let mut lines = 0;
            out.retain(|c| {
                lines += u64::from(c == '\n');
                let printable = c >= ' ' || matches!(c, '\t' | '\n' | '\r');
                let fine = printable && !matches!(c, '\u{fffe}' | '\u{ffff}');
                if !fine {
                    count(&mut self.repairs.forbidden, line + lines);
                }
                fine
            });
        }
        self.decoded_line += newlines(out.as_bytes());
        self.text = out;
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buf)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_mark > FIELD_BYTES {
            let reason = format!("one field is longer than {} MB", FIELD_BYTES / 1024 / 1024);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        if self.at >= self.text.len() {
            self.refill()?;
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let end = (self.at + amount).min(self.text.len());
        self.line += newlines(&self.text.as_bytes()[self.at..end]);
        self.since_mark += (end - self.at) as u64;
        self.at = end;
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

fn count(repair: &mut Option<(u64, u64)>, line: u64) {
    let (first, times) = repair.unwrap_or((line, 0));
    *repair = Some((first, times + 1));
}

/// The encoding by byte order mark, by the pattern of a first `<`, or by the XML declaration; and how long the mark is.
fn encoding_of(start: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(start) {
        return (encoding, length);
    }
    match start {
        [b'<', 0, ..] => return (encoding_rs::UTF_16LE, 0),
        [0, b'<', ..] => return (encoding_rs::UTF_16BE, 0),
        _ => {}
    }
    let head = String::from_utf8_lossy(&start[..start.len().min(200)]);
    let declared = head
        .split_once("?>")
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1))
        .and_then(|label| Encoding::for_label(label.as_bytes()));
    match declared {
        // A file that could be read this far as bytes is not UTF-16, whatever it says.
        Some(encoding) if encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE => (encoding, 0),
        _ => (UTF_8, 0),
    }
}
