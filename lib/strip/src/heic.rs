//! HEIC and AVIF: the shown picture with the tiles and the transparency that it is made of, under a new description. Exif and
//! XMP items, thumbnails, depth, other pictures of the same file stay out. The pixels are not decoded (no decoder in Rust is
//! ready for it), so an orientation, which is a property of the picture here, stays one; a profile becomes numbers.

use std::collections::{BTreeMap, BTreeSet};

use moxcms::ColorProfile;

use crate::{
    Note, Outcome, Refused,
    film::{
        boxes::{Cursor, boxes, child, put},
        handler,
        nal::{Units, hevc_configuration},
    },
    limits,
};

/// Coded pictures, and the description of a picture made of tiles.
const ITEMS: [&[u8; 4]; 3] = [b"hvc1", b"av01", b"grid"];
/// Properties that change what is seen, and the configurations of decoders.
const PROPERTIES: [&[u8; 4]; 11] =
    [b"ispe", b"av1C", b"pixi", b"irot", b"imir", b"clap", b"pasp", b"clli", b"mdcv", b"a1lx", b"lsel"];
/// The one auxiliary picture that belongs to what is seen.
const ALPHA: [&[u8]; 2] = [b"urn:mpeg:hevc:2015:auxid:1", b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"];
/// Largest description of a grid.
const MAX_GRID: usize = 12;

/// A coded picture or a grid.
struct Item<'a> {
    kind: [u8; 4],
    /// Where its bytes stand.
    extents: Vec<&'a [u8]>,
    /// Numbers of its properties, from one, and whether a reader must know them.
    properties: Vec<(usize, bool)>,
}

/// What a property becomes.
enum Property<'a> {
    Plain([u8; 4], &'a [u8]),
    Hevc(Vec<u8>, Units),
    Colours([u8; 11]),
    /// A profile: its primaries and curve, if they are known ones.
    Profile(Option<[u8; 4]>),
    Alpha(&'a [u8]),
    Unknown,
}

/// The picture under a new description.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let top = boxes(bytes)?;
    let meta = child(&top, b"meta").and_then(|meta| meta.get(4..)).ok_or(Refused::Variety)?;
    let meta = boxes(meta)?;
    let broken = Refused::Broken;
    let primary = child(&meta, b"pitm").and_then(primary).ok_or(broken)?;
    let mut items = BTreeMap::new();
    names(child(&meta, b"iinf").ok_or(broken)?, &mut items).ok_or(broken)?;
    places(child(&meta, b"iloc").ok_or(broken)?, bytes, child(&meta, b"idat"), &mut items).ok_or(broken)?;
    let iprp = boxes(child(&meta, b"iprp").ok_or(broken)?)?;
    let properties: Vec<Property<'_>> =
        boxes(child(&iprp, b"ipco").ok_or(broken)?)?.into_iter().map(property).collect();
    for (_, body) in iprp.iter().filter(|(name, _)| name == b"ipma") {
        associations(body, &mut items).ok_or(broken)?;
    }
    let references = child(&meta, b"iref").map_or(Ok(Vec::new()), |body| references(body).ok_or(broken))?;
    let kept = kept(primary, &items, &properties, &references)?;
    if kept.len() < items.len() {
        notes.push(Note::TracksLeftOut);
    }
    notes.push(Note::EncodedAsBefore);
    let copy = Copy {
        bytes: bytes.len(),
        primary,
        items: &items,
        properties: &properties,
        references: &references,
        kept: &kept,
    };
    copy.write(child(&top, b"ftyp").unwrap_or_default(), notes)
}

fn primary(body: &[u8]) -> Option<u32> {
    let mut cursor = Cursor::new(body);
    let version = cursor.u32()? >> 24;
    if version == 0 { cursor.u16().map(u32::from) } else { cursor.u32() }
}

/// The items and their types; those that are hidden by protection are none of ours.
fn names(body: &[u8], items: &mut BTreeMap<u32, Item<'_>>) -> Option<()> {
    let mut cursor = Cursor::new(body);
    let version = cursor.u32()? >> 24;
    if version == 0 {
        cursor.skip(2)?
    } else {
        cursor.skip(4)?
    };
    for (name, body) in boxes(cursor.rest()).ok()? {
        if &name != b"infe" {
            continue;
        }
        let mut cursor = Cursor::new(body);
        let version = cursor.u32()? >> 24;
        let id = match version {
            2 => u32::from(cursor.u16()?),
            3 => cursor.u32()?,
            _ => continue,
        };
        if cursor.u16()? != 0 {
            continue;
        }
        let kind = cursor.take(4)?.try_into().ok()?;
        items.insert(id, Item { kind, extents: Vec::new(), properties: Vec::new() });
    }
    Some(())
}

