//! The SQL of stories: one file a table or reader. Functions over one [`Conn`](onrecord_base::Conn); the caller decides
//! how much is one transaction.

pub mod addresses;
pub mod archive;
pub mod authors;
pub mod cards;
pub mod corrections;
pub mod drafts;
pub mod index;
pub mod overrides;
pub mod pins;
pub mod previews;
pub mod published;
pub mod revisions;
pub mod sections;
pub mod states;
pub mod tags;
pub mod texts;

pub(crate) mod publications;

use onrecord_base::{Conn, Error, Result, args};

/// Makes others who write this story wait until the transaction ends.
pub(crate) fn lock(conn: &mut Conn<'_>, story: &str) -> Result<()> {
    match conn.execute("UPDATE stories SET kind = kind WHERE id = $1", args![story])? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// A name as it is compared.
pub(crate) fn fold(name: &str) -> String {
    crate::text::line(name).to_lowercase()
}

/// Swaps a row with its neighbour; false at the end of the list.
pub(crate) fn swap<T>(rows: &mut [T], at: usize, up: bool) -> bool {
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < rows.len()) };
    match other {
        Some(other) => {
            rows.swap(at, other);
            true
        }
        None => false,
    }
}
