//! What is allowed in which place of a PDF.

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier, Stream};
use pdf_writer::Ref;

use super::{Copy, Value};
use crate::{Note, Outcome, Refused, limits};

/// What an object is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Numbers, names and lists of them.
    Plain,
    /// The same with strings, where the format needs them.
    Strings,
    Resources,
    Fonts,
    Font,
    CidSystem,
    Descriptor,
    FontFile,
    Encoding,
    CMap,
    Glyphs,
    Glyph,
    States,
    State,
    StateMask,
    Group,
    Colors,
    Color,
    Calibrated,
    Patterns,
    Pattern,
    Shadings,
    Shading,
    Objects,
    Form,
    Picture,
    Function,
    /// The bytes of a stream, without a word about them.
    Bytes,
}

use Role::*;

impl Role {
    /// The entries that are allowed in a dictionary, and what they are.
    fn entries(self) -> &'static [(&'static str, Role)] {
        match self {
            Resources => &[
                ("Font", Fonts),
                ("ExtGState", States),
                ("ColorSpace", Colors),
                ("Pattern", Patterns),
                ("Shading", Shadings),
                ("XObject", Objects),
            ],
            Font => &[
                ("Type", Plain),
                ("Subtype", Plain),
                ("BaseFont", Plain),
                ("FirstChar", Plain),
                ("LastChar", Plain),
                ("Widths", Plain),
                ("FontDescriptor", Descriptor),
                ("Encoding", Encoding),
                ("ToUnicode", CMap),
                ("DescendantFonts", Font),
                ("CIDSystemInfo", CidSystem),
                ("DW", Plain),
                ("W", Plain),
                ("DW2", Plain),
                ("W2", Plain),
                ("CIDToGIDMap", Bytes),
                ("FontBBox", Plain),
                ("FontMatrix", Plain),
                ("CharProcs", Glyphs),
                ("Resources", Resources),
            ],
            CidSystem => &[("Registry", Strings), ("Ordering", Strings), ("Supplement", Plain)],
            Descriptor => &[
                ("Type", Plain),
                ("FontName", Plain),
                ("FontStretch", Plain),
                ("FontWeight", Plain),
                ("Flags", Plain),
                ("FontBBox", Plain),
                ("ItalicAngle", Plain),
                ("Ascent", Plain),
                ("Descent", Plain),
                ("Leading", Plain),
                ("CapHeight", Plain),
                ("XHeight", Plain),
                ("StemV", Plain),
                ("StemH", Plain),
                ("AvgWidth", Plain),
                ("MaxWidth", Plain),
                ("MissingWidth", Plain),
                ("FontFile", FontFile),
                ("FontFile2", FontFile),
                ("FontFile3", FontFile),
            ],
            FontFile => &[("Length1", Plain), ("Length2", Plain), ("Length3", Plain), ("Subtype", Plain)],
            Encoding => &[("Type", Plain), ("BaseEncoding", Plain), ("Differences", Plain)],
            CMap => &[
                ("Type", Plain),
                ("CMapName", Plain),
                ("CIDSystemInfo", CidSystem),
                ("WMode", Plain),
                ("UseCMap", CMap),
            ],
            State => &[
                ("Type", Plain),
                ("LW", Plain),
                ("LC", Plain),
                ("LJ", Plain),
                ("ML", Plain),
                ("D", Plain),
                ("RI", Plain),
                ("Font", Font),
                ("BG", Function),
                ("BG2", Function),
                ("UCR", Function),
                ("UCR2", Function),
                ("TR", Function),
                ("TR2", Function),
                ("FL", Plain),
                ("SM", Plain),
                ("SA", Plain),
                ("BM", Plain),
                ("SMask", StateMask),
                ("CA", Plain),
                ("ca", Plain),
                ("AIS", Plain),
                ("TK", Plain),
                ("OP", Plain),
                ("op", Plain),
                ("OPM", Plain),
            ],
            StateMask => &[("Type", Plain), ("S", Plain), ("G", Form), ("BC", Plain), ("TR", Function)],
            Group => &[("Type", Plain), ("S", Plain), ("CS", Color), ("I", Plain), ("K", Plain)],
            Calibrated => {
                &[("WhitePoint", Plain), ("BlackPoint", Plain), ("Gamma", Plain), ("Matrix", Plain), ("Range", Plain)]
            }
            Pattern => &[
                ("Type", Plain),
                ("PatternType", Plain),
                ("PaintType", Plain),
                ("TilingType", Plain),
                ("BBox", Plain),
                ("XStep", Plain),
                ("YStep", Plain),
                ("Resources", Resources),
                ("Matrix", Plain),
                ("Shading", Shading),
                ("ExtGState", State),
            ],
            Shading => &[
                ("ShadingType", Plain),
                ("ColorSpace", Color),
                ("Background", Plain),
                ("BBox", Plain),
                ("AntiAlias", Plain),
                ("Function", Function),
                ("Domain", Plain),
                ("Coords", Plain),
                ("Extend", Plain),
                ("Matrix", Plain),
                ("BitsPerCoordinate", Plain),
                ("BitsPerComponent", Plain),
                ("BitsPerFlag", Plain),
                ("Decode", Plain),
                ("VerticesPerRow", Plain),
            ],
            Form => &[
                ("Type", Plain),
                ("Subtype", Plain),
                ("FormType", Plain),
                ("BBox", Plain),
                ("Matrix", Plain),
                ("Resources", Resources),
                ("Group", Group),
            ],
            Picture => &[
                ("Type", Plain),
                ("Subtype", Plain),
                ("Width", Plain),
                ("Height", Plain),
                ("ColorSpace", Color),
                ("BitsPerComponent", Plain),
                ("Intent", Plain),
                ("ImageMask", Plain),
                ("Mask", Picture),
                ("Decode", Plain),
                ("Interpolate", Plain),
                ("SMask", Picture),
                ("SMaskInData", Plain),
                ("Matte", Plain),
            ],
            Function => &[
                ("FunctionType", Plain),
                ("Domain", Plain),
                ("Range", Plain),
                ("Size", Plain),
                ("BitsPerSample", Plain),
                ("Order", Plain),
                ("Encode", Plain),
                ("Decode", Plain),
                ("C0", Plain),
                ("C1", Plain),
                ("N", Plain),
                ("Functions", Function),
                ("Bounds", Plain),
            ],
            Glyph | Bytes | Plain | Strings | Color => &[],
            // Their names are free; see `each`.
            Fonts | Glyphs | States | Colors | Patterns | Shadings | Objects => &[],
        }
    }

    /// What each entry of a dictionary with free names is.
    fn each(self) -> Option<Role> {
        match self {
            Fonts => Some(Font),
            Glyphs => Some(Glyph),
            States => Some(State),
            Colors => Some(Color),
            Patterns => Some(Pattern),
            Shadings => Some(Shading),
            // Forms and pictures are told apart when they are met.
            Objects => Some(Form),
            _ => None,
        }
    }
}

