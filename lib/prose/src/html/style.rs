//! What inline styles of word processors mean, the little of it that a document can say.

use crate::Mark;

/// The value of a property in a `style` attribute.
pub(super) fn property<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style.split(';').find_map(|part| {
        let (key, value) = part.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// Marks that a style gives its text.
pub(super) fn marks(style: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    if is_bold(style) == Some(true) {
        marks.push(Mark::Strong);
    }
    if property(style, "font-style").is_some_and(|v| starts(v, "italic") || starts(v, "oblique")) {
        marks.push(Mark::Em);
    }
    if property(style, "text-decoration")
        .or(property(style, "text-decoration-line"))
        .is_some_and(|v| v.contains("line-through"))
    {
        marks.push(Mark::Strike);
    }
    match property(style, "vertical-align") {
        Some(v) if starts(v, "super") => marks.push(Mark::Sup),
        Some(v) if starts(v, "sub") => marks.push(Mark::Sub),
        _ => {}
    }
    marks
}

/// What a style says of weight, if anything.
pub(super) fn is_bold(style: &str) -> Option<bool> {
    let weight = property(style, "font-weight")?;
    match weight.split_whitespace().next()?.parse::<u32>() {
        Ok(number) => Some(number >= 600),
        Err(_) => Some(starts(weight, "bold")),
    }
}

/// True when a style says that text is upright, whatever the element says.
pub(super) fn is_upright(style: &str) -> bool {
    property(style, "font-style").is_some_and(|v| starts(v, "normal"))
}

fn starts(value: &str, word: &str) -> bool {
    value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}
