//! Pages for when something is missing or broken.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Card, samples};

/// The page of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorView {
    /// What it shows.
    pub error: ErrorBox,
}

/// What the page of an error shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorBox {
    /// HTTP status.
    pub status: u16,
    /// The number an operator finds in the log.
    pub reference: Option<String>,
    /// Where to go on reading.
    pub latest: Vec<Card>,
}

impl View for ErrorView {
    const TEMPLATE: &'static str = "error.html";

    fn samples() -> Vec<ErrorView> {
        let of = |status, latest| ErrorView { error: ErrorBox { status, reference: None, latest } };
        let logged = ErrorBox { status: 500, reference: Some("0190-ab".into()), latest: vec![] };
        vec![
            of(404, vec![samples::card()]),
            of(404, vec![]),
            of(410, vec![]),
            of(418, vec![]),
            ErrorView { error: logged },
        ]
    }
}
