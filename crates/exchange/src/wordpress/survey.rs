//! The first reading of an export: what posts refer to may stand after them in the file, so that authors, categories,
//! attachments and addresses are gathered before the first story is made.

use std::collections::{BTreeMap, HashMap};

use super::library::UploadKey;
use crate::wxr::{Author, Entry, Fault, Item, Site, Term};

/// Most sections made of categories. A site can have hundreds of categories; a newspaper has a dozen sections.
const SECTIONS: usize = 12;
/// Longest chain of categories; longer ones go in circles.
const ANCESTORS: usize = 20;
/// Slugs of the category that WordPress gives to what has none.
const UNCATEGORIZED: &[&str] = &[
    "uncategorized",
    "uncategorised",
    "unkategorisiert",
    "sin-categoria",
    "non-classe",
    "senza-categoria",
    "sem-categoria",
];

/// What the first reading found.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) site: Site,
    authors: HashMap<String, Author>,
    categories: HashMap<String, Term>,
    tags: Vec<Term>,
    /// Terms of other taxonomies, counted.
    pub(crate) other_terms: BTreeMap<String, u64>,
    pub(crate) attachments: BTreeMap<u64, Attachment>,
    by_parent: HashMap<u64, Vec<u64>>,
    /// Paths of items, for links that name them by number.
    paths: HashMap<u64, String>,
    /// How many items each first category has.
    used: HashMap<String, u64>,
    /// Categories that become sections, with their names.
    pub(crate) sections: HashMap<String, String>,
    pub(crate) items: u64,
    pub(crate) fault: Option<Fault>,
}

/// A file of the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attachment {
    pub(crate) key: String,
    pub(crate) url: String,
    pub(crate) file: Option<UploadKey>,
    pub(crate) alt: String,
    pub(crate) caption: String,
    pub(crate) agency: String,
    pub(crate) photographer: String,
}

impl Survey {
    pub(crate) fn read(entries: impl Iterator<Item = Result<Entry, Fault>>) -> Survey {
        let mut survey = Survey::default();
        for entry in entries {
            match entry {
                Ok(Entry::Site(site)) => survey.site = site,
                Ok(Entry::Author(author)) => drop(survey.authors.insert(author.login.clone(), author)),
                Ok(Entry::Term(term)) if term.taxonomy == "category" => {
                    survey.categories.insert(term.slug.clone(), term);
                }
                Ok(Entry::Term(term)) if term.taxonomy == "post_tag" => survey.tags.push(term),
                Ok(Entry::Term(term)) => *survey.other_terms.entry(term.taxonomy).or_default() += 1,
                Ok(Entry::Item(item)) => survey.item(&item),
                Err(fault) => survey.fault = Some(fault),
            }
        }
        survey.choose_sections();
        survey
    }

    fn item(&mut self, item: &Item) {
        self.items += 1;
        let number = item.id.parse::<u64>().ok();
        if is_attachment(item) {
            let number = number.unwrap_or(u64::MAX - self.attachments.len() as u64);
            self.attachments.insert(number, attachment(item));
            if let Ok(parent) = item.parent.parse::<u64>()
                && parent > 0
            {
                self.by_parent.entry(parent).or_default().push(number);
            }
            return;
        }
        if let (Some(number), Some(path)) = (number, self.path_of(&item.link)) {
            self.paths.insert(number, path);
        }
        if item.kind == "post"
            && let Some(first) = self.first_category(item)
        {
            *self.used.entry(first).or_default() += 1;
        }
    }

    /// The slug of the topmost category above an item's first.
    fn first_category(&self, item: &Item) -> Option<String> {
        item.terms
            .iter()
            .filter(|term| term.domain == "category")
            .map(|term| self.root(&term.nicename))
            .find(|slug| !is_none(slug))
    }

    fn root(&self, slug: &str) -> String {
        let mut slug = slug;
        for _ in 0..ANCESTORS {
            match self.categories.get(slug) {
                Some(term) if !term.parent.is_empty() && self.categories.contains_key(&term.parent) => {
                    slug = &term.parent
                }
                _ => break,
            }
        }
        slug.to_owned()
    }

