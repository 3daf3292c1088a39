//! A value that was allowed, on its way to the new file.

use pdf_writer::{Name, Null, Obj, Ref, Str};

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i32),
    Real(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(Vec<(Vec<u8>, Value)>),
    Ref(Ref),
}

impl Value {
    /// A name that we know.
    pub(super) fn name(name: &str) -> Value {
        Value::Name(name.as_bytes().to_vec())
    }

    /// A number as short as it was.
    pub(super) fn number(value: f64) -> Value {
        match value.is_finite() {
            true if value.fract() == 0.0 && value.abs() <= f64::from(i32::MAX) => Value::Int(value as i32),
            true => Value::Real(value as f32),
            false => Value::Int(0),
        }
    }

    /// Writes it where it belongs.
    pub(super) fn write(&self, place: Obj<'_>) {
        match self {
            Value::Null => place.primitive(Null),
            Value::Bool(value) => place.primitive(*value),
            Value::Int(value) => place.primitive(*value),
            Value::Real(value) => place.primitive(*value),
            Value::Name(name) => place.primitive(Name(name)),
            Value::Text(text) => place.primitive(Str(text)),
            Value::Ref(to) => place.primitive(*to),
            Value::Array(items) => {
                let mut array = place.array();
                items.iter().for_each(|item| item.write(array.push()));
            }
            Value::Dict(entries) => {
                let mut dict = place.dict();
                entries.iter().for_each(|(key, value)| value.write(dict.insert(Name(key))));
            }
        }
    }
}
