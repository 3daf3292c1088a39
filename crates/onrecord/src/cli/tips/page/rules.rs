//! What may stand on a page of the tip line, and what must. Around our part is the site's own frame, which a theme may
//! change: it may link and show what it likes, but hold nothing that takes words, runs, or sends them elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::{Piece, Tag};

/// What every form of ours says of the line, besides its own attributes.
pub(super) struct Expected {
    pub(super) newsroom: String,
    pub(super) newsroom_key: String,
    pub(super) fingerprint: String,
}

/// A form of ours: its id, what stands at it, and the names of its fields.
struct Ours {
    id: &'static str,
    says: &'static [(&'static str, &'static str)],
    fields: &'static [&'static str],
}

const MULTIPART: (&str, &str) = ("enctype", "multipart/form-data");
const TIP: &[Ours] = &[Ours {
    id: "tip-form",
    says: &[("action", "/tip"), ("data-mode", "send"), MULTIPART],
    fields: &["token", "desk", "text", "files"],
}];
const RETURN: &[Ours] = &[
    Ours {
        id: "return-form",
        says: &[("action", "/tip/return"), ("autocomplete", "off"), MULTIPART],
        fields: &["codename"],
    },
    Ours { id: "tip-form", says: &[("action", "/tip/return"), ("data-mode", "more")], fields: &["text", "files"] },
];
const ADDRESSES: [(&str, &str); 6] = [
    ("data-keys-url", "/tip/keys"),
    ("data-challenge-url", "/tip/challenge"),
    ("data-envelopes-url", "/tip/envelopes"),
    ("data-uploads-url", "/tip/uploads"),
    ("data-thread-url", "/tip/thread"),
    ("data-worker-url", "/tip/assets/sealed.js"),
];
/// What takes words or files, and belongs into our forms alone.
const FIELDS: [&str; 5] = ["input", "textarea", "select", "button", "option"];
/// What has no business on such a page, wherever it stands.
const NEVER: [&str; 19] = [
    "base",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "portal",
    "fencedframe",
    "template",
    "math",
    "plaintext",
    "xmp",
    "noembed",
    "noframes",
    "noscript",
    "audio",
    "video",
    "datalist",
];
/// Attributes that run something, or send a form or word elsewhere than its form says.
const NEVER_SAID: [&str; 15] = [
    "formaction",
    "formmethod",
    "formenctype",
    "formtarget",
    "form",
    "srcdoc",
    "ping",
    "http-equiv",
    "is",
    "target",
    "manifest",
    "accesskey",
    "contenteditable",
    "dirname",
    "shadowrootmode",
];
/// Kinds of `<link>` that name an address without asking for it.
const NAMED_ONLY: [&str; 6] = ["canonical", "alternate", "author", "license", "search", "me"];

/// What was found on a page.
pub(super) struct Found {
    /// What is wrong with it.
    pub(super) faults: BTreeSet<String>,
    /// The hosts that it links to.
    pub(super) hosts: BTreeSet<String>,
}

/// Looks at `/tip` or `/tip/return`, in the language that `query` asks for.
pub(super) fn look(pieces: &[Piece], path: &str, query: &str, expected: &Expected) -> Found {
    let mut look = Look {
        expected,
        query,
        faults: BTreeSet::new(),
        hosts: BTreeSet::new(),
        scripts: Vec::new(),
        forms: Vec::new(),
        ids: BTreeSet::new(),
        inside: false,
        open: false,
        shown: false,
    };
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Start(tag) => {
                look.tag(tag);
                if tag.get("class").split_ascii_whitespace().any(|class| class == "tip-fingerprint") {
                    look.fingerprint(pieces.get(at + 1));
                }
            }
            Piece::End(name) if name == "form" => look.open = false,
            Piece::End(name) if name == "article" => look.inside = false,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    look.scripts();
    look.forms(if path == "/tip" { TIP } else { RETURN });
    if !look.shown {
        look.fault("the fingerprint is not shown");
    }
    Found { faults: look.faults, hosts: look.hosts }
}

struct Look<'a> {
    expected: &'a Expected,
    query: &'a str,
    faults: BTreeSet<String>,
    hosts: BTreeSet<String>,
    scripts: Vec<BTreeMap<String, String>>,
    /// The forms, and the names of their fields.
    forms: Vec<(Tag, BTreeSet<String>)>,
    ids: BTreeSet<String>,
    /// Between the ends of our part; of a form.
    inside: bool,
    open: bool,
    /// The fingerprint was seen.
    shown: bool,
}

