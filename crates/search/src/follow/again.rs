//! A look at all stories after an import, whose single stories stand in no log: whatever the index does not have, or has
//! of another revision, is written.

use onrecord_base::{App, Result};
use onrecord_stories::{
    Kind as StoryKind,
    published::{self, Cursor},
};

use super::gather::{self, Document, stamp_of};
use crate::{
    document::{self, Maker},
    generation::Generation,
    schema::Key,
};

/// Stories compared in one step.
const COMPARED: usize = 2_000;
/// Stories written in one step: what is published meanwhile waits for so many.
const WRITTEN: usize = 1_000;
/// Stories read at once.
const BATCH: usize = 250;

/// Where such a look is.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// The kind it is at, after which pages follow.
    pages: bool,
    before: Option<Cursor>,
    /// Something was imported since it began.
    once_more: bool,
}

impl Again {
    /// Something was imported: what was looked at already is to be looked at again.
    pub(super) fn once_more(&mut self) {
        self.once_more = self.is_under_way();
    }

    /// True once it began.
    pub(super) fn is_under_way(&self) -> bool {
        self.pages || self.before.is_some()
    }

    /// The next documents to be written, and whether that was all.
    pub(super) async fn next(
        &mut self,
        app: &App,
        generation: &Generation,
        maker: &Maker,
    ) -> Result<(Vec<Document>, bool)> {
        let kind = if self.pages { StoryKind::Page } else { StoryKind::Story };
        let before = self.before.clone();
        let standing = app.db.read(move |conn| published::walk(conn, kind, before.as_ref(), COMPARED)).await?;
        let (mut ids, mut place) = (Vec::new(), None);
        for one in &standing {
            let key = Key::Story(one.cursor.id.clone());
            let stamp = document::stamp_of_story(one.revision, one.cursor.at, one.updated_at);
            if stamp_of(generation, &key)? != Some(stamp) {
                ids.push(one.cursor.id.clone());
            }
            place = Some(one.cursor.clone());
            if ids.len() == WRITTEN {
                break;
            }
        }
        let mut documents = Vec::new();
        for ids in ids.chunks(BATCH) {
            documents.extend(gather::stories(app, maker, ids.to_vec()).await?);
        }
        match place {
            Some(place) => self.before = Some(place),
            None if !self.pages => (self.pages, self.before) = (true, None),
            None if self.once_more => *self = Again::default(),
            None => return Ok((documents, true)),
        }
        Ok((documents, false))
    }
}
