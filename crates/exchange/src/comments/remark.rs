//! remark42's backup: a line about itself, then a comment on each line; or a list of comments, as its own tools write.

use onrecord_base::Time;
use onrecord_comments::text;
use serde::Deserialize;

use super::{Elsewhere, Found, Source};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Comment {
    id: String,
    pid: String,
    text: String,
    user: User,
    locator: Locator,
    score: i64,
    time: String,
    delete: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Locator {
    url: String,
}

/// Reads a backup.
///
/// # Errors
/// A sentence that names the line.
pub(super) fn comments(bytes: &[u8]) -> Result<Found, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|e| format!("this is not UTF-8: {e}"))?.trim_start_matches('\u{feff}');
    let mut found = Found { source: Source::Remark42, comments: Vec::new(), left_out: 0 };
    if text.trim_start().starts_with('[') {
        let all: Vec<Comment> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        // Other tools write lists too; without a name and a place their comments would all be one.
        if let Some(at) = all.iter().position(|comment| comment.id.is_empty() || comment.locator.url.is_empty()) {
            return Err(format!("this is JSON, but no list of remark42: its entry {} has no id or no address", at + 1));
        }
        found.comments.extend(all.into_iter().map(elsewhere));
        return Ok(found);
    }
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let value: serde_json::Value = serde_json::from_str(line)
            .map_err(|e| format!("line {}: {e}; a backup of remark42 has one comment a line", number + 1))?;
        if value.get("version").is_some() && value.get("id").is_none() {
            continue;
        }
        let comment: Comment = serde_json::from_value(value).map_err(|e| format!("line {}: {e}", number + 1))?;
        found.comments.push(elsewhere(comment));
    }
    Ok(found)
}

fn elsewhere(comment: Comment) -> Elsewhere {
    Elsewhere {
        key: format!("{}#{}", comment.locator.url, comment.id),
        parent: if comment.pid.is_empty() { String::new() } else { format!("{}#{}", comment.locator.url, comment.pid) },
        address: comment.locator.url,
        name: comment.user.name,
        at: Time::parse(&comment.time),
        shown: true,
        deleted: comment.delete,
        respect: comment.score,
        text: text::from_html(&comment.text),
    }
}
