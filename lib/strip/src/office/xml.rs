//! XML, rewritten by rules: elements and attributes of allowed namespaces, under our own prefixes. Comments, instructions,
//! document types and entities beyond XML's own do not come along, so there is nothing to expand and nothing to hide in.

use quick_xml::{NsReader, XmlVersion, escape, events::Event, name::ResolveResult};

use crate::{Outcome, Refused, limits};

/// A prefix and the namespace that it stands for in all that we write.
pub(super) type Namespace = (&'static str, &'static str);

/// Attributes by this name need no declaration.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is written, and what is in it is judged.
    Keep,
    /// It is left out with all that is in it.
    Drop,
    /// It is left out, what is in it is judged.
    Unwrap,
    /// It is written without text.
    Empty,
}

/// An attribute: our prefix for its namespace (none for its element's), its name and value.
pub(super) struct Attribute<'a> {
    pub(super) prefix: &'a str,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

/// What is allowed in a part.
pub(super) trait Rules {
    /// The namespaces that are allowed.
    fn namespaces(&self) -> &'static [Namespace];
    /// What becomes of an element, whose attributes of allowed namespaces are given.
    fn element(&mut self, prefix: &str, name: &str, attributes: &[Attribute<'_>]) -> Outcome<Verdict>;
    /// The value of an attribute as it is written, or none to leave it out.
    fn attribute(&mut self, prefix: &str, element: &str, attribute: &Attribute<'_>) -> Option<String>;
}

/// Reads bytes as text; XML may be UTF-16.
pub(super) fn decoded(bytes: &[u8]) -> Outcome<String> {
    let wide = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| Refused::Broken)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).map(str::to_owned).map_err(|_| Refused::Broken),
        _ => std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Refused::Broken),
    }
}

/// An attribute before it is judged.
struct Found {
    prefix: &'static str,
    name: String,
    value: String,
}

/// Rewrites a part.
pub(super) fn rewrite(bytes: &[u8], rules: &mut dyn Rules) -> Outcome<Vec<u8>> {
    let text = decoded(bytes)?;
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut out = String::with_capacity(text.len());
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    // What became of the elements that are open, with the names they were written by.
    let mut open: Vec<(Verdict, String)> = Vec::new();
    let mut dropped = 0usize;
    let mut begun = false;
    loop {
        let event = reader.read_event().map_err(|_| Refused::Broken)?;
        match event {
            Event::Eof => break,
            Event::Start(_) if open.len() >= limits::MAX_XML_DEPTH => return Err(Refused::TooComplex),
            Event::Start(_) if dropped > 0 => {
                dropped += 1;
                open.push((Verdict::Drop, String::new()));
            }
            Event::Start(start) => {
                let (space, local) = reader.resolver().resolve_element(start.name());
                let prefix = prefix_of(rules.namespaces(), &space);
                let found = attributes(&reader, rules.namespaces(), &start)?;
                let (mut verdict, name) = judge(rules, prefix, local.as_ref(), &found, &mut out, !begun)?;
                if !begun && verdict != Verdict::Keep {
                    return Err(Refused::Variety);
                }
                begun = true;
                if verdict == Verdict::Drop {
                    dropped = 1;
                }
                // What is in an element without text has none either.
                if verdict == Verdict::Keep && open.last().is_some_and(|(above, _)| *above == Verdict::Empty) {
                    verdict = Verdict::Empty;
                }
                open.push((verdict, name));
            }
            Event::End(_) => match open.pop() {
                Some((Verdict::Drop, _)) => dropped = dropped.saturating_sub(1),
                Some((Verdict::Keep | Verdict::Empty, name)) => {
                    out.push_str("</");
                    out.push_str(&name);
                    out.push('>');
                }
                _ => {}
            },
            _ if dropped > 0 || open.is_empty() || open.last().is_some_and(|(above, _)| *above == Verdict::Empty) => {}
            Event::Text(part) => out.push_str(&escape::partial_escape(&*part)),
            Event::CData(part) => out.push_str(&escape::partial_escape(&*part)),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|_| Refused::Broken)?;
                let known = escape::resolve_xml_entity(&entity).and_then(|text| text.chars().next());
                if let Some(character) = character.or(known).filter(|c| is_allowed(*c)) {
                    out.push_str(&escape::escape(character.to_string()));
                }
            }
            _ => {}
        }
        if out.len() as u64 > limits::MAX_PART * 2 {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    if !begun || !open.is_empty() {
        return Err(Refused::Broken);
    }
    Ok(out.into_bytes())
}

/// What XML 1.0 can hold.
fn is_allowed(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

fn prefix_of(known: &'static [Namespace], space: &ResolveResult<'_>) -> Option<&'static str> {
    match space {
        ResolveResult::Bound(space) => known.iter().find(|(_, uri)| *uri == space.as_ref()).map(|(prefix, _)| *prefix),
        _ => None,
    }
}

fn attributes(
    reader: &NsReader<&[u8]>,
    known: &'static [Namespace],
    start: &quick_xml::events::BytesStart<'_>,
) -> Outcome<Vec<Found>> {
    let mut found = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Refused::Broken)?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let prefix = match &space {
            ResolveResult::Unbound => Some(""),
            ResolveResult::Bound(space) if space.as_ref() == XML => Some("xml"),
            _ => prefix_of(known, &space),
        };
        let Some(prefix) = prefix else { continue };
        // A value with entities of its own is left out.
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
        let value = value.chars().filter(|c| is_allowed(*c)).collect();
        found.push(Found { prefix, name: local.as_ref().to_owned(), value });
    }
    Ok(found)
}

/// Asks the rules and writes the start of an element that stays.
fn judge(
    rules: &mut dyn Rules,
    prefix: Option<&'static str>,
    local: &str,
    found: &[Found],
    out: &mut String,
    first: bool,
) -> Outcome<(Verdict, String)> {
    let Some(prefix) = prefix else { return Ok((Verdict::Drop, String::new())) };
    let attributes: Vec<Attribute<'_>> =
        found.iter().map(|found| Attribute { prefix: found.prefix, name: &found.name, value: &found.value }).collect();
    let verdict = rules.element(prefix, local, &attributes)?;
    if !matches!(verdict, Verdict::Keep | Verdict::Empty) {
        return Ok((verdict, String::new()));
    }
    let name = format!("{prefix}:{local}");
    out.push('<');
    out.push_str(&name);
    if first {
        for (prefix, uri) in rules.namespaces().iter().filter(|(prefix, _)| !prefix.is_empty()) {
            out.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
    }
    for attribute in &attributes {
        let Some(value) = rules.attribute(prefix, local, attribute) else { continue };
        let colon = if attribute.prefix.is_empty() { "" } else { ":" };
        out.push_str(&format!(" {}{colon}{}=\"{}\"", attribute.prefix, attribute.name, escaped(&value)));
    }
    out.push('>');
    Ok((verdict, name))
}

/// A value between quotation marks; its line ends stay what they are.
pub(super) fn escaped(value: &str) -> String {
    escape::escape(value).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}