fn places<'a>(body: &[u8], file: &'a [u8], idat: Option<&'a [u8]>, items: &mut BTreeMap<u32, Item<'a>>) -> Option<()> {
    let mut cursor = Cursor::new(body);
    let version = cursor.u32()? >> 24;
    let sizes = usize::from(cursor.u16()?);
    let (offset, length, base) = (sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15);
    let index = if version == 1 || version == 2 { sizes & 15 } else { 0 };
    let count = if version < 2 { u32::from(cursor.u16()?) } else { cursor.u32()? };
    for _ in 0..count {
        let id = if version < 2 { u32::from(cursor.u16()?) } else { cursor.u32()? };
        let method = if version > 0 { cursor.u16()? & 15 } else { 0 };
        cursor.skip(2)?;
        let begin = usize::try_from(cursor.number(base)?).ok()?;
        let source = match method {
            0 => Some(file),
            1 => idat,
            _ => None,
        };
        for _ in 0..cursor.u16()? {
            cursor.skip(index)?;
            let at = begin.checked_add(usize::try_from(cursor.number(offset)?).ok()?)?;
            let length = usize::try_from(cursor.number(length)?).ok()?;
            let Some(item) = items.get_mut(&id) else { continue };
            let source = source?;
            // No length means: to the end.
            let end = if length == 0 { source.len() } else { at.checked_add(length)? };
            if item.extents.len() >= limits::MAX_FRAMES {
                return None;
            }
            item.extents.push(source.get(at..end)?);
        }
    }
    Some(())
}

fn property<'a>((name, body): ([u8; 4], &'a [u8])) -> Property<'a> {
    match &name {
        b"hvcC" => hevc_configuration(body).map_or(Property::Unknown, |(bytes, units)| Property::Hevc(bytes, units)),
        b"colr" => match body.get(..4) {
            Some(b"nclx") => {
                body.get(..11).and_then(|body| body.try_into().ok()).map_or(Property::Unknown, Property::Colours)
            }
            Some(b"prof" | b"rICC") => Property::Profile(known_profile(&body[4..])),
            _ => Property::Unknown,
        },
        b"auxC" => match body.get(4..) {
            Some(text) if ALPHA.contains(&text.split(|byte| *byte == 0).next().unwrap_or_default()) => {
                Property::Alpha(text)
            }
            _ => Property::Unknown,
        },
        name if PROPERTIES.contains(&name) && body.len() <= 256 => Property::Plain(*name, body),
        _ => Property::Unknown,
    }
}

/// Primaries and curve of a profile as the numbers that stand for them: sRGB or Display P3, the two that phones write.
fn known_profile(profile: &[u8]) -> Option<[u8; 4]> {
    let profile = (profile.len() <= limits::MAX_PROFILE).then(|| ColorProfile::new_from_slice(profile).ok())??;
    let near = |known: &ColorProfile| {
        let pairs = [
            (profile.red_colorant, known.red_colorant),
            (profile.green_colorant, known.green_colorant),
            (profile.blue_colorant, known.blue_colorant),
        ];
        pairs.iter().all(|(a, b)| (a.x - b.x).abs() < 0.01 && (a.y - b.y).abs() < 0.01 && (a.z - b.z).abs() < 0.01)
    };
    match () {
        () if near(&ColorProfile::new_srgb()) => Some([0, 1, 0, 13]),
        () if near(&ColorProfile::new_display_p3()) => Some([0, 12, 0, 13]),
        () => None,
    }
}

fn associations(body: &[u8], items: &mut BTreeMap<u32, Item<'_>>) -> Option<()> {
    let mut cursor = Cursor::new(body);
    let head = cursor.u32()?;
    let (version, wide) = (head >> 24, head & 1 == 1);
    for _ in 0..cursor.u32()? {
        let id = if version == 0 { u32::from(cursor.u16()?) } else { cursor.u32()? };
        for _ in 0..cursor.u8()? {
            let (number, essential) = match wide {
                true => {
                    let value = cursor.u16()?;
                    (usize::from(value & 0x7fff), value >> 15 == 1)
                }
                false => {
                    let value = cursor.u8()?;
                    (usize::from(value & 0x7f), value >> 7 == 1)
                }
            };
            if let Some(item) = items.get_mut(&id)
                && number > 0
            {
                item.properties.push((number - 1, essential));
            }
        }
    }
    Some(())
}

/// Type, from, to.
type Reference = ([u8; 4], u32, Vec<u32>);