impl<'a> Copy<'a> {
    /// The allowed part of a dictionary.
    pub(super) fn table(&mut self, dict: &Dict<'a>, role: Role, depth: usize) -> Outcome<Vec<(Vec<u8>, Value)>> {
        let mut entries = Vec::new();
        if let Some(each) = role.each() {
            for (name, object) in dict.entries() {
                if let Some(value) = self.value(object, each, depth + 1)? {
                    entries.push((name.as_ref().to_vec(), value));
                }
            }
            return Ok(entries);
        }
        for (key, inner) in role.entries() {
            let Some(object) = dict.get_raw::<Object<'a>>(*key) else { continue };
            if let Some(value) = self.value(object, *inner, depth + 1)? {
                entries.push((key.as_bytes().to_vec(), value));
            }
        }
        Ok(entries)
    }

    /// What a value becomes; none if it is not allowed.
    pub(super) fn value(&mut self, object: MaybeRef<Object<'a>>, role: Role, depth: usize) -> Outcome<Option<Value>> {
        self.values += 1;
        if self.values > limits::MAX_PDF_VALUES || depth > limits::MAX_PDF_DEPTH {
            return Err(Refused::TooComplex);
        }
        let object = match object {
            MaybeRef::NotRef(object) => object,
            MaybeRef::Ref(to) => match self.object(to.into()) {
                Some(object @ (Object::Dict(_) | Object::Stream(_))) if !matches!(role, Plain | Strings | Color) => {
                    return Ok(self.refer(to, &object, role));
                }
                Some(object) => object,
                None => return Ok(None),
            },
        };
        Ok(match object {
            Object::Boolean(value) => Some(Value::Bool(value)),
            Object::Number(number) => Some(Value::number(number.as_f64())),
            Object::Name(name) if role == Color => self.named(&name),
            Object::Name(name) => Some(Value::Name(name.as_ref().to_vec())),
            Object::String(text) if role == Strings => Some(Value::Text(text.as_bytes().to_vec())),
            Object::Array(array) if role == Color => self.color(&array, depth)?,
            Object::Array(array) => {
                let mut items = Vec::new();
                for item in array.raw_iter() {
                    // A gap stays a gap: places count.
                    items.push(self.value(item, role, depth + 1)?.unwrap_or(Value::Null));
                }
                Some(Value::Array(items))
            }
            Object::Dict(_) if matches!(role, Plain | Strings | Color | Bytes) => None,
            Object::Dict(dict) => Some(Value::Dict(self.table(&dict, role, depth)?)),
            Object::Null(_) | Object::String(_) | Object::Stream(_) => None,
        })
    }

