//! What an import did and what it could not keep: counted, and written down line by line as it happens.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::Write;

/// Most reasons listed in the summary; the file has all.
const REASONS: usize = 40;

/// Most reasons counted one by one; an export can name thousands of custom fields.
const MOST_REASONS: usize = 1000;
/// What the others are counted as.
const OTHER: &str = "other reasons, which stand in the report's file";

/// What became of things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stories published.
    pub stories: u64,
    /// Pages published.
    pub pages: u64,
    /// Stories and pages kept as drafts.
    pub drafts: u64,
    /// Items that were here already, unchanged.
    pub unchanged: u64,
    /// Items that were here already and were changed in the newsroom or in the export since: left as they are.
    pub left_alone: u64,
    /// Pictures brought in.
    pub pictures: u64,
    /// Comments kept for later.
    pub comments: u64,
    /// Authors known to the export.
    pub authors: u64,
    /// Items that are neither story, page nor picture.
    pub other_items: u64,
    /// Items of the file.
    pub items: u64,
}

/// The report of an import.
#[derive(Default)]
pub struct Report {
    /// Numbers for the summary.
    pub counts: Counts,
    reasons: BTreeMap<String, u64>,
    file: Option<Box<dyn Write + Send>>,
    /// The file stopped taking lines; said once in the summary.
    file_failed: bool,
}

impl Report {
    /// A report that writes its lines to `file` too.
    pub fn to(file: Option<Box<dyn Write + Send>>) -> Report {
        Report { file, ..Report::default() }
    }

    /// Notes something about `subject` (a headline, a file) that was altered or could not be kept.
    pub fn note(&mut self, subject: &str, reason: &str, detail: &str) {
        let counted =
            if self.reasons.len() < MOST_REASONS || self.reasons.contains_key(reason) { reason } else { OTHER };
        *self.reasons.entry(counted.to_owned()).or_default() += 1;
        let mut line = String::new();
        if !subject.is_empty() {
            let _ = write!(line, "{}: ", one_line(subject));
        }
        line.push_str(reason);
        if !detail.is_empty() {
            let _ = write!(line, ": {}", one_line(detail));
        }
        self.line(&line);
    }

    /// Writes a line to the file alone.
    pub fn line(&mut self, line: &str) {
        if let Some(file) = &mut self.file
            && writeln!(file, "{line}").is_err()
        {
            self.file = None;
            self.file_failed = true;
        }
    }

    /// True when something was noted.
    pub fn has_notes(&self) -> bool {
        !self.reasons.is_empty()
    }

    /// Reasons and how often each was given, the commonest first.
    pub fn reasons(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<(&str, u64)> =
            self.reasons.iter().map(|(reason, times)| (reason.as_str(), *times)).collect();
        reasons.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        reasons
    }

    /// Writes the summary to the file too and closes it.
    pub fn finish(&mut self) {
        let summary = self.to_string();
        self.line("");
        self.line(&summary);
        if let Some(mut file) = self.file.take()
            && file.flush().is_err()
        {
            self.file_failed = true;
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        let parts = [
            (counts.stories, "story published", "stories published"),
            (counts.pages, "page published", "pages published"),
            (counts.drafts, "draft", "drafts"),
            (counts.pictures, "picture", "pictures"),
            (counts.comments, "comment", "comments"),
            (counts.unchanged, "already here", "already here"),
            (
                counts.left_alone,
                "already here and different, left as it is",
                "already here and different, left as they are",
            ),
            (counts.other_items, "item of another kind", "items of other kinds"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(n, _, _)| *n > 0)
            .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
            .collect();
        let found = if parts.is_empty() { "nothing to import".to_owned() } else { parts.join(", ") };
        writeln!(f, "Items read: {}. {found}.", counts.items)?;
        let reasons = self.reasons();
        if !reasons.is_empty() {
            writeln!(f, "Altered or not kept:")?;
        }
        for (reason, times) in reasons.iter().take(REASONS) {
            writeln!(f, "  {times:>6} x {reason}")?;
        }
        if reasons.len() > REASONS {
            writeln!(f, "         and {} further reasons", reasons.len() - REASONS)?;
        }
        if self.file_failed {
            writeln!(f, "The report's file could not be written to its end.")?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
