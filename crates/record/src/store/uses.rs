//! What uses a person or a source: the quotations, and the stories these stand in.

use std::collections::BTreeMap;

use onrecord_accounts::{Action, Actor};
use onrecord_base::{Conn, Result, args};
use onrecord_stories::store::index;

use super::quotations;
use crate::Quotation;

/// Quotations of a person or source that one page lists.
pub const MOST: usize = 200;

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// A person, who is quoted.
    Person,
    /// A source, on which quotations rest.
    Source,
}

/// A story in which a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub story: String,
    /// Its headline; may be empty.
    pub headline: String,
    /// Where readers find it, if they do.
    pub path: Option<String>,
    /// Whether the asking person may open it at the desk.
    pub editable: bool,
}

/// A quotation that uses the person or source.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The record.
    pub quotation: Quotation,
    /// The stories that the asking person may see; empty for a record that stands nowhere any more.
    pub places: Vec<Place>,
}

/// What uses a person or source, as far as somebody at the desk may see it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Uses {
    /// The newest first, at most [`MOST`].
    pub shown: Vec<Use>,
    /// How many more stand only in drafts of others.
    pub hidden: usize,
}

impl Uses {
    /// Whether nothing uses it.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.hidden == 0
    }
}

/// What uses a person or source.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, used: Used, id: &str, actor: &Actor) -> Result<Uses> {
    let mut uses = Uses::default();
    let mut known = BTreeMap::new();
    for quotation in users(conn, used, id)? {
        let stories = stories_of(conn, &quotation.id)?;
        let nowhere = stories.is_empty();
        let mut places = Vec::new();
        for story in stories {
            if !known.contains_key(&story) {
                let place = place(conn, &story, actor)?;
                known.insert(story.clone(), place);
            }
            places.extend(known.get(&story).cloned().flatten());
        }
        match places.is_empty() && !nowhere {
            true => uses.hidden += 1,
            false => uses.shown.push(Use { quotation, places }),
        }
    }
    Ok(uses)
}

/// Whether somebody at the desk may work on a quotation: it stands in a draft that they may write.
///
/// # Errors
/// As [`Conn::query`].
pub fn may_work_on(conn: &mut Conn<'_>, actor: &Actor, quotation: &str) -> Result<bool> {
    for story in stories_of(conn, quotation)? {
        if place(conn, &story, actor)?.is_some_and(|place| place.editable) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The records that name it, and those that readers see with it although the record names another by now.
fn users(conn: &mut Conn<'_>, used: Used, id: &str) -> Result<Vec<Quotation>> {
    let column = match used {
        Used::Person => "person_id",
        Used::Source => "source_id",
    };
    let sql = format!(
        "SELECT id FROM (SELECT id FROM quotations WHERE {column} = $1
             UNION SELECT quotation_id FROM published_quotations WHERE {column} = $1) AS used
         ORDER BY id DESC LIMIT $2"
    );
    let rows = conn.query(&sql, args![id, MOST])?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.extend(quotations::find(conn, &row.get::<String>("id")?)?);
    }
    Ok(found)
}

/// The stories in whose draft or publication a quotation stands.
fn stories_of(conn: &mut Conn<'_>, quotation: &str) -> Result<Vec<String>> {
    super::standing::elsewhere(conn, quotation, "")
}

/// The story, if the person may see it: readers see it, or they may write it.
fn place(conn: &mut Conn<'_>, story: &str, actor: &Actor) -> Result<Option<Place>> {
    let Some((headline, path)) = index::glance(conn, story)? else { return Ok(None) };
    let editable = actor.can(Action::EditAnyStory) || index::is_own(conn, story, &actor.staff_id)?;
    let seen = path.is_some() || editable;
    Ok(seen.then(|| Place { story: story.to_owned(), headline, path, editable }))
}