    /// A reference to an object that will be written.
    fn refer(&mut self, to: ObjRef, object: &Object<'a>, role: Role) -> Option<Value> {
        let id: ObjectIdentifier = to.into();
        let dict = match object {
            Object::Stream(stream) => stream.dict(),
            Object::Dict(dict) => dict,
            _ => return None,
        };
        if self.is_hidden(dict) {
            return None;
        }
        let role = match (role, dict.get::<Name<'a>>("Subtype").as_deref()) {
            (Form, Some(b"Image")) => Picture,
            (Form, Some(b"PS")) => return None,
            (Encoding, _) if matches!(object, Object::Stream(_)) => CMap,
            (role, _) => role,
        };
        Some(Value::Ref(self.place(id, role)))
    }

    /// Where an object stands or will stand.
    pub(super) fn place(&mut self, id: ObjectIdentifier, role: Role) -> Ref {
        if let Some(place) = self.known.get(&(id, role)) {
            return *place;
        }
        let place = self.fresh();
        self.known.insert((id, role), place);
        self.waiting.push_back((id, role, place));
        place
    }

    fn named(&mut self, name: &Name<'a>) -> Option<Value> {
        Some(Value::Name(name.as_ref().to_vec()))
    }

    /// A colour space. Profiles, which can name a device and a person, become the plain space of their colours.
    fn color(&mut self, array: &Array<'a>, depth: usize) -> Outcome<Option<Value>> {
        let items: Vec<MaybeRef<Object<'a>>> = array.raw_iter().take(8).collect();
        let resolved: Vec<Object<'a>> = array.iter::<Object<'a>>().take(8).collect();
        let Some(Object::Name(family)) = resolved.first() else { return Ok(None) };
        let mut out = vec![Value::Name(family.as_ref().to_vec())];
        match family.as_ref() {
            b"ICCBased" => return Ok(resolved.get(1).and_then(|profile| self.plain_space(profile))),
            b"CalGray" | b"CalRGB" | b"Lab" => match resolved.get(1) {
                Some(Object::Dict(dict)) => out.push(Value::Dict(self.table(dict, Calibrated, depth)?)),
                _ => return Ok(None),
            },
            b"Indexed" | b"I" => {
                for (at, item) in items.into_iter().enumerate().skip(1).take(3) {
                    let role = [Plain, Color, Plain, Strings][at];
                    let stream = match (&item, at, resolved.get(at)) {
                        (MaybeRef::Ref(to), 3, Some(Object::Stream(_))) => Some(*to),
                        _ => None,
                    };
                    let value = match stream {
                        Some(to) => Some(Value::Ref(self.place(to.into(), Bytes))),
                        None => self.value(item, role, depth + 1)?,
                    };
                    out.push(value.unwrap_or(Value::Null));
                }
            }
            b"Separation" | b"DeviceN" => {
                for (at, item) in items.into_iter().enumerate().skip(1).take(3) {
                    let role = [Plain, Plain, Color, Function][at];
                    out.push(self.value(item, role, depth + 1)?.unwrap_or(Value::Null));
                }
            }
            b"Pattern" => {
                if let Some(item) = items.into_iter().nth(1)
                    && let Some(base) = self.value(item, Color, depth + 1)?
                {
                    out.push(base);
                }
            }
            // A plain space in brackets.
            _ if items.len() == 1 => return Ok(out.pop()),
            _ => return Ok(None),
        }
        Ok(Some(Value::Array(out)))
    }

    fn plain_space(&mut self, profile: &Object<'a>) -> Option<Value> {
        let Object::Stream(profile) = profile else { return None };
        self.notes.push(Note::ColoursApproximate);
        Some(Value::name(match profile.dict().get::<i32>("N")? {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            4 => "DeviceCMYK",
            _ => return None,
        }))
    }

    /// Writes a stream by its role.
    pub(super) fn stream(&mut self, stream: &Stream<'a>, role: Role, place: Ref) -> Outcome<()> {
        if role == Picture {
            return self.picture(stream, place);
        }
        let dict = stream.dict().clone();
        let entries = self.table(&dict, role, 0)?;
        let data = match role {
            Form | Pattern | Glyph => {
                let resources = dict.get::<Dict<'a>>("Resources");
                self.content(Some(Object::Stream(stream.clone())), resources.as_ref())?
            }
            _ => match self.unpack(stream, true) {
                Ok(unpacked) => unpacked.data,
                Err(Refused::Broken | Refused::Variety) => Vec::new(),
                Err(other) => return Err(other),
            },
        };
        // Comments can hold anything.
        let data = if role == CMap { super::content::without_comments(&data) } else { data };
        let packed = super::filters::pack(&data);
        let mut out = self.out.stream(place, &packed);
        entries.iter().for_each(|(key, value)| value.write(out.insert(pdf_writer::Name(key))));
        out.filter(pdf_writer::Filter::FlateDecode);
        Ok(())
    }
}
