//! The frame around pages that another area fills: a reader's own comments, reports, signing in.

use onrecord_base::views::View;
use serde::Serialize;

/// A page that another area fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomView {
    /// What stands in it.
    pub room: Room,
}

/// What stands in such a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Room {
    /// Whose page it is: `comments`, `search`, `tips`.
    pub area: &'static str,
    /// HTML, made by that area.
    pub html: String,
}

impl View for RoomView {
    const TEMPLATE: &'static str = "room.html";

    fn samples() -> Vec<RoomView> {
        ["comments", "search", "tips"].map(|area| RoomView { room: Room { area, html: "<h1>x</h1>".into() } }).into()
    }
}