    fn choose_sections(&mut self) {
        let mut used: Vec<(&String, &u64)> = self.used.iter().collect();
        used.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let chosen: Vec<String> = used.into_iter().take(SECTIONS).map(|(slug, _)| slug.clone()).collect();
        for slug in chosen {
            let name = self.categories.get(&slug).map_or_else(|| slug.clone(), |term| plain(&term.name));
            self.sections.insert(slug, name);
        }
    }

    /// The section of an item, and its other categories as names.
    pub(crate) fn filed(&self, item: &Item) -> (Option<String>, Vec<String>) {
        let mut section = None;
        let mut others = Vec::new();
        for term in item.terms.iter().filter(|term| term.domain == "category") {
            let root = self.root(&term.nicename);
            if is_none(&root) {
                continue;
            }
            let is_section = self.sections.contains_key(&root);
            if is_section && section.is_none() {
                section = Some(root.clone());
            }
            if section.as_deref() != Some(&term.nicename) {
                others.push(plain(&term.name));
            }
        }
        (section, others)
    }

    /// What the category says of itself, for the section it becomes.
    pub(crate) fn description(&self, slug: &str) -> String {
        self.categories.get(slug).map(|term| plain(&term.description)).unwrap_or_default()
    }

    pub(crate) fn authors(&self) -> usize {
        self.authors.len()
    }

    /// Account names, slug and printed name, in a fixed order.
    pub(crate) fn all_authors(&self) -> Vec<(String, String)> {
        let mut logins: Vec<&String> = self.authors.keys().collect();
        logins.sort();
        logins
            .into_iter()
            .map(|login| self.author(login))
            .filter(|(_, name)| name.chars().any(char::is_alphanumeric))
            .collect()
    }

    /// Slugs of the categories that become sections, the most used first.
    pub(crate) fn all_sections(&self) -> Vec<String> {
        let mut slugs: Vec<String> = self.sections.keys().cloned().collect();
        slugs.sort_by_key(|slug| (std::cmp::Reverse(self.used.get(slug).copied().unwrap_or(0)), slug.clone()));
        slugs
    }

    /// All tags, and the categories that become tags: each name with the addresses of its list there.
    pub(crate) fn all_tags(&self) -> Vec<(String, Vec<String>)> {
        let mut categories: Vec<&Term> = self
            .categories
            .values()
            .filter(|term| !self.sections.contains_key(&term.slug) && !is_none(&term.slug))
            .collect();
        categories.sort_by(|a, b| a.slug.cmp(&b.slug));
        let tags = self.tags.iter().map(|tag| (plain(&tag.name), vec![self.list("tag", &tag.slug)]));
        let categories = categories.into_iter().map(|term| (plain(&term.name), self.lists_of_category(&term.slug)));
        tags.chain(categories).filter(|(name, _)| name.chars().any(char::is_alphanumeric)).collect()
    }

    /// Where a site lists what one account wrote, what has a tag or is in a category: WordPress' own names for them,
    /// which few sites change.
    pub(crate) fn list(&self, kind: &str, slug: &str) -> String {
        format!("{}/{kind}/{slug}", self.folder())
    }

    /// A category's list has the categories above it in its address; by its own slug alone it is found as well.
    pub(crate) fn lists_of_category(&self, slug: &str) -> Vec<String> {
        let mut line = vec![slug];
        while let Some(term) = line.last().and_then(|slug| self.categories.get(*slug))
            && self.categories.contains_key(&term.parent)
            && line.len() < ANCESTORS
        {
            line.push(&term.parent);
        }
        line.reverse();
        let mut lists = vec![self.list("category", &line.join("/"))];
        if line.len() > 1 {
            lists.push(self.list("category", slug));
        }
        lists
    }

    /// The folder that the site stands in: empty, or `/blog`.
    pub(crate) fn folder(&self) -> String {
        let own = [&self.site.base_blog_url, &self.site.link].into_iter().find(|url| !url.is_empty());
        let rest = own.map(|url| bare(url)).unwrap_or_default();
        rest.split_once('/').map(|(_, folder)| format!("/{folder}")).unwrap_or_default()
    }