fn references(body: &[u8]) -> Option<Vec<Reference>> {
    let mut cursor = Cursor::new(body);
    let width = if cursor.u32()? >> 24 == 0 { 2 } else { 4 };
    let mut found = Vec::new();
    for (name, body) in boxes(cursor.rest()).ok()? {
        let mut cursor = Cursor::new(body);
        let from = cursor.number(width)? as u32;
        let mut to = Vec::new();
        for _ in 0..cursor.u16()? {
            to.push(cursor.number(width)? as u32);
        }
        found.push((name, from, to));
    }
    Some(found)
}

/// The items that make up the picture: itself, its tiles, its transparency and the tiles of that.
fn kept(
    primary: u32,
    items: &BTreeMap<u32, Item<'_>>,
    properties: &[Property<'_>],
    references: &[Reference],
) -> Outcome<BTreeSet<u32>> {
    let mut kept = BTreeSet::new();
    let mut next = vec![primary];
    while let Some(id) = next.pop() {
        let item = items.get(&id).filter(|item| ITEMS.contains(&&item.kind)).ok_or(Refused::Variety)?;
        if item.extents.is_empty() {
            return Err(Refused::Broken);
        }
        if !kept.insert(id) {
            continue;
        }
        if kept.len() > limits::MAX_FRAMES {
            return Err(Refused::TooComplex);
        }
        for (kind, from, to) in references {
            if kind == b"dimg" && *from == id {
                next.extend(to);
            }
            let alpha = || {
                let item = items.get(from)?;
                item.properties.iter().find(|(number, _)| matches!(properties.get(*number), Some(Property::Alpha(_))))
            };
            if kind == b"auxl" && to.contains(&id) && alpha().is_some() {
                next.push(*from);
            }
        }
    }
    Ok(kept)
}

struct Copy<'c, 'a> {
    bytes: usize,
    primary: u32,
    items: &'c BTreeMap<u32, Item<'a>>,
    properties: &'c [Property<'a>],
    references: &'c [Reference],
    kept: &'c BTreeSet<u32>,
}

impl Copy<'_, '_> {
    fn write(&self, ftyp: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
        let mut media = Vec::new();
        let mut places = Vec::new();
        for id in self.kept {
            let begin = media.len();
            self.copy(&self.items[id], &mut media)?;
            places.push((*id, begin, media.len() - begin));
            if media.len() > self.bytes {
                return Err(Refused::Broken);
            }
        }
        let mut out = Vec::new();
        put(&mut out, b"ftyp", |out| {
            let avif = ftyp.get(..4) == Some(b"avif");
            out.extend_from_slice(if avif { b"avif" } else { b"heic" });
            out.extend_from_slice(&[0; 4]);
            out.extend_from_slice(b"mif1");
            out.extend_from_slice(if avif { b"avif" } else { b"heic" });
        });
        let begin = out.len();
        // Twice: where the media stand is known once the description's length is.
        self.describe(&mut out, &places, 0, &mut Vec::new());
        let base = out.len() + 8;
        out.truncate(begin);
        self.describe(&mut out, &places, base, notes);
        out.extend_from_slice(&(media.len() as u32 + 8).to_be_bytes());
        out.extend_from_slice(b"mdat");
        out.append(&mut media);
        Ok(out)
    }

    fn copy(&self, item: &Item<'_>, out: &mut Vec<u8>) -> Outcome<()> {
        let length: usize = item.extents.iter().map(|extent| extent.len()).sum();
        if length > self.bytes {
            return Err(Refused::Broken);
        }
        let whole = item.extents.concat();
        let units = item.properties.iter().find_map(|(number, _)| match self.properties.get(*number) {
            Some(Property::Hevc(_, units)) => Some(*units),
            _ => None,
        });
        match (&item.kind, units) {
            (b"grid", _) => out.extend_from_slice(&whole[..whole.len().min(MAX_GRID)]),
            (b"hvc1", None) => return Err(Refused::Broken),
            (b"hvc1", Some(units)) => units.copy(&whole, out),
            _ => out.extend_from_slice(&whole),
        }
        Ok(())
    }

    fn describe(&self, out: &mut Vec<u8>, places: &[(u32, usize, usize)], base: usize, notes: &mut Vec<Note>) {
        let long = |out: &mut Vec<u8>, value: usize| out.extend_from_slice(&(value as u32).to_be_bytes());
        let short = |out: &mut Vec<u8>, value: usize| out.extend_from_slice(&(value as u16).to_be_bytes());
        put(out, b"meta", |out| {
            out.extend_from_slice(&[0; 4]);
            handler(out, b"pict");
            put(out, b"pitm", |out| [1 << 24, self.primary as usize].iter().for_each(|value| long(out, *value)));
            put(out, b"iinf", |out| {
                out.extend_from_slice(&[0; 4]);
                short(out, self.kept.len());
                for id in self.kept {
                    put(out, b"infe", |out| {
                        // What is not shown by itself is marked as hidden.
                        long(out, (3 << 24) | usize::from(*id != self.primary));
                        long(out, *id as usize);
                        short(out, 0);
                        out.extend_from_slice(&self.items[id].kind);
                        out.push(0);
                    });
                }
            });
            self.refer(out);
            put(out, b"iprp", |out| self.own(out, notes));
            put(out, b"iloc", |out| {
                long(out, 2 << 24);
                short(out, 0x4400);
                long(out, places.len());
                for (id, begin, length) in places {
                    long(out, *id as usize);
                    [0, 0, 1].iter().for_each(|value| short(out, *value));
                    long(out, base + begin);
                    long(out, *length);
                }
            });
        });
    }

