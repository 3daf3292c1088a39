//! A publication in spite of findings, as the desk shows it wherever the story's past is shown.

use std::collections::HashMap;

use onrecord_base::{App, web::Moment};
use serde::Serialize;

use super::sentence;
use crate::Override;

/// Who decided it, when, why, and in spite of what.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OverrideShown {
    version: i64,
    at: Moment,
    by: Option<String>,
    reason: String,
    findings: Vec<String>,
}

impl OverrideShown {
    pub(super) fn of(app: &App, names: &HashMap<String, String>, kept: &Override) -> OverrideShown {
        OverrideShown {
            version: kept.version,
            at: Moment::new(app, kept.at),
            by: kept.by.as_ref().and_then(|id| names.get(id)).cloned(),
            reason: kept.reason.clone(),
            findings: kept.findings.iter().map(|finding| sentence(app, finding)).collect(),
        }
    }

    pub(super) fn sample() -> OverrideShown {
        OverrideShown {
            version: 3,
            at: Moment::sample(),
            by: Some("Ana \"<Ruiz>\"".into()),
            reason: "Heard <live> on air.".into(),
            findings: vec!["No source for “<x>”.".into()],
        }
    }
}
