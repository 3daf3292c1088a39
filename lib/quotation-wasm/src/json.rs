//! Just enough JSON to answer with: a serializer would be a third of the file.

use std::fmt::Write;

/// An object under way.
pub(crate) struct Object<'a> {
    out: &'a mut String,
    first: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn begin(out: &'a mut String) -> Self {
        out.push('{');
        Object { out, first: true }
    }

    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) {
        self.name(name);
        match value {
            Some(value) => string(self.out, value),
            None => self.out.push_str("null"),
        }
    }

    pub(crate) fn number(&mut self, name: &str, value: usize) {
        self.name(name);
        let _ = write!(self.out, "{value}");
    }

    /// A share of one, in hundredths; formatting floating numbers weighs more than all the rest.
    pub(crate) fn share(&mut self, name: &str, value: f32) {
        self.name(name);
        let hundredths = (value.clamp(0.0, 1.0) * 100.0).round() as u32;
        let _ = write!(self.out, "{}.{:02}", hundredths / 100, hundredths % 100);
    }

    pub(crate) fn end(self) {
        self.out.push('}');
    }

    fn name(&mut self, name: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        string(self.out, name);
        self.out.push(':');
    }
}

fn string(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