    fn refer(&self, out: &mut Vec<u8>) {
        let all = |from: &u32, to: &[u32]| self.kept.contains(from) && to.iter().all(|to| self.kept.contains(to));
        let kept = |kind: &[u8; 4]| matches!(kind, b"dimg" | b"auxl");
        if !self.references.iter().any(|(kind, from, to)| kept(kind) && all(from, to)) {
            return;
        }
        put(out, b"iref", |out| {
            out.extend_from_slice(&[1, 0, 0, 0]);
            for (kind, from, to) in self.references.iter().filter(|(kind, from, to)| kept(kind) && all(from, to)) {
                put(out, kind, |out| {
                    out.extend_from_slice(&from.to_be_bytes());
                    out.extend_from_slice(&(to.len() as u16).to_be_bytes());
                    to.iter().for_each(|to| out.extend_from_slice(&to.to_be_bytes()));
                });
            }
        });
    }

    /// The properties that items share, and which item has which.
    fn own(&self, out: &mut Vec<u8>, notes: &mut Vec<Note>) {
        let mut shared: Vec<Vec<u8>> = Vec::new();
        let mut owned: Vec<(u32, Vec<(usize, bool)>)> = Vec::new();
        for id in self.kept {
            let item = &self.items[id];
            let mut own = Vec::new();
            for (number, essential) in &item.properties {
                let Some(bytes) = self.properties.get(*number).and_then(|property| self.written(item, property, notes))
                else {
                    continue;
                };
                let at = shared.iter().position(|known| *known == bytes).unwrap_or_else(|| {
                    shared.push(bytes);
                    shared.len() - 1
                });
                own.push((at + 1, *essential));
            }
            owned.push((*id, own));
        }
        put(out, b"ipco", |out| shared.iter().for_each(|property| out.extend_from_slice(property)));
        put(out, b"ipma", |out| {
            out.extend_from_slice(&[1, 0, 0, 1]);
            out.extend_from_slice(&(owned.len() as u32).to_be_bytes());
            for (id, own) in &owned {
                out.extend_from_slice(&id.to_be_bytes());
                out.push(own.len().min(255) as u8);
                for (at, essential) in own.iter().take(255) {
                    out.extend_from_slice(&((*at as u16) | u16::from(*essential) << 15).to_be_bytes());
                }
            }
        });
    }

    fn written(&self, item: &Item<'_>, property: &Property<'_>, notes: &mut Vec<Note>) -> Option<Vec<u8>> {
        let own = |wanted: fn(&Property<'_>) -> Option<[u8; 11]>| {
            item.properties.iter().find_map(|(number, _)| self.properties.get(*number).and_then(wanted))
        };
        let mut out = Vec::new();
        match property {
            Property::Plain(name, body) => put(&mut out, name, |out| out.extend_from_slice(body)),
            Property::Hevc(bytes, _) => put(&mut out, b"hvcC", |out| out.extend_from_slice(bytes)),
            Property::Alpha(text) => put(&mut out, b"auxC", |out| {
                out.extend_from_slice(&[0; 4]);
                out.extend(text.iter().take_while(|byte| **byte != 0));
                out.push(0);
            }),
            Property::Colours(body) => put(&mut out, b"colr", |out| out.extend_from_slice(body)),
            Property::Profile(None) => {
                notes.push(Note::ColoursApproximate);
                return None;
            }
            Property::Profile(Some(known)) => {
                // The matrix is not of the profile's world: the picture's own, or what the standard says where none is named.
                let numbers = own(|property| match property {
                    Property::Colours(body) => Some(*body),
                    _ => None,
                });
                if numbers.is_some() {
                    return None;
                }
                put(&mut out, b"colr", |out| {
                    out.extend_from_slice(b"nclx");
                    out.extend_from_slice(known);
                    out.extend_from_slice(&[0, 6, 0x80]);
                });
            }
            Property::Unknown => return None,
        }
        Some(out)
    }
}