    /// An account's slug and the name it prints.
    pub(crate) fn author(&self, login: &str) -> (String, String) {
        let known = self.authors.get(login).map(|author| {
            let full = format!("{} {}", author.first_name, author.last_name);
            let names = [author.display_name.as_str(), full.trim()];
            names.into_iter().find(|name| !name.trim().is_empty()).map_or_else(|| login.to_owned(), plain)
        });
        (login.to_owned(), known.unwrap_or_else(|| login.to_owned()))
    }

    pub(crate) fn of_post(&self, number: u64) -> Vec<u64> {
        self.by_parent.get(&number).cloned().unwrap_or_default()
    }

    /// Which site this is, as a name that stays the same from export to export.
    pub(crate) fn source(&self) -> String {
        let address = [&self.site.base_blog_url, &self.site.link, &self.site.base_site_url]
            .into_iter()
            .find(|url| !url.is_empty());
        let address = address.map(|url| bare(url)).unwrap_or_default();
        if address.is_empty() { format!("wordpress:{}", self.site.title) } else { format!("wordpress:{address}") }
    }

    /// The path that a permalink has on the site; nothing for other sites, and for addresses that are a query.
    pub(crate) fn path_of(&self, link: &str) -> Option<String> {
        let path = self.own(link)?;
        (!path.contains(['?', '#']) && path.len() > 1).then_some(path)
    }

    /// An address of the site itself as a path with whatever follows.
    fn own(&self, link: &str) -> Option<String> {
        let link_bare = bare(link);
        let own = [&self.site.base_blog_url, &self.site.link]
            .into_iter()
            .map(|url| bare(url))
            .filter(|url| !url.is_empty())
            .find(|own| {
                link_bare
                    .strip_prefix(own.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
            })?;
        // The folder of a site in a folder is part of its paths, as readers typed them.
        let host = own.split('/').next().unwrap_or(&own);
        let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let path = rest.get(host.len()..)?;
        Some(if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
    }

    /// A link of a body as it should be here.
    pub(crate) fn rewrite(&self, href: &str) -> Option<String> {
        let path = self.own(href)?;
        let number = ["?p=", "?page_id="].iter().find_map(|query| {
            let (_, rest) = path.split_once(query)?;
            rest.split(['&', '#']).next()?.parse::<u64>().ok()
        });
        match number {
            Some(number) => self.paths.get(&number).cloned(),
            None => Some(path),
        }
    }
}

pub(crate) fn is_attachment(item: &Item) -> bool {
    item.kind == "attachment" || (item.kind.is_empty() && !item.attachment_url.is_empty())
}

fn attachment(item: &Item) -> Attachment {
    let url = if item.attachment_url.is_empty() { item.guid.clone() } else { item.attachment_url.clone() };
    let file = item.meta("_wp_attached_file").map(UploadKey::of_path).or_else(|| UploadKey::of_url(&url));
    let (photographer, agency) = item.meta("_wp_attachment_metadata").and_then(image_credit).unwrap_or_default();
    Attachment {
        key: super::article::key_of(item),
        file,
        alt: item.meta("_wp_attachment_image_alt").map(plain).unwrap_or_default(),
        caption: plain(&item.excerpt),
        agency,
        photographer,
        url,
    }
}

/// The credit that a camera or an agency wrote into the picture, out of WordPress' serialised record of it.
fn image_credit(meta: &str) -> Option<(String, String)> {
    let (_, rest) = meta.split_once("\"credit\";s:")?;
    let (length, rest) = rest.split_once(":\"")?;
    let credit = rest.get(..length.parse().ok()?)?.trim();
    if credit.is_empty() {
        return None;
    }
    let (photographer, agency) = credit.split_once('/').unwrap_or((credit, ""));
    Some((photographer.trim().to_owned(), agency.trim().to_owned()))
}

/// Host and path without scheme, `www.` and closing slash, small.
fn bare(url: &str) -> String {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_lowercase()
}

fn is_none(slug: &str) -> bool {
    slug.is_empty() || UNCATEGORIZED.contains(&slug)
}

/// The text of a field that may hold HTML, on one line.
pub(crate) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let text = onrecord_prose::Document::from_html(html).document.plain_text();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
