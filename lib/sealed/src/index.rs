//! The index at the end of a body: who wrote it, the text, and what files there are.

use std::ops::Range;

use zeroize::Zeroize;

use crate::{
    Refused, SourcePublic, VerifyKey,
    bytes::{Reader, Writer},
    stream::CHUNK,
};

/// Bytes of a text. Longer ones are files.
pub const MAX_TEXT: usize = 128 << 10;
/// Files of a message.
pub const MAX_PARTS: usize = 64;
/// Bytes of a file's name.
pub const MAX_NAME: usize = 255;
/// Bytes of a media type.
pub const MAX_TYPE: usize = 127;
/// Facts of a message.
pub const MAX_FACTS: usize = 32;
/// Bytes of a fact's name.
pub const MAX_FACT_NAME: usize = 64;
/// Bytes of a fact's value.
pub const MAX_FACT: usize = 1024;
/// The index lies within so many chunks at the end: one request fetches it, whatever else there is.
pub const INDEX_CHUNKS: u32 = 4;

const INDEX_VERSION: u8 = 1;
pub(crate) const SIGNATURE: usize = 64;
/// The longest index, with its length and signature; it must fit into the chunks that are fetched for it.
const MAX_INDEX: usize = 1
    + 1
    + SourcePublic::LENGTH
    + 4
    + (4 + MAX_TEXT)
    + (1 + MAX_FACTS * (1 + MAX_FACT_NAME + 2 + MAX_FACT))
    + (1 + MAX_PARTS * (1 + MAX_NAME + 1 + MAX_TYPE + 8 + 8 + 32))
    + SIGNATURE
    + 4;
const _: () = assert!(MAX_INDEX <= INDEX_CHUNKS as usize * CHUNK);

/// Who signed a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Author {
    /// Nobody: it arrived by a way that has no keys, and the server sealed it.
    Nobody,
    /// A source, with the keys to answer to. The first message introduces them; further ones must have the same.
    Source(SourcePublic),
    /// A journalist. Whether one of the newsroom's is for the key list to say.
    Journalist(VerifyKey),
}

/// A file of a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name, harmless: see [`safe_name`].
    pub name: String,
    /// Its media type, as the sender named it: a guess, to be believed by nobody.
    pub media_type: String,
    /// Where its bytes begin in the body's plaintext.
    pub offset: u64,
    /// How many there are.
    pub length: u64,
    /// SHA-256 of them.
    pub digest: [u8; 32],
}

impl Part {
    /// The chunks of the body in which it lies; none if it is empty.
    pub fn chunks(&self) -> Range<u32> {
        let first = self.offset / CHUNK as u64;
        let end = if self.length == 0 { first } else { (self.offset + self.length).div_ceil(CHUNK as u64) };
        // A part that was read lies within a body, so both fit.
        first as u32..end as u32
    }
}

/// What a message says, apart from its files. Its text is overwritten when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Index {
    /// Who wrote it; the signature has been checked.
    pub author: Author,
    /// Serial of the key list to which it was sealed: an older one than the newest then known betrays a roll-back.
    pub list_serial: u32,
    /// The text.
    pub text: String,
    /// What is known of how it came ("channel": "sms", "from": "+1 …"): sealed like the text.
    pub facts: Vec<(String, String)>,
    /// The files.
    pub parts: Vec<Part>,
}

impl Drop for Index {
    fn drop(&mut self) {
        self.text.zeroize();
        self.facts.iter_mut().for_each(|(_, value)| value.zeroize());
        self.parts.iter_mut().for_each(|part| part.name.zeroize());
    }
}