impl Look<'_> {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults.insert(what.into());
    }

    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if NEVER.contains(&name) {
            self.fault(format!("<{name}> stands on the page"));
        }
        for (said, value) in &tag.attributes {
            self.attribute(tag, said, value);
        }
        match name {
            "article" => self.inside |= tag.get("class") == "tip",
            "script" => self.scripts.push(tag.attributes.clone()),
            "link" => self.link(tag),
            "form" => {
                if self.open || !self.inside {
                    self.fault("a form stands where none of ours does");
                }
                self.open = true;
                self.forms.push((tag.clone(), BTreeSet::new()));
            }
            _ if FIELDS.contains(&name) => self.field(tag),
            _ => {}
        }
    }

    fn attribute(&mut self, tag: &Tag, said: &str, value: &str) {
        let name = tag.name.as_str();
        if said.starts_with("on") || NEVER_SAID.contains(&said) {
            self.fault(format!("<{name} {said}> stands on the page"));
        }
        // A name of an element can stand before a part of the document that scripts ask for.
        if said == "name" && name != "meta" && !FIELDS.contains(&name) {
            self.fault(format!("<{name} name={value:?}> stands on the page"));
        }
        if said == "id" && !self.ids.insert(value.to_owned()) {
            self.fault(format!("the id {value:?} stands twice"));
        }
        if ["href", "src", "action", "xlink:href"].contains(&said) {
            let plain: String = value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
            if ["javascript:", "data:", "blob:", "vbscript:"].iter().any(|s| plain.to_lowercase().starts_with(s)) {
                self.fault(format!("<{name} {said}={value:?}> stands on the page"));
            }
            if let Some(host) = host(&plain) {
                self.hosts.insert(host);
            }
        }
        if name == "a" && said == "href" && self.inside && !within_reach(value) {
            self.fault(format!("our part of the page links to {value:?}"));
        }
    }

    /// What a page asks for before anybody has done anything must come from the site.
    fn link(&mut self, tag: &Tag) {
        let kind = tag.get("rel").to_lowercase();
        let fetched = kind.split_ascii_whitespace().any(|one| !NAMED_ONLY.contains(&one));
        if (fetched || kind.is_empty()) && host(tag.get("href")).is_some() {
            self.fault(format!("the page asks {} for something", tag.get("href")));
        }
    }

    fn field(&mut self, tag: &Tag) {
        let (name, id) = (tag.get("name"), tag.get("id"));
        // The id of a field hides what its form has of that name.
        let ours = id.is_empty() || id.starts_with("tip-") || id.starts_with("return-");
        match self.forms.last_mut().filter(|_| self.open && ours) {
            Some((_, names)) if !name.is_empty() => {
                names.insert(name.to_owned());
            }
            Some(_) if ["button", "option"].contains(&tag.name.as_str()) => {}
            _ => self.fault(format!("<{} name={name:?} id={id:?}> is no field of ours", tag.name)),
        }
    }

    /// Two scripts: the page's own, which must be ours byte for byte, and the sentences it says.
    fn scripts(&mut self) {
        let ours = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        let expected: [BTreeMap<String, String>; 2] = [
            ours(&[("type", "application/json"), ("id", "tip-texts")]),
            ours(&[("src", "/tip/assets/tip.js"), ("defer", "")]),
        ];
        for script in std::mem::take(&mut self.scripts) {
            if !expected.contains(&script) {
                self.fault(format!("a script that is not ours: {:?}", script.get("src").map_or("", String::as_str)));
            } else {
                self.scripts.push(script);
            }
        }
        if self.scripts != expected {
            self.fault("the page's own scripts are not there once each");
        }
    }

    fn forms(&mut self, expected: &[Ours]) {
        let ids: Vec<&str> = expected.iter().map(|form| form.id).collect();
        let forms = std::mem::take(&mut self.forms);
        let there: Vec<&str> = forms.iter().map(|(tag, _)| tag.get("id")).collect();
        if ids != there {
            self.fault(format!("the forms are {there:?}, not {ids:?}"));
        }
        for ((tag, names), ours) in forms.iter().zip(expected) {
            self.form(tag, ours);
            let fields: BTreeSet<String> = ours.fields.iter().map(|name| (*name).to_owned()).collect();
            if *names != fields {
                self.fault(format!("the fields of #{} are {names:?}, not {fields:?}", ours.id));
            }
        }
    }

    fn form(&mut self, tag: &Tag, ours: &Ours) {
        let line = [
            ("data-newsroom", self.expected.newsroom.as_str()),
            ("data-newsroom-key", self.expected.newsroom_key.as_str()),
            ("data-fingerprint", self.expected.fingerprint.as_str()),
        ];
        let own = [("id", ours.id), ("class", "tip-form"), ("method", "post")];
        let mut left = tag.attributes.clone();
        for (name, value) in own.iter().chain(ours.says).chain(&ADDRESSES).chain(&line) {
            let value = if *name == "action" { format!("{value}{}", self.query) } else { (*value).to_owned() };
            let there = left.remove(*name);
            if there.as_ref() != Some(&value) {
                self.fault(format!("#{}: {name} is {:?}, not {value:?}", ours.id, there.unwrap_or_default()));
            }
        }
        left.remove("data-most");
        for (name, value) in left {
            self.fault(format!("#{}: {name}={value:?} is not ours", ours.id));
        }
    }

    fn fingerprint(&mut self, next: Option<&Piece>) {
        let text = if let Some(Piece::Text(text)) = next { text.trim() } else { "" };
        if text != self.expected.fingerprint {
            self.fault(format!("the fingerprint shown is {text:?}"));
        }
        self.shown = true;
    }
}

/// The host that an address names.
fn host(address: &str) -> Option<String> {
    let address = address.replace('\\', "/");
    let rest = address.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'))?.1;
    Some(rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase())
}

/// What our part of a page may lead to: the line's own pages, a telephone, a mail.
fn within_reach(href: &str) -> bool {
    let own = ["/tip", "/tip/return"].iter().any(|path| {
        href.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('?') || rest.starts_with('#'))
    });
    own || href.starts_with("tel:") || href.starts_with("mailto:")
}
