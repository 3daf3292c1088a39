use super::copied;
use crate::{Note, Preview, Refused, preview, publication_copy, text};

#[test]
fn text_is_composed_and_has_plain_line_ends() {
    let copy = copied(b"\xef\xbb\xbfGo\xcc\x88rtz\r\nsaid\ragain\x0c");
    assert_eq!((copy.bytes.as_slice(), copy.notes.as_slice()), ("Görtz\nsaid\nagain".as_bytes(), &[][..]));
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("Görtz".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(copied(&wide).bytes, "Görtz".as_bytes());
}

#[test]
fn marks_that_nobody_sees_go_and_those_that_letters_need_stay() {
    let copy = copied("The\u{200b} fil\u{200d}ing\u{e0041}\u{202e} 👩\u{200d}🚒 می\u{200c}خواهم".as_bytes());
    assert_eq!(String::from_utf8_lossy(&copy.bytes), "The filing 👩\u{200d}🚒 می\u{200c}خواهم");
    assert_eq!(copy.notes, [Note::InvisibleLeftOut]);
}

#[test]
fn markup_is_shown_as_what_it_is_made_of() {
    assert_eq!(preview(b"<svg onload=alert(1)>"), Preview::Text("<svg onload=alert(1)>".into(), false));
    let long = "word ".repeat(100_000);
    let Preview::Text(shown, true) = preview(long.as_bytes()) else { panic!("shortened") };
    assert_eq!(shown.len(), crate::limits::PREVIEW_TEXT);
    assert_eq!(text::floor("aé", 2), 1);
}

#[test]
fn what_nobody_sees_is_no_text_and_hides_no_markup() {
    for nothing in ["\u{1a}", "\u{1b}\n", "\u{feff}\u{200b} ", "\u{e0041}"] {
        assert_eq!(publication_copy(nothing.as_bytes()), Err(Refused::Empty), "{nothing:?}");
    }
    for markup in ["<\u{200b}svg onload=x>", "\u{ad}<!doctype html>", "see <scr\u{34f}ipt>"] {
        assert_eq!(publication_copy(markup.as_bytes()), Err(Refused::Active), "{markup:?}");
    }
}
