//! Annotations, drawn onto their page: what a reader sees of them stays, who wrote them and when does not.

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Rect};

use super::{Copy, Value, array, grammar::Role};
use crate::{Note, Outcome, limits};

/// Flags of an annotation that is not shown: hidden, no view.
const NOT_SHOWN: i32 = 2 | 32;

impl<'a> Copy<'a> {
    /// Adds the page's annotations to its resources; answers the content that draws them.
    pub(super) fn drawn(&mut self, page: &Dict<'a>, resources: &mut Vec<(Vec<u8>, Value)>) -> Outcome<Vec<u8>> {
        let mut text = Vec::new();
        let mut own = Vec::new();
        let Some(list) = array(page, "Annots") else { return Ok(text) };
        for annotation in list.iter::<Dict<'a>>().take(limits::MAX_PAGES) {
            let kind = annotation.get::<Name<'a>>("Subtype");
            let kind = kind.as_deref().unwrap_or_default();
            let silent = matches!(kind, b"Link" | b"Popup");
            if !silent {
                self.notes.push(Note::AnnotationsDrawn);
            }
            let shown = annotation.get::<i32>("F").unwrap_or(0) & NOT_SHOWN == 0;
            if kind == b"Popup" || !shown || self.is_hidden(&annotation) {
                continue;
            }
            let Some((form, matrix)) = appearance(&annotation) else { continue };
            let name = format!("OnrecordDrawn{}", own.len());
            text.extend_from_slice(
                format!("q {} cm /{name} Do Q\n", matrix.map(|n| format!("{n:.5}")).join(" ")).as_bytes(),
            );
            own.push((name.into_bytes(), Value::Ref(self.place(form, Role::Form))));
        }
        if own.is_empty() {
            return Ok(text);
        }
        match resources.iter_mut().find(|(key, _)| key == b"XObject") {
            Some((_, Value::Dict(entries))) => entries.append(&mut own),
            Some((_, other)) => {
                // The page shares its list with others: it is looked up and repeated here.
                let mut entries = match page_objects(page) {
                    Some(dict) => self.table(&dict, Role::Objects, 0)?,
                    None => Vec::new(),
                };
                entries.append(&mut own);
                *other = Value::Dict(entries);
            }
            None => resources.push((b"XObject".to_vec(), Value::Dict(own))),
        }
        Ok(text)
    }
}

fn page_objects<'a>(page: &Dict<'a>) -> Option<Dict<'a>> {
    super::inherited(page)?.get::<Dict<'a>>("XObject")
}

/// The form that shows an annotation, and the matrix that puts it where the annotation is.
fn appearance(annotation: &Dict<'_>) -> Option<(ObjectIdentifier, [f64; 6])> {
    let looks = annotation.get::<Dict<'_>>("AP")?;
    let (id, form) = match looks.get::<Object<'_>>("N")? {
        Object::Stream(form) => (looks.get_ref("N")?, form),
        Object::Dict(states) => {
            let state = annotation.get::<Name<'_>>("AS")?;
            match states.get::<Object<'_>>(state.as_ref())? {
                Object::Stream(form) => (states.get_ref(state.as_ref())?, form),
                _ => return None,
            }
        }
        _ => return None,
    };
    let dict = form.dict();
    let (rect, bbox) = (annotation.get::<Rect>("Rect")?, dict.get::<Rect>("BBox")?);
    let mut own = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    if let Some(matrix) = array(dict, "Matrix") {
        let numbers: Vec<f64> = matrix.iter::<f64>().take(6).collect();
        own = numbers.try_into().ok()?;
    }
    // The box that the form fills once its own matrix is applied.
    let corners = [(bbox.x0, bbox.y0), (bbox.x1, bbox.y0), (bbox.x0, bbox.y1), (bbox.x1, bbox.y1)];
    let moved = corners.map(|(x, y)| (own[0] * x + own[2] * y + own[4], own[1] * x + own[3] * y + own[5]));
    let least = |pick: fn(&(f64, f64)) -> f64| moved.iter().map(pick).fold(f64::INFINITY, f64::min);
    let most = |pick: fn(&(f64, f64)) -> f64| moved.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
    let (left, bottom) = (least(|p| p.0), least(|p| p.1));
    let (width, height) = (most(|p| p.0) - left, most(|p| p.1) - bottom);
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let (x, y) = ((rect.x1 - rect.x0) / width, (rect.y1 - rect.y0) / height);
    let matrix = [x, 0.0, 0.0, y, rect.x0 - left * x, rect.y0 - bottom * y];
    matrix.iter().all(|number| number.is_finite()).then(|| (id.into(), matrix))
}
