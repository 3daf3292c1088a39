//! Pages of errors: the frame, what happened, and where to go on reading.

use http::StatusCode;
use onrecord_base::Result;
use onrecord_stories::published::{self, Filter};

use super::maker::Maker;
use crate::{
    edition::page::Draft,
    views::{ErrorBox, ErrorView, Head},
};

/// Stories to go on with.
const LATEST: usize = 6;

pub(super) fn make(mut maker: Maker<'_, '_>, status: StatusCode) -> Result<Draft> {
    let ours = status.is_server_error();
    let latest = if ours {
        // Whatever broke may break again: as little as possible is read.
        Vec::new()
    } else {
        maker.noted.note("list", "all");
        let cards = published::cards(maker.conn, &Filter::all(), None, LATEST)?;
        maker.cards(&cards)?
    };
    let key = match status {
        StatusCode::NOT_FOUND => "site-error-404-title",
        StatusCode::GONE => "site-error-410-title",
        _ => "site-error-500-title",
    };
    let head = Head { robots: Some("noindex"), ..maker.head("error", &maker.text(key), None) };
    let view = ErrorView { error: ErrorBox { status: status.as_u16(), reference: None, latest } };
    Ok(Draft { status, ..maker.page(&view, &head)? })
}
