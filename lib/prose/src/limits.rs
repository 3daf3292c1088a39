//! Named limits. Each exists so that hostile input costs a bounded amount of time and stack.

/// Largest source text a parser reads. A body of 5 MB is legal; what follows this mark is cut and reported.
pub const SOURCE_BYTES: usize = 16 * 1024 * 1024;

/// Largest stored form read: JSON of a body of 5 MB with many marks is several times as long.
pub const JSON_BYTES: usize = 64 * 1024 * 1024;

/// Most containers (quotation, list, item, table, row, cell, post) that HTML opens inside one another.
pub const CONTAINERS: usize = 36;

/// Most containers inside one another in a stored document: those of HTML and the nine list levels of a
/// word processor in the innermost. JSON nests twice as deep, which must stay under the 128 levels that
/// JSON readers accept.
pub const STORED_CONTAINERS: usize = CONTAINERS + 20;

/// Most HTML elements remembered as open at once; deeper ones are transparent and keep their text.
pub const OPEN_ELEMENTS: usize = 256;

/// Most distinct changes listed one by one; the rest are counted in one last entry.
pub const CHANGES: usize = 200;

/// Characters of an excerpt in a change.
pub const EXCERPT_CHARS: usize = 120;

/// Longest link kept. Browsers and servers refuse longer ones.
pub const HREF_BYTES: usize = 4096;

/// Most columns a cell may span, as in the HTML standard's own order of magnitude but sane for a page.
pub const COLSPAN: u16 = 100;

/// Most attributes looked at on one tag; the rest cannot matter to a document.
pub const ATTRIBUTES: usize = 128;

/// Longest attribute value looked at (a data: picture can be megabytes).
pub const ATTRIBUTE_BYTES: usize = 64 * 1024;

/// Longest short text (credit, network, author, cite).
pub const LINE_CHARS: usize = 1000;
