//! Why something was not opened, read or sealed.

/// Why bytes, keys or requests are refused. Says nothing of any secret, so it may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There are fewer bytes than the form asks for.
    #[error("the end is missing")]
    Truncated,
    /// A form of another version.
    #[error("version {0} is not known here")]
    Version(u8),
    /// Not the form it should be.
    #[error("not well-formed: {0}")]
    Malformed(&'static str),
    /// A signature that does not hold, or one of another key than the one expected.
    #[error("the signature does not hold")]
    Signature,
    /// A key list whose last day has passed.
    #[error("the key list has expired")]
    Expired,
    /// A key list of a day that has not come.
    #[error("the key list is from the future")]
    NotYet,
    /// A key list older than one seen before.
    #[error("the key list is older than one seen before")]
    RolledBack,
    /// The key list does not name this desk, or nobody of it.
    #[error("nobody can be written to at this desk")]
    NoRecipients,
    /// More than the form can hold.
    #[error("too large")]
    TooLarge,
    /// None of the keys opens the envelope.
    #[error("sealed for others")]
    NotForYou,
    /// Opened with the right key, and not what was sealed: changed, cut, moved or put together anew.
    #[error("changed since it was sealed")]
    Tampered,
    /// An envelope of another newsroom, tip or place than the one asked for.
    #[error("an envelope of another place")]
    Misplaced,
    /// The passphrase is another one (or the file was changed).
    #[error("not the passphrase")]
    Passphrase,
    /// Less memory than a key derivation needs.
    #[error("not enough memory")]
    Memory,
}
