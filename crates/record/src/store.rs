//! All SQL of this area.

pub mod people;
pub mod public;
pub mod quotations;
pub mod sources;
pub mod standing;
pub mod uses;

/// A pattern for `LIKE ... ESCAPE '\'` that finds `words` anywhere; compare it with `lower(column)`.
fn like(words: &str) -> String {
    let mut pattern = String::from("%");
    for letter in words.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
