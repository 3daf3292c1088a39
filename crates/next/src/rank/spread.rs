//! A list out of a ranking: at most two of five neighbours from one section, and no story twice in other words.

/// Neighbours that are looked at together.
pub const WINDOW: usize = 5;
/// The most of them that come from one section, as long as there are others.
pub const OF_ONE: usize = 2;

/// What the list has to know of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The story.
    pub story: u32,
    /// Its section.
    pub section: u32,
    /// What it is a translation of, itself if of nothing.
    pub group: u32,
}

/// The best `wanted` of a ranking (best first), `first` at the top. Where a section would stand too close together, the
/// next best of another one comes first; only if there is none, the section fills the list.
pub fn spread(ranked: &[Item], first: Option<Item>, wanted: usize) -> Vec<Item> {
    let mut list: Vec<Item> = first.into_iter().take(wanted).collect();
    let mut left: Vec<Item> = ranked.to_vec();
    while list.len() < wanted {
        left.retain(|item| list.iter().all(|had| had.story != item.story && had.group != item.group));
        let near = &list[list.len().saturating_sub(WINDOW - 1)..];
        let crowded = |item: &Item| near.iter().filter(|had| had.section == item.section).count() >= OF_ONE;
        let Some(at) = left.iter().position(|item| !crowded(item)).or((!left.is_empty()).then_some(0)) else { break };
        list.push(left.remove(at));
    }
    list
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_section_stands_thrice_among_five_only_if_nothing_else_is_left(
            sections in prop::collection::vec(0u32..5, 0..40),
            wanted in 1usize..8,
        ) {
            let ranked: Vec<Item> = sections.iter().zip(0..).map(|(section, story)| Item { story, section: *section, group: story }).collect();
            let list = spread(&ranked, None, wanted);
            prop_assert_eq!(list.len(), wanted.min(ranked.len()));
            for (at, item) in list.iter().enumerate() {
                prop_assert!(list[..at].iter().all(|had| had.story != item.story));
                let near = &list[at.saturating_sub(WINDOW - 1)..at];
                let crowded = |section: u32| near.iter().filter(|had| had.section == section).count() >= OF_ONE;
                let other = ranked.iter().any(|one| !list[..at].contains(one) && !crowded(one.section));
                prop_assert!(!crowded(item.section) || !other);
            }
        }
    }
}
