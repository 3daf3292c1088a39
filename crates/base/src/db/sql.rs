//! Pieces of statements that every area writes: lists of arguments, and patterns out of what a person typed.

use super::Value;

/// Words of a name that are looked at: no name that is asked for needs more, and each costs a comparison a row.
const WORDS: usize = 5;

/// `$first, $first+1, ...` for an `IN` list.
pub fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// Arguments out of ids.
pub fn values<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}

/// A pattern for `LIKE ... ESCAPE '\'` that finds `words` anywhere; compare it with `lower(column)`.
pub fn like(words: &str) -> String {
    format!("%{}%", literal(words.trim()))
}

/// A pattern for `LIKE ... ESCAPE '\'` that finds what begins with `words`; compare it with `lower(column)`.
pub fn beginning(words: &str) -> String {
    format!("{}%", literal(words))
}

/// A pattern for `LIKE ... ESCAPE '\'` that finds a word beginning with `word`; compare it with `'mark' || lower(column)`,
/// where `mark` stands between the column's words.
pub fn beginning_after(mark: char, word: &str) -> String {
    format!("%{mark}{}%", literal(word))
}

/// The words of a part of a name, the first few of them; signs alone are none.
pub fn name_words(name: &str) -> Vec<&str> {
    let says_something = |word: &&str| word.contains(char::is_alphanumeric);
    name.split([' ', '-']).filter(says_something).take(WORDS).collect()
}

/// A text in lower case in which nothing has a meaning for `LIKE`.
fn literal(words: &str) -> String {
    let mut pattern = String::with_capacity(words.len());
    for letter in words.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_has_no_meaning_for_like() {
        assert_eq!(like(" 50%_A\\ "), "%50\\%\\_a\\\\%");
        assert_eq!(beginning("50%"), "50\\%%");
        assert_eq!(beginning_after('-', "Ö_"), "%-ö\\_%");
    }

    #[test]
    fn lists_of_arguments_begin_where_they_are_told() {
        assert_eq!(places(2, 3), "$2, $3, $4");
        assert_eq!(places(1, 0), "");
    }

    #[test]
    fn a_name_has_words_and_signs_are_none() {
        assert_eq!(name_words("Anne-Marie  % o'Brien"), ["Anne", "Marie", "o'Brien"]);
        assert_eq!(name_words("a b c d e f g").len(), WORDS);
    }
}
