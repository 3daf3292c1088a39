//! Comments from elsewhere: kept with their threads, dates and writers; a second import of the same adds nothing, and
//! nothing that is here is changed or removed.

use std::collections::HashMap;

use onrecord_base::{Conn, Random, Result, Time};

use crate::{
    comment::{Queue, State, Why},
    rules::LONGEST_NAME,
    store::{
        comments::{self, Parent},
        imports,
    },
    text,
};

/// Name of a writer who gave none.
const NOBODY: &str = "Anonymous";
/// Bytes of a text from elsewhere; what is longer is cut.
const LONGEST: usize = 100_000;

/// A comment as it stood elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreign {
    /// Its name in its source: never given to two.
    pub key: String,
    /// The name of what it answers, empty for a root.
    pub parent: String,
    /// The id of the story it stands below here.
    pub story: String,
    /// Its writer's name.
    pub name: String,
    /// When it was written.
    pub at: Time,
    /// Whether readers saw it.
    pub shown: bool,
    /// It was deleted there, and stands only for its answers' sake.
    pub deleted: bool,
    /// Likes, as far as there were more than dislikes.
    pub respect: i64,
    /// Its text, as one would write it here.
    pub text: String,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Added now.
    pub added: u64,
    /// Added by an earlier import.
    pub known: u64,
    /// Without a word left after cleaning.
    pub empty: u64,
    /// Answers to something that is not there; kept as roots.
    pub orphans: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.added += other.added;
        self.known += other.known;
        self.empty += other.empty;
        self.orphans += other.orphans;
    }
}

/// Keeps what one story's thread was elsewhere, in one transaction.
///
/// # Errors
/// As [`Conn::query`].
pub fn thread(conn: &mut Conn<'_>, random: &Random, source: &str, foreign: &[Foreign], now: Time) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut places: HashMap<&str, Parent> = HashMap::new();
    for (at, orphan) in in_order(foreign) {
        let comment = &foreign[at];
        counts.orphans += u64::from(orphan);
        if let Some(id) = imports::find(conn, source, &comment.key)? {
            counts.known += 1;
            if let Some(known) = comments::find(conn, &id)? {
                places.insert(&comment.key, (&known).into());
            }
            continue;
        }
        let mut body = text::text(&comment.text);
        if let Some((cut, _)) = body.char_indices().find(|(at, _)| *at > LONGEST) {
            body.truncate(cut);
        }
        if body.is_empty() && !comment.deleted {
            counts.empty += 1;
            // Its answers hang on what it answered.
            if let Some(above) = places.get(comment.parent.as_str()).cloned() {
                places.insert(&comment.key, above);
            }
            continue;
        }
        let parent = places.get(comment.parent.as_str()).cloned();
        let id = random.id(comment.at);
        let place = Parent {
            root_id: parent.as_ref().map_or_else(|| id.clone(), |parent| parent.root_id.clone()),
            depth: parent.as_ref().map_or(0, |parent| parent.depth + 1),
            id: id.clone(),
        };
        add(conn, comment, id, parent, body)?;
        imports::keep(conn, source, &comment.key, &place.id, now)?;
        places.insert(&comment.key, place);
        counts.added += 1;
    }
    Ok(counts)
}

fn add(conn: &mut Conn<'_>, comment: &Foreign, id: String, parent: Option<Parent>, text: String) -> Result<()> {
    let name: String = text::name(&comment.name).chars().take(LONGEST_NAME).collect();
    let state = match (comment.deleted, comment.shown) {
        (true, _) => State::Erased,
        (_, true) => State::Shown,
        _ => State::Held,
    };
    let held = state == State::Held;
    let new = comments::New {
        story_id: comment.story.clone(),
        parent,
        at: comment.at,
        state,
        why: if held { Why::Mode } else { Why::None },
        queue: if held { Queue::Held } else { Queue::Nowhere },
        name: match (comment.deleted, name.is_empty()) {
            (true, _) => String::new(),
            (_, true) => NOBODY.into(),
            _ => name,
        },
        reader_id: None,
        staff_id: None,
        score: 0.0,
        drove: String::new(),
        notify: false,
        fingerprint: None,
        own_hash: None,
        address_key: None,
        text: if comment.deleted { String::new() } else { text },
        id,
    };
    comments::add(conn, &new)?;
    if comment.respect > 0 { imports::respect(conn, &new.id, comment.respect) } else { Ok(()) }
}

/// Every comment after what it answers, without recursion; with whether what it answers is missing or answers it in a
/// circle.
fn in_order(foreign: &[Foreign]) -> Vec<(usize, bool)> {
    let at: HashMap<&str, usize> = foreign.iter().enumerate().map(|(n, c)| (c.key.as_str(), n)).collect();
    let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut ordered = Vec::with_capacity(foreign.len());
    for (n, comment) in foreign.iter().enumerate() {
        match at.get(comment.parent.as_str()) {
            Some(parent) if *parent != n => below.entry(*parent).or_default().push(n),
            _ => ordered.push((n, !comment.parent.is_empty())),
        }
    }
    let mut seen = vec![false; foreign.len()];
    let mut next = 0;
    let mut from = 0;
    loop {
        while let Some((n, _)) = ordered.get(next).copied() {
            next += 1;
            seen[n] = true;
            ordered.extend(below.get(&n).into_iter().flatten().map(|child| (*child, false)));
        }
        // What answers itself in a circle is reached from no root: cut it open at its first.
        match (from..seen.len()).find(|n| !seen[*n]) {
            Some(n) => {
                from = n + 1;
                below.values_mut().for_each(|children| children.retain(|child| *child != n));
                ordered.push((n, true));
            }
            None => return ordered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(key: &str, parent: &str) -> Foreign {
        Foreign {
            key: key.into(),
            parent: parent.into(),
            story: "s".into(),
            name: "Ola".into(),
            at: Time::from_millis(0),
            shown: true,
            deleted: false,
            respect: 0,
            text: "x".into(),
        }
    }

    #[test]
    fn answers_come_after_what_they_answer() {
        let all = [foreign("c", "b"), foreign("b", "a"), foreign("a", ""), foreign("d", "lost"), foreign("e", "e")];
        let order: Vec<(&str, bool)> = in_order(&all).into_iter().map(|(n, o)| (all[n].key.as_str(), o)).collect();
        assert_eq!(order, [("a", false), ("d", true), ("e", true), ("b", false), ("c", false)]);
    }

    #[test]
    fn circles_are_cut_and_depth_costs_nothing() {
        let circle = [foreign("a", "b"), foreign("b", "a")];
        assert_eq!(in_order(&circle).len(), 2);
        let deep: Vec<Foreign> = (0..20_000)
            .map(|n| foreign(&n.to_string(), &if n == 0 { String::new() } else { (n - 1).to_string() }))
            .collect();
        assert_eq!(in_order(&deep).len(), deep.len());
    }
}
