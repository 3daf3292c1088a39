//! Who and what an envelope names: 16 bytes each, so that UUIDs fit.

use std::fmt;

use crate::Refused;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads 32 hexadecimal digits; hyphens, as UUIDs have them, are passed over.
            pub fn parse(text: &str) -> Result<Self, Refused> {
                let digits: String = text.chars().filter(|c| *c != '-').collect();
                let mut bytes = [0; 16];
                hex::decode_to_slice(digits, &mut bytes).map_err(|_| Refused::Malformed("not an id"))?;
                Ok($name(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

id!(
    /// A newsroom. Random, and not made of its key: a lost key is replaced without losing every codename.
    NewsroomId
);
id!(
    /// A desk: those who read its tips.
    DeskId
);
id!(
    /// A journalist: the id of the account.
    JournalistId
);
id!(
    /// One journalist's key of one epoch: the beginning of a hash of its public halves, so that nobody can choose it.
    KeyId
);
id!(
    /// A tip. Of a codename it is a function (see [`Lookup::tip`](crate::Lookup::tip)); of a tip without one it is random. Never a
    /// UUIDv7: that would tell when the tip came.
    TipId
);
