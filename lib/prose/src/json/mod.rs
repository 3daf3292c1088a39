//! The stored form: ProseMirror JSON, as the desk's editor reads and writes it.

mod read;
mod salvage;
mod write;

use crate::change::{ChangeKind, Changes};
use crate::text::bounded;
use crate::{Cleaned, Document, limits};
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use read::{iso_day, picture_id};

impl Document {
    /// Reads the editor's JSON. What is not a document in this format is cleaned to the nearest one; what
    /// is not JSON at all keeps its text.
    pub fn from_json(source: &str) -> Cleaned {
        let mut changes = Changes::default();
        let source = bounded(source, limits::JSON_BYTES, &mut changes);
        match serde_json::from_str::<Value>(source) {
            Ok(value) => Cleaned { document: read::document(&value, &mut changes), changes: changes.finish() },
            Err(fault) => {
                changes.note(
                    ChangeKind::Unreadable,
                    source,
                    format!("not readable as JSON ({fault}); its text was kept"),
                );
                Cleaned { document: salvage::document(source), changes: changes.finish() }
            }
        }
    }

    /// The same for JSON that is already parsed.
    pub fn from_value(value: &Value) -> Cleaned {
        let mut changes = Changes::default();
        Cleaned { document: read::document(value, &mut changes), changes: changes.finish() }
    }

    /// The document as JSON text, the form in which it is stored.
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> Value {
        write::document(self)
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Document::from_value(&Value::deserialize(deserializer)?).document)
    }
}
