//! PDF: the pages' content with its fonts, pictures and colours, written as a new file.
//!
//! The walk begins at the pages and follows only what [`grammar`] allows in each place, so that what nobody has thought of
//! does not come along either: no description, XMP, attachments, scripts, actions, forms, structure, earlier revisions. Content
//! is written operator by operator; annotations are drawn onto their page; layers that are off are left out.

mod content;
mod drawn;
mod filters;
mod grammar;
mod layers;
mod pictures;
mod value;

use std::collections::{BTreeMap, HashSet, VecDeque};

use hayro_syntax::{
    LoadPdfError, Pdf,
    object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Rect, Stream},
};
use pdf_writer::{Finish, Name, Ref};

use grammar::Role;
use value::Value;

use crate::{Note, Outcome, Refused, limits};

/// The document, written anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    copy(bytes, notes).map(|(bytes, _)| bytes)
}

/// The document, written anew, and the pixels of its largest picture.
pub(crate) fn copy(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<(Vec<u8>, u64)> {
    if bytes.len() > limits::MAX_PDF {
        return Err(Refused::TooLarge);
    }
    filters::defuse(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::Encrypted,
        LoadPdfError::Invalid => Refused::Broken,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refused::Broken);
    }
    if pages.len() > limits::MAX_PAGES {
        return Err(Refused::TooComplex);
    }
    let mut copy = Copy::new(&pdf);
    let (catalog, tree) = (copy.fresh(), copy.fresh());
    copy.out.catalog(catalog).pages(tree);
    let mut kids = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        kids.push(copy.page(page, tree)?);
        copy.drain()?;
    }
    copy.out.pages(tree).count(kids.len() as i32).kids(kids);
    notes.append(&mut copy.notes);
    Ok((copy.out.finish(), copy.largest))
}

/// A copy under way.
struct Copy<'a> {
    pdf: &'a Pdf,
    out: pdf_writer::Pdf,
    next: i32,
    /// What is written, or will be, by what it is in the original and what it is used as.
    known: BTreeMap<(ObjectIdentifier, Role), Ref>,
    waiting: VecDeque<(ObjectIdentifier, Role, Ref)>,
    /// Layers that are off.
    hidden: HashSet<ObjectIdentifier>,
    values: usize,
    unpacked: usize,
    largest: u64,
    notes: Vec<Note>,
}

impl<'a> Copy<'a> {
    fn new(pdf: &'a Pdf) -> Self {
        Copy {
            pdf,
            out: pdf_writer::Pdf::new(),
            next: 1,
            known: BTreeMap::new(),
            waiting: VecDeque::new(),
            hidden: layers::hidden(pdf),
            values: 0,
            unpacked: 0,
            largest: 0,
            notes: Vec::new(),
        }
    }

    fn fresh(&mut self) -> Ref {
        let fresh = Ref::new(self.next);
        self.next += 1;
        fresh
    }

    fn object(&self, id: ObjectIdentifier) -> Option<Object<'a>> {
        self.pdf.xref().get::<Object<'a>>(id)
    }

    /// Writes what waits, and what that leads to.
    fn drain(&mut self) -> Outcome<()> {
        while let Some((id, role, place)) = self.waiting.pop_front() {
            match self.object(id) {
                Some(Object::Stream(stream)) => self.stream(&stream, role, place)?,
                Some(object) => {
                    let value = self.value(MaybeRef::NotRef(object), role, 0)?.unwrap_or(Value::Null);
                    value.write(self.out.indirect(place));
                }
                None => self.out.indirect(place).primitive(pdf_writer::Null),
            }
            if self.out.len() > limits::MAX_PDF_OUT {
                return Err(Refused::UnpacksTooLarge);
            }
        }
        Ok(())
    }

    /// Writes a page; answers where.
    fn page(&mut self, page: &hayro_syntax::page::Page<'a>, tree: Ref) -> Outcome<Ref> {
        let raw = page.raw();
        let resources = inherited(raw);
        let shown = self.content(raw.get::<Object<'a>>("Contents"), resources.as_ref())?;
        let mut own = match resources {
            Some(resources) => self.table(&resources, Role::Resources, 0)?,
            None => Vec::new(),
        };
        let drawn = self.drawn(raw, &mut own)?;
        let (at, body) = (self.fresh(), self.fresh());
        let mut text = b"q\n".to_vec();
        text.extend_from_slice(&shown);
        text.extend_from_slice(b"\nQ\n");
        text.extend_from_slice(&drawn);
        let packed = filters::pack(&text);
        self.out.stream(body, &packed).filter(pdf_writer::Filter::FlateDecode);
        let rect = |rect: Rect| pdf_writer::Rect::new(rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32);
        let group = match raw.get::<Dict<'a>>("Group") {
            Some(group) => Some(self.table(&group, Role::Group, 0)?),
            None => None,
        };
        let turned = rotation(raw);
        let unit = raw.get::<f32>("UserUnit").filter(|unit| (0.01..=1_000.0).contains(unit));
        let mut out = self.out.page(at);
        out.parent(tree).media_box(rect(page.media_box())).crop_box(rect(page.crop_box())).contents(body);
        if turned != 0 {
            out.rotate(turned);
        }
        if let Some(unit) = unit {
            out.user_unit(unit);
        }
        Value::Dict(own).write(out.insert(Name(b"Resources")));
        if let Some(group) = group {
            Value::Dict(group).write(out.insert(Name(b"Group")));
        }
        out.finish();
        if self.next as usize > limits::MAX_OBJECTS {
            return Err(Refused::TooComplex);
        }
        Ok(at)
    }

    /// The content of some streams, one behind the other, written anew.
    fn content(&mut self, object: Option<Object<'a>>, resources: Option<&Dict<'a>>) -> Outcome<Vec<u8>> {
        let streams: Vec<Stream<'a>> = match object {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Stream<'a>>().take(limits::MAX_PAGES).collect(),
            _ => Vec::new(),
        };
        let mut text = Vec::new();
        for stream in streams {
            // One that cannot be read leaves its gap, as in every reader.
            match self.unpack(&stream, true) {
                Ok(unpacked) => text.extend_from_slice(&unpacked.data),
                Err(Refused::Broken | Refused::Variety) => {}
                Err(other) => return Err(other),
            }
            text.push(b'\n');
            if text.len() > limits::MAX_STREAM {
                return Err(Refused::UnpacksTooLarge);
            }
        }
        let hidden = resources.map(|resources| layers::names(resources, &self.hidden)).unwrap_or_default();
        content::rewrite(&text, &hidden)
    }
}

/// A page's resources, its own or those of the tree above it.
fn inherited<'a>(page: &Dict<'a>) -> Option<Dict<'a>> {
    let mut at = page.clone();
    for _ in 0..limits::MAX_PDF_DEPTH {
        if let Some(found) = at.get::<Dict<'a>>("Resources") {
            return Some(found);
        }
        at = at.get::<Dict<'a>>("Parent")?;
    }
    None
}

fn rotation(page: &Dict<'_>) -> i32 {
    let mut at = page.clone();
    for _ in 0..limits::MAX_PDF_DEPTH {
        if let Some(turned) = at.get::<i32>("Rotate") {
            return turned.rem_euclid(360) / 90 * 90;
        }
        match at.get::<Dict<'_>>("Parent") {
            Some(parent) => at = parent,
            None => break,
        }
    }
    0
}

fn array<'a>(dict: &Dict<'a>, key: &str) -> Option<Array<'a>> {
    dict.get::<Array<'a>>(key)
}
