//! Publication copies from the command line.

use super::place::Place;

#[test]
fn a_copy_is_written_and_what_was_there_is_not_written_over() {
    let place = Place::new();
    place.write("note.txt", "\u{feff}The fil\u{200b}ing\r\n");
    let said = place.run(&["strip", "note.txt", "-o", "copy.txt"]);
    assert!(said.done().out.contains("text/plain") && said.out.contains("invisible"), "{said:?}");
    assert_eq!(std::fs::read_to_string(place.path("copy.txt")).unwrap(), "The filing\n");
    place.run(&["strip", "note.txt", "-o", "copy.txt"]).refused("is there already");
    place.run(&["strip", "note.txt", "-o", "copy.txt", "--force"]).done();
    assert_eq!(place.run(&["strip", "note.txt", "-o", "-"]).done().out, "The filing\n");
}

#[test]
fn what_cannot_be_built_anew_is_refused_with_a_reason() {
    let place = Place::new();
    place.write("page.html", "<!DOCTYPE html><script>alert(1)</script>");
    place.run(&["strip", "page.html", "-o", "copy"]).refused("it is markup or a program");
    assert!(!place.path("copy").exists());
    place.run(&["strip", "nowhere", "-o", "copy"]).refused("cannot read nowhere");
}
