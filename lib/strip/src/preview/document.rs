//! The words of documents: paragraphs of texts, rows of sheets.

use quick_xml::{Reader, escape, events::Event};

use crate::{Kind, Outcome, Refused, limits, office::archive::Parts, text};

/// The text of a document.
pub(super) fn text(bytes: &[u8], kind: Kind) -> Outcome<String> {
    let mut parts = Parts::open(bytes)?;
    let found = match kind {
        Kind::Word => words(&parts.read("word/document.xml")?, Form::Word)?,
        Kind::Sheet => {
            let strings = parts.read("xl/sharedStrings.xml").ok().map(|xml| words(&xml, Form::Strings)).transpose()?;
            let strings: Vec<&str> = strings.as_deref().map(|all| all.split('\u{1}').collect()).unwrap_or_default();
            sheets(&mut parts, &strings)?
        }
        _ => words(&parts.read("content.xml")?, Form::Open)?,
    };
    Ok(text::normal(found.trim()).0)
}

/// Which elements hold words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Word,
    Strings,
    Open,
}

fn words(xml: &[u8], form: Form) -> Outcome<String> {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    let mut out = String::new();
    let (mut inside, mut aside) = (0usize, 0usize);
    // What was deleted, and who said it when.
    let is_aside =
        |name: &str| matches!(name, "tracked-changes" | "creator" | "date" | "delText" | "instrText" | "rPh");
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Eof => return Ok(out),
            Event::Start(start) => match start.local_name().as_ref() {
                name if is_aside(name) => aside += 1,
                "t" if form != Form::Open => inside += 1,
                "p" | "h" if form == Form::Open => inside += 1,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                name if is_aside(name) => aside = aside.saturating_sub(1),
                "t" if form != Form::Open => inside = inside.saturating_sub(1),
                "si" if form == Form::Strings => out.push('\u{1}'),
                "p" | "h" if form != Form::Strings => {
                    if form == Form::Open {
                        inside = inside.saturating_sub(1);
                    }
                    out.push('\n');
                }
                "table-cell" | "tc" => out.push('\t'),
                "table-row" | "tr" => out.push('\n'),
                _ => {}
            },
            Event::Empty(empty) => match empty.local_name().as_ref() {
                "tab" => out.push('\t'),
                "br" | "cr" | "line-break" => out.push('\n'),
                "s" if form == Form::Open => out.push(' '),
                _ => {}
            },
            Event::Text(part) if inside > 0 && aside == 0 => out.push_str(&part),
            Event::CData(part) if inside > 0 && aside == 0 => out.push_str(&part),
            Event::GeneralRef(entity) if inside > 0 && aside == 0 => reference(&entity, &mut out),
            _ => {}
        }
        if out.len() > limits::MAX_TEXT {
            return Err(Refused::UnpacksTooLarge);
        }
    }
}

fn reference(entity: &quick_xml::events::BytesRef<'_>, out: &mut String) {
    match entity.resolve_char_ref() {
        Ok(Some(character)) => out.push(character),
        _ => out.push_str(escape::resolve_xml_entity(entity).unwrap_or_default()),
    }
}

/// The rows of all sheets, cells apart by tabs.
fn sheets(parts: &mut Parts<'_>, strings: &[&str]) -> Outcome<String> {
    let mut out = String::new();
    for number in 1..=limits::MAX_PARTS {
        let name = format!("xl/worksheets/sheet{number}.xml");
        if !parts.has(&name) || out.len() > limits::PREVIEW_TEXT {
            break;
        }
        let xml = parts.read(&name)?;
        rows(&String::from_utf8_lossy(&xml), strings, &mut out)?;
        out.push('\n');
    }
    Ok(out)
}

fn rows(xml: &str, strings: &[&str], out: &mut String) -> Outcome<()> {
    let mut reader = Reader::from_str(xml);
    let (mut shared, mut inside) = (false, false);
    let mut value = String::new();
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Eof => return Ok(()),
            Event::Start(start) => match start.local_name().as_ref() {
                "c" => {
                    let kind = start.try_get_attribute("t").ok().flatten();
                    shared = kind.is_some_and(|kind| &*kind.value == "s");
                    value.clear();
                }
                "v" | "t" => inside = true,
                _ => {}
            },
            Event::Text(part) if inside => value.push_str(&part),
            Event::GeneralRef(entity) if inside => reference(&entity, &mut value),
            Event::End(end) => match end.local_name().as_ref() {
                "v" | "t" => inside = false,
                "c" => {
                    let found = value.parse::<usize>().ok().filter(|_| shared).and_then(|at| strings.get(at));
                    out.push_str(found.copied().unwrap_or(&value));
                    out.push('\t');
                }
                "row" => out.push('\n'),
                _ => {}
            },
            _ => {}
        }
        if out.len() > limits::PREVIEW_TEXT * 2 {
            return Ok(());
        }
    }
}