impl Index {
    /// The binary form, without signature and length.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Refused> {
        let mut writer = Writer::default();
        writer.u8(INDEX_VERSION);
        match &self.author {
            Author::Nobody => writer.u8(0),
            Author::Source(source) => {
                writer.u8(1);
                writer.put(&source.bytes());
            }
            Author::Journalist(key) => {
                writer.u8(2);
                writer.put(&key.0);
            }
        }
        writer.u32(self.list_serial);
        writer.long_text(&self.text, MAX_TEXT)?;
        if self.facts.len() > MAX_FACTS || self.parts.len() > MAX_PARTS {
            return Err(Refused::TooLarge);
        }
        writer.u8(self.facts.len() as u8);
        for (name, value) in &self.facts {
            writer.short_text(name, MAX_FACT_NAME)?;
            writer.text(value, MAX_FACT)?;
        }
        writer.u8(self.parts.len() as u8);
        for part in &self.parts {
            writer.short_text(&part.name, MAX_NAME)?;
            writer.short_text(&part.media_type, MAX_TYPE)?;
            writer.u64(part.offset);
            writer.u64(part.length);
            writer.put(&part.digest);
        }
        Ok(writer.0)
    }

    /// Reads the form; parts follow each other from 0, without gaps, and end before `content`.
    pub(crate) fn parse(bytes: &[u8], content: u64) -> Result<Self, Refused> {
        let mut reader = Reader::new(bytes);
        match reader.u8()? {
            INDEX_VERSION => {}
            other => return Err(Refused::Version(other)),
        }
        let author = match reader.u8()? {
            0 => Author::Nobody,
            1 => Author::Source(SourcePublic::parse(reader.take(SourcePublic::LENGTH)?)?),
            2 => Author::Journalist(VerifyKey(reader.array()?)),
            _ => return Err(Refused::Malformed("an unknown author")),
        };
        let list_serial = reader.u32()?;
        let length = usize::try_from(reader.u32()?).map_err(|_| Refused::TooLarge)?;
        let mut index = Index {
            author,
            list_serial,
            text: reader.text(length, MAX_TEXT)?.to_owned(),
            facts: Vec::new(),
            parts: Vec::new(),
        };
        let count = usize::from(reader.u8()?);
        if count > MAX_FACTS {
            return Err(Refused::TooLarge);
        }
        for _ in 0..count {
            let length = usize::from(reader.u8()?);
            let name = reader.text(length, MAX_FACT_NAME)?.to_owned();
            let length = usize::from(reader.u16()?);
            index.facts.push((name, reader.text(length, MAX_FACT)?.to_owned()));
        }
        let count = usize::from(reader.u8()?);
        if count > MAX_PARTS {
            return Err(Refused::TooLarge);
        }
        let mut end = 0;
        for _ in 0..count {
            let part = read_part(&mut reader)?;
            if part.offset != end {
                return Err(Refused::Malformed("files with a gap between them"));
            }
            end = part.offset.checked_add(part.length).ok_or(Refused::TooLarge)?;
            index.parts.push(part);
        }
        reader.end()?;
        if end > content { Err(Refused::Malformed("a file beyond the end")) } else { Ok(index) }
    }
}

fn read_part(reader: &mut Reader<'_>) -> Result<Part, Refused> {
    let length = usize::from(reader.u8()?);
    let name = safe_name(reader.text(length, MAX_NAME)?);
    let length = usize::from(reader.u8()?);
    let media_type = reader.text(length, MAX_TYPE)?.to_owned();
    Ok(Part { name, media_type, offset: reader.u64()?, length: reader.u64()?, digest: reader.array()? })
}

/// A name under which a file may be saved anywhere: no folder, no control character, nothing that turns the direction of writing,
/// not hidden, not too long. Applied to what is sealed and again to what is opened, for the sender may be anybody.
pub fn safe_name(name: &str) -> String {
    const TURNS: [char; 12] = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}', '\u{feff}',
    ];
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |c: char| match c {
        c if c.is_control() || TURNS.contains(&c) => '_',
        ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{2028}' | '\u{2029}' => '_',
        c => c,
    };
    let mapped: String = last.chars().map(harmless).collect();
    let mut safe = mapped.trim_start_matches(|c: char| c == '.' || c.is_whitespace()).to_owned();
    // Cut before the end is trimmed: the cut may bring a dot to the end.
    while safe.len() > MAX_NAME {
        safe.pop();
    }
    let kept = safe.trim_end_matches(['.', ' ']).len();
    safe.truncate(kept);
    if safe.is_empty() { "file".to_owned() } else { safe }
}
