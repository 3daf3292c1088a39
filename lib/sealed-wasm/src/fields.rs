//! Arguments and results: fields behind their lengths.

use onrecord_sealed::{BadCodename, Refused};

/// What went wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The library refused.
    Refused(Refused),
    /// Words that are no codename.
    Codename(BadCodename),
    /// Arguments of another form, an unknown call, a handle of nothing: a fault of the script.
    Call,
}

impl Problem {
    /// A name that scripts tell apart.
    pub(crate) fn name(&self) -> String {
        match self {
            Problem::Call => "call".to_owned(),
            Problem::Codename(BadCodename::Count(count)) => format!("codename-count {count}"),
            Problem::Codename(BadCodename::Word(place)) => format!("codename-word {place}"),
            Problem::Refused(refused) => match refused {
                Refused::Truncated => "truncated",
                Refused::Version(_) => "version",
                Refused::Malformed(_) => "malformed",
                Refused::Signature => "signature",
                Refused::Expired => "expired",
                Refused::NotYet => "not-yet",
                Refused::RolledBack => "rolled-back",
                Refused::NoRecipients => "no-recipients",
                Refused::TooLarge => "too-large",
                Refused::NotForYou => "not-for-you",
                Refused::Tampered => "tampered",
                Refused::Misplaced => "misplaced",
                Refused::Passphrase => "passphrase",
                Refused::Memory => "memory",
            }
            .to_owned(),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Problem::Refused(refused)
    }
}

impl From<BadCodename> for Problem {
    fn from(bad: BadCodename) -> Self {
        Problem::Codename(bad)
    }
}

/// Arguments, taken from the front.
pub(crate) struct Arguments<'a>(&'a [u8]);

impl<'a> Arguments<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Arguments(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Problem> {
        let (length, rest) = self.0.split_first_chunk::<4>().ok_or(Problem::Call)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Problem::Call)?;
        let (field, rest) = rest.split_at_checked(length).ok_or(Problem::Call)?;
        self.0 = rest;
        Ok(field)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        self.bytes()?.try_into().map_err(|_| Problem::Call)
    }

    pub(crate) fn number(&mut self) -> Result<u32, Problem> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Problem> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Problem::Call)
    }

    pub(crate) fn end(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::Call) }
    }
}

/// A result under way.
#[derive(Default)]
pub(crate) struct Fields(Vec<u8>);

impl Fields {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Fields::default().bytes(bytes)
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        // No field comes near four gigabytes: inputs are bounded, and so is all that is made of them.
        self.0.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn number(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    pub(crate) fn long(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
