//! Changing how the public pages look.

use std::fs;

use super::place::Place;

#[test]
fn a_file_of_the_theme_is_copied_once_and_never_written_over() {
    let place = Place::new();
    place.newsroom("news");
    let theme = |args: &[&str]| place.run(&[&["--data", "news", "theme"], args].concat());
    let list = theme(&["list"]);
    assert!(list.done().out.lines().any(|line| line == "theme.css"), "{}", list.out);

    theme(&["copy", "theme.css"]).done();
    assert!(place.path("news/theme/theme.css").is_file());
    assert!(theme(&["list"]).out.contains("theme.css  changed here"));
    place.write("news/theme/theme.css", "body { color: teal }");
    theme(&["copy", "theme.css"]).refused("theme.css is there already; it was left as it is");
    theme(&["copy", "story.html", "them.css"]).refused("the theme has no file them.css");
    assert!(!place.path("news/theme/story.html").exists(), "all or nothing");
    theme(&["copy", "--all"]).done();
    assert!(place.path("news/theme/fonts/text-regular.woff2").is_file());
    assert_eq!(fs::read_to_string(place.path("news/theme/theme.css")).unwrap(), "body { color: teal }");
    theme(&["copy"]).misunderstood("FILES");
}
