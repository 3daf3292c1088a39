//! Licences of pictures: those of Creative Commons by name, any other by the address of its text.

use onrecord_prose::{Href, Licence};

const HOME: &str = "https://creativecommons.org/";
/// What licences of Creative Commons ask of who uses a picture.
const ASKED: [&str; 6] = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"];
const VERSIONS: [&str; 5] = ["4.0", "3.0", "2.5", "2.0", "1.0"];

/// Reads what somebody wrote: `CC BY 4.0`, `cc-by-sa-4.0`, `CC0`, or an address. None for anything else.
pub fn read(text: &str) -> Option<Licence> {
    named(text).or_else(|| {
        let address = address(text)?;
        at_home(&address).or_else(|| Some(Licence { name: address.host()?.to_owned(), url: address.to_string() }))
    })
}

/// As it is kept: the name of one that has a name, otherwise its address.
pub fn canonical(text: &str) -> Option<String> {
    let licence = read(text)?;
    Some(if licence.url.starts_with(HOME) && named(&licence.name).is_some() { licence.name } else { licence.url })
}

/// An address on the web, and nothing that only looks like one.
pub fn address(text: &str) -> Option<Href> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    Href::parse(text).filter(|href| href.is_outside() && href.host().is_some_and(|host| host.contains('.')))
}

/// True of the address of a licence where nobody claims a right to the picture any more.
pub fn is_public_domain(url: &str) -> bool {
    url.strip_prefix(HOME).is_some_and(|rest| rest.starts_with("publicdomain/"))
}

fn named(text: &str) -> Option<Licence> {
    let small = text.to_ascii_lowercase();
    let parts: Vec<&str> = small.split(['-', ' ', '_']).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        ["cc0"] | ["cc0" | "cczero", "1.0"] | ["cc", "0" | "zero", "1.0"] => domain("zero"),
        ["pdm"] | ["public", "domain"] | ["public", "domain", "mark"] => domain("mark"),
        ["pdm", "1.0"] | ["public", "domain", "mark", "1.0"] => domain("mark"),
        ["cc", ref asked @ .., version] => creative(&asked.join("-"), version),
        _ => None,
    }
}

/// Of an address of Creative Commons, whatever language or form of the text it leads to.
fn at_home(address: &Href) -> Option<Licence> {
    let (_, rest) = address.as_str().split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("creativecommons.org/")?;
    match *rest.split('/').collect::<Vec<_>>().as_slice() {
        ["licenses", asked, version, ..] => creative(asked, version),
        ["publicdomain", kind @ ("zero" | "mark"), ..] => domain(kind),
        _ => None,
    }
}

fn creative(asked: &str, version: &str) -> Option<Licence> {
    (ASKED.contains(&asked) && VERSIONS.contains(&version)).then(|| Licence {
        name: format!("CC {} {version}", asked.to_ascii_uppercase()),
        url: format!("{HOME}licenses/{asked}/{version}/"),
    })
}

fn domain(kind: &str) -> Option<Licence> {
    let name = if kind == "zero" { "CC0 1.0" } else { "Public Domain Mark 1.0" };
    Some(Licence { name: name.into(), url: format!("{HOME}publicdomain/{kind}/1.0/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_by_its_name_or_its_address() {
        for (written, kept, url) in [
            ("CC BY 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
            (" cc-by-nc-sa-3.0 ", "CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
            (
                "http://creativecommons.org/licenses/by/2.0/deed.de",
                "CC BY 2.0",
                "https://creativecommons.org/licenses/by/2.0/",
            ),
            ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
            ("public domain", "Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
            ("https://salt.example/terms?x", "https://salt.example/terms?x", "https://salt.example/terms?x"),
        ] {
            assert_eq!(canonical(written).as_deref(), Some(kept));
            assert_eq!(read(kept).map(|licence| licence.url).as_deref(), Some(url));
            assert_eq!(canonical(kept).as_deref(), Some(kept), "kept as it is");
        }
        for wrong in [
            "",
            "CC BY",
            "CC BY 9.0",
            "free",
            "javascript:alert(1)",
            "/terms",
            "mailto:a@b.example",
            "https://x y.example/",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert!(is_public_domain(&read("CC0").unwrap().url) && !is_public_domain(&read("CC BY 4.0").unwrap().url));
    }
}
