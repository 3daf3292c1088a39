//! Layers that are off: what nobody sees does not come along.

use std::collections::HashSet;

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier},
};

use super::{Copy, array};
use crate::limits;

/// The layers that a reader does not show when it opens the file.
pub(super) fn hidden(pdf: &Pdf) -> HashSet<ObjectIdentifier> {
    let xref = pdf.xref();
    let listed = |list: Option<Array<'_>>| -> Vec<ObjectIdentifier> {
        let list = list.into_iter().flat_map(|list| list.raw_iter().take(limits::MAX_PAGES).collect::<Vec<_>>());
        list.filter_map(|item| item.as_obj_ref().map(ObjectIdentifier::from)).collect()
    };
    let Some(layers) = xref.get::<Dict<'_>>(xref.root_id()).and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"))
    else {
        return HashSet::new();
    };
    let usual = layers.get::<Dict<'_>>("D").unwrap_or_default();
    let mut hidden = HashSet::new();
    if usual.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
        hidden.extend(listed(array(&layers, "OCGs")));
    }
    for on in listed(array(&usual, "ON")) {
        hidden.remove(&on);
    }
    hidden.extend(listed(array(&usual, "OFF")));
    hidden
}

/// The names by which a content calls layers that are off.
pub(super) fn names(resources: &Dict<'_>, hidden: &HashSet<ObjectIdentifier>) -> HashSet<Vec<u8>> {
    let Some(properties) = resources.get::<Dict<'_>>("Properties") else { return HashSet::new() };
    let off = properties.entries().filter(|(_, object)| is_off(object, hidden));
    off.map(|(name, _)| name.as_ref().to_vec()).collect()
}

fn is_off(object: &MaybeRef<Object<'_>>, hidden: &HashSet<ObjectIdentifier>) -> bool {
    match object {
        MaybeRef::Ref(to) => hidden.contains(&ObjectIdentifier::from(*to)),
        MaybeRef::NotRef(Object::Dict(members)) => all_off(members, hidden),
        MaybeRef::NotRef(_) => false,
    }
}

/// A group of layers is shown as soon as one of them is.
fn all_off(members: &Dict<'_>, hidden: &HashSet<ObjectIdentifier>) -> bool {
    let off = |object: &MaybeRef<Object<'_>>| matches!(object, MaybeRef::Ref(to) if hidden.contains(&ObjectIdentifier::from(*to)));
    match members.get_raw::<Object<'_>>("OCGs") {
        Some(MaybeRef::NotRef(Object::Array(list))) => {
            let mut items = list.raw_iter().peekable();
            items.peek().is_some() && items.all(|item| off(&item))
        }
        Some(object) => off(&object),
        None => false,
    }
}

impl Copy<'_> {
    /// Whether a form, a picture or an annotation belongs to a layer that is off.
    pub(super) fn is_hidden(&self, dict: &Dict<'_>) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let Some(layer) = dict.get_raw::<Object<'_>>("OC") else { return false };
        is_off(&layer, &self.hidden)
            || dict.get::<Dict<'_>>("OC").is_some_and(|members| all_off(&members, &self.hidden))
    }
}
