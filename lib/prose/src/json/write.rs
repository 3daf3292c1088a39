//! Document to JSON value.

use crate::{Block, Cell, Document, Inline, ListItem, Mark, Row};
use serde_json::{Map, Value, json};

pub(super) fn document(document: &Document) -> Value {
    let content = if document.blocks.is_empty() {
        // The editor's schema wants at least one block.
        vec![node("paragraph", None, Vec::new())]
    } else {
        blocks(&document.blocks)
    };
    node("doc", None, content)
}

fn node(kind: &str, attrs: Option<Value>, content: Vec<Value>) -> Value {
    let mut map = Map::new();
    map.insert("type".into(), kind.into());
    if let Some(attrs) = attrs {
        map.insert("attrs".into(), attrs);
    }
    if !content.is_empty() {
        map.insert("content".into(), Value::Array(content));
    }
    Value::Object(map)
}

fn blocks(list: &[Block]) -> Vec<Value> {
    list.iter().map(block).collect()
}

fn block(block: &Block) -> Value {
    match block {
        Block::Paragraph(run) => node("paragraph", None, inlines(run)),
        Block::Heading(level, run) => node("heading", Some(json!({"level": level.number()})), inlines(run)),
        Block::BulletList(list) => node("bullet_list", None, items(list)),
        Block::OrderedList(order, list) => node("ordered_list", Some(json!({"order": order})), items(list)),
        Block::Quotation(quotation) => {
            let attrs = json!({"cite": quotation.cite, "url": quotation.url.as_ref().map(|url| url.as_str())});
            node("quotation", Some(attrs), blocks(&quotation.content))
        }
        Block::Picture(picture) => {
            let attrs = json!({
                "picture": picture.picture,
                "alt": picture.alt,
                "agency": picture.agency,
                "photographer": picture.photographer,
            });
            node("picture", Some(attrs), inlines(&picture.caption))
        }
        Block::Post(post) => {
            let attrs = json!({
                "network": post.network,
                "author": post.author,
                "url": post.url.as_ref().map(|url| url.as_str()),
                "date": post.date,
            });
            let content = post.content.iter().map(|run| node("paragraph", None, inlines(run))).collect();
            node("post", Some(attrs), content)
        }
        Block::Preformatted(text) => node("preformatted", None, inlines(&[Inline::text(text.as_str())])),
        Block::Divider => node("divider", None, Vec::new()),
        Block::Table(rows) => node("table", None, rows.iter().map(row).collect()),
    }
}

fn items(list: &[ListItem]) -> Vec<Value> {
    list.iter().map(|item| node("list_item", None, blocks(&item.0))).collect()
}

fn row(row: &Row) -> Value {
    node("table_row", None, row.cells.iter().map(cell).collect())
}

fn cell(cell: &Cell) -> Value {
    let kind = if cell.header { "table_header" } else { "table_cell" };
    node(kind, Some(json!({"colspan": cell.colspan, "rowspan": cell.rowspan})), blocks(&cell.blocks))
}

fn inlines(run: &[Inline]) -> Vec<Value> {
    // A text node may not be empty.
    run.iter().filter(|inline| !matches!(inline, Inline::Text(text, _) if text.is_empty())).map(inline).collect()
}

fn inline(inline: &Inline) -> Value {
    match inline {
        Inline::HardBreak => json!({"type": "hard_break"}),
        Inline::Text(text, marks) if marks.is_empty() => json!({"type": "text", "text": text}),
        Inline::Text(text, marks) => {
            let marks: Vec<Value> = marks.iter().map(mark).collect();
            json!({"type": "text", "text": text, "marks": marks})
        }
    }
}

fn mark(mark: &Mark) -> Value {
    match mark {
        Mark::Link(href, title) => json!({"type": "link", "attrs": {"href": href.as_str(), "title": title}}),
        Mark::Strong => json!({"type": "strong"}),
        Mark::Em => json!({"type": "em"}),
        Mark::Strike => json!({"type": "strike"}),
        Mark::Sub => json!({"type": "sub"}),
        Mark::Sup => json!({"type": "sup"}),
        Mark::Code => json!({"type": "code"}),
    }
}
