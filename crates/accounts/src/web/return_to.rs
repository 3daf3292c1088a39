//! Where to go after signing in: a page of our own desk, never an address somebody else chose.

use onrecord_base::web::DESK;

/// Longer addresses are dropped: a link to the desk is short.
const LONGEST: usize = 1000;

/// The sign-in page that leads back to `to`.
pub(crate) fn sign_in(to: &str) -> String {
    match safe(to) {
        Some(to) if to != DESK => format!("/desk/sign-in?to={}", encode(to)),
        _ => "/desk/sign-in".into(),
    }
}

/// `to`, if it is a page of the desk; browsers read `\` as `/` and drop tabs and line ends, so anything but visible
/// ASCII is refused too.
pub(crate) fn safe(to: &str) -> Option<&str> {
    let rest = to.strip_prefix(DESK)?;
    let ours = rest.is_empty() || rest.starts_with(['/', '?']);
    let clean = to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && to.len() <= LONGEST;
    let door = ["/sign-in", "/sign-out"].iter().any(|door| rest.starts_with(door));
    (ours && clean && !door).then_some(to)
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => (b as char).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_desk_are_returned_to() {
        for good in ["/desk", "/desk/stories/1?state=draft&q=a", "/desk?x"] {
            assert_eq!(safe(good), Some(good));
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "/desk\\..",
            "/desk/\nx",
            "https://evil.example/desk",
            "/desk.evil",
            "/desk/sign-out",
        ] {
            assert_eq!(safe(bad), None, "{bad:?}");
        }
        assert_eq!(sign_in("/desk/stories?q=a b"), "/desk/sign-in");
        assert_eq!(sign_in("/desk/stories?q=a&b"), "/desk/sign-in?to=/desk/stories%3Fq%3Da%26b");
        assert_eq!(sign_in("/desk"), "/desk/sign-in");
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_in_we_stay_at_the_desk(to in "\\PC{0,40}", path in "/desk[/?\\\\.a-z%@:#]{0,20}") {
            for to in [to, path] {
                if let Some(safe) = safe(&to) {
                    let url = format!("http://news.example{safe}").parse::<http::Uri>();
                    proptest::prop_assert!(url.is_ok_and(|url| url.host() == Some("news.example") && url.path().starts_with("/desk")));
                }
                proptest::prop_assert!(http::HeaderValue::try_from(sign_in(&to)).is_ok());
            }
        }
    }
}
