use super::{MARKER, all_in, copied, holds, made};
use crate::{Kind, Refused, publication_copy};

#[test]
fn the_name_is_in_every_file_that_comes_and_in_none_that_goes() {
    for (kind, file) in made::all() {
        assert!(holds(&file, MARKER.as_bytes()), "{kind:?} was made without a name");
        let copy = copied(&file);
        assert_eq!(copy.kind, kind);
        let all = all_in(&copy);
        assert!(!holds(&all, MARKER.as_bytes()), "{kind:?}");
        let wide: Vec<u8> = MARKER.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!holds(&all, &wide), "{kind:?}");
        assert_eq!(copied(&file), copy, "{kind:?}: the same file gives the same copy");
    }
}

#[test]
fn a_copy_of_a_copy_is_the_copy() {
    // JPEG loses a little each time, inside documents too; a page's content is put between brackets each time.
    let exact = |kind: &Kind| !matches!(kind, Kind::Jpeg | Kind::Pdf | Kind::Word);
    for (kind, file) in made::all().into_iter().filter(|(kind, _)| exact(kind)) {
        let once = copied(&file);
        let twice = copied(&once.bytes);
        assert!(once.bytes == twice.bytes, "{kind:?}: {} and {}", once.bytes.len(), twice.bytes.len());
    }
}

#[test]
fn a_file_of_two_formats_becomes_one() {
    for (kind, mut file) in made::all() {
        // An archive reader looks at the end, a browser at the beginning, a PDF reader somewhere.
        let tail = b"%PDF-1.4 <script>alert(1)</script> PK\x05\x06";
        if !matches!(kind, Kind::Pdf | Kind::Word | Kind::Sheet | Kind::OpenText | Kind::Text) {
            file.extend_from_slice(tail);
            let copy = copied(&file);
            assert!(!holds(&copy.bytes, b"<script>") && !holds(&copy.bytes, b"%PDF"), "{kind:?}");
        }
    }
}

#[test]
fn what_we_do_not_build_is_refused_by_its_reason() {
    let refused = |bytes: &[u8]| publication_copy(bytes).expect_err("refused");
    assert_eq!(refused(b""), Refused::Empty);
    assert_eq!(refused(b" \n "), Refused::Empty);
    assert_eq!(refused(b"\x7fELF\x02\x01\x01\0\0\0"), Refused::UnknownFormat);
    assert_eq!(refused(b"<?xml version='1.0'?><svg/>"), Refused::Active);
    assert_eq!(refused(b"<!DOCTYPE html><title>x</title>"), Refused::Active);
    assert_eq!(refused(b"\xff\xd8\xff\xe0 and then nothing"), Refused::Broken);
    assert_eq!(refused(b"%PDF-1.7\nnothing"), Refused::Broken);
    assert_eq!(refused(&made::archive(&[("photo.jpg", b"x")])), Refused::UnknownFormat);
    assert_eq!(refused(&vec![0; crate::limits::MAX_INPUT + 1]), Refused::TooLarge);
    let names: std::collections::BTreeSet<&str> = Refused::ALL.iter().map(|refused| refused.name()).collect();
    assert_eq!(names.len(), Refused::ALL.len());
}

#[test]
fn audio_behind_its_tags_is_what_it_is_without_them() {
    let frames = |second: u8, length: usize| {
        let mut frame = vec![0; length];
        frame[..3].copy_from_slice(&[0xff, second, 0x10]);
        [b"ID3\x04\0\0\0\0\0\0".as_slice(), &frame.repeat(4)].concat()
    };
    let copy = publication_copy(&frames(0xfd, 104)).expect("layer II");
    assert_eq!(publication_copy(&copy.bytes).map(|again| again.kind), Ok(copy.kind));
    assert_eq!(publication_copy(&frames(0xff, 32)), Err(Refused::Broken), "layer I");
}
