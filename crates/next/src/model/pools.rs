//! Where candidates come from: few of many thousands are looked at closely.

use super::{Model, entries::Timeline};
use crate::rank::{positions::PLACES, spread::OF_ONE};

/// The newest stories in the language.
const NEWEST: usize = 80;
/// The newest of the story's own section.
const SECTION: usize = 60;
/// The newest of each other section, so that a list can always be mixed.
const EACH_SECTION: usize = OF_ONE + 1;
/// Sections that are looked at for that.
const SECTIONS: usize = 40;
/// What is alike in words.
const ALIKE: usize = 60;
/// Stories in which one of the people speaks.
const PERSON: usize = 30;
/// People of a story that are followed.
const PEOPLE: usize = 12;
/// What is clicked most.
const HOT: usize = 60;
/// Where readers went most from here.
const READ: usize = 30;

impl Model {
    /// Stories to be ranked after `from`: published, not it or its translation, not what editors ruled out. In its own
    /// language, as long as that fills a list.
    pub(super) fn candidates(&self, from: u32) -> Vec<u32> {
        let entries = &self.entries;
        let here = entries.get(from);
        let mut found: Vec<u32> = Vec::with_capacity(512);
        let newest = |timeline: Option<&Timeline>, most: usize, found: &mut Vec<u32>| {
            found.extend(timeline.into_iter().flat_map(|t| t.iter().rev().take(most)).map(|(_, story)| *story));
        };
        newest(entries.by_language.get(&here.language), NEWEST, &mut found);
        newest(entries.by_section.get(&(here.language, here.section)), SECTION, &mut found);
        let sections = entries.by_section.iter().filter(|((language, _), _)| *language == here.language);
        for (_, timeline) in sections.take(SECTIONS) {
            newest(Some(timeline), EACH_SECTION, &mut found);
        }
        found.extend(entries.like(from, ALIKE));
        for person in here.people.iter().take(PEOPLE) {
            newest(entries.by_person.get(person), PERSON, &mut found);
        }
        for exchange in here.exchanges.iter().take(PEOPLE) {
            newest(entries.by_exchange.get(exchange), PERSON, &mut found);
        }
        found.extend(self.counts.hot().iter().take(HOT));
        found.extend(self.counts.went_to(from).take(READ));
        let allowed = |story: &u32| self.allowed(from, *story);
        found.sort_unstable();
        found.dedup();
        found.retain(allowed);
        let own: Vec<u32> =
            found.iter().copied().filter(|story| entries.get(*story).language == here.language).collect();
        if own.len() >= PLACES {
            return own;
        }
        // A small newsroom, or a language with few stories: all of them, the translations of this one last of all.
        newest(Some(&entries.by_time), NEWEST, &mut found);
        found.sort_unstable();
        found.dedup();
        found.retain(allowed);
        let others: Vec<u32> = found.iter().copied().filter(|story| entries.group(*story) != here.group).collect();
        if others.is_empty() { found } else { others }
    }

    /// Published here and now, another story than `from`, and not ruled out by an editor.
    pub(super) fn allowed(&self, from: u32, story: u32) -> bool {
        let entries = &self.entries;
        let id = entries.id(story);
        story != from
            && entries.find(id).is_some()
            && !self.wishes.withheld.contains(id)
            && self.wishes.excludes.get(entries.id(from)).is_none_or(|never| !never.contains(id))
            && (entries.group(story) != entries.group(from) || entries.len() <= PLACES)
    }
}
