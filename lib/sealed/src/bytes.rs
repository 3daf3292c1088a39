//! Reading and writing the binary forms: big-endian numbers, lengths before what is long, nothing skipped.

use crate::Refused;

/// Reads from the front; asks for exactly what is there.
pub(crate) struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader { left: bytes }
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Refused> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(Refused::Truncated)?;
        self.left = left;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refused> {
        let (taken, left) = self.left.split_first_chunk::<N>().ok_or(Refused::Truncated)?;
        self.left = left;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Refused> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Refused> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Refused> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Refused> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// A text with its length (one to four bytes, as `length` read it) before it.
    pub(crate) fn text(&mut self, length: usize, most: usize) -> Result<&'a str, Refused> {
        if length > most {
            return Err(Refused::Malformed("a text is too long"));
        }
        std::str::from_utf8(self.take(length)?).map_err(|_| Refused::Malformed("a text is not UTF-8"))
    }

    /// What the form begins with: who it is, and in which version.
    pub(crate) fn magic(&mut self, magic: &[u8; 4]) -> Result<(), Refused> {
        if &self.array::<4>()? != magic {
            return Err(Refused::Malformed("these bytes are something else"));
        }
        match self.u8()? {
            crate::VERSION => Ok(()),
            other => Err(Refused::Version(other)),
        }
    }

    /// Nothing may follow: what a reader does not look at, a forger writes into.
    pub(crate) fn end(self) -> Result<(), Refused> {
        if self.left.is_empty() { Ok(()) } else { Err(Refused::Malformed("something follows the end")) }
    }
}

/// Writes the same forms. Lengths are checked by those who call; a number that does not fit is refused, never cut.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn begin(magic: &[u8; 4]) -> Self {
        let mut writer = Writer::default();
        writer.put(magic);
        writer.u8(crate::VERSION);
        writer
    }

    pub(crate) fn put(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn u8(&mut self, number: u8) {
        self.put(&[number]);
    }

    pub(crate) fn u16(&mut self, number: u16) {
        self.put(&number.to_be_bytes());
    }

    pub(crate) fn u32(&mut self, number: u32) {
        self.put(&number.to_be_bytes());
    }

    pub(crate) fn u64(&mut self, number: u64) {
        self.put(&number.to_be_bytes());
    }

    /// A text after its length in one byte.
    pub(crate) fn short_text(&mut self, text: &str, most: usize) -> Result<(), Refused> {
        let length = u8::try_from(limited(text, most)?).map_err(|_| Refused::TooLarge)?;
        self.u8(length);
        self.put(text.as_bytes());
        Ok(())
    }

    /// A text after its length in two bytes.
    pub(crate) fn text(&mut self, text: &str, most: usize) -> Result<(), Refused> {
        let length = u16::try_from(limited(text, most)?).map_err(|_| Refused::TooLarge)?;
        self.u16(length);
        self.put(text.as_bytes());
        Ok(())
    }

    /// A text after its length in four bytes.
    pub(crate) fn long_text(&mut self, text: &str, most: usize) -> Result<(), Refused> {
        let length = u32::try_from(limited(text, most)?).map_err(|_| Refused::TooLarge)?;
        self.u32(length);
        self.put(text.as_bytes());
        Ok(())
    }
}

fn limited(text: &str, most: usize) -> Result<usize, Refused> {
    if text.len() > most { Err(Refused::TooLarge) } else { Ok(text.len()) }
}
