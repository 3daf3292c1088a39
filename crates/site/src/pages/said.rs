//! What readers see of a quotation, in their language: shapes and sentences that several pages share.

use onrecord_base::messages::{Arg, Messages};
use onrecord_record::{
    PublicQuotation, PublicSource,
    public::{Placed, Use},
    quotation::CHANNELS,
};

use super::{
    dates::Dates,
    maker::{Maker, some},
    marks::{self, Sought},
};
use crate::views::{Link, Name, Quote, SourceLine, StoryLink, direction};

/// Characters of the words in a title.
const TITLE: usize = 60;
/// Stories that a page names for one quotation: more were a list of stories, and there are such lists.
pub(super) const MOST_USES: usize = 100;

/// Tells of quotations in one language.
pub(super) struct Teller<'a> {
    messages: &'a Messages,
    dates: Dates<'a>,
    language: String,
    /// What stands before our addresses where they must be absolute.
    base: String,
}

impl<'a> Maker<'a, '_> {
    /// Tells of quotations in the language of a page.
    pub(super) fn teller(&self, language: &str) -> Teller<'a> {
        let dates = self.dates(language);
        Teller { messages: &self.app.messages, dates, language: language.to_owned(), base: String::new() }
    }

    /// The page shows this quotation.
    pub(super) fn note_quotation(&mut self, quotation: &PublicQuotation) {
        self.noted.note("quotation", &quotation.id);
        if let Some(person) = &quotation.person {
            self.noted.note("person", &person.id);
        }
        for one in &quotation.uses {
            self.noted.note("story", &one.story);
        }
    }
}

impl Teller<'_> {
    /// For feeds: addresses with the site before them.
    pub(super) fn absolute(self, base: &str) -> Self {
        Teller { base: base.to_owned(), ..self }
    }

    fn text(&self, key: &str) -> String {
        self.messages.text(&self.language, key, [])
    }

    fn with(&self, key: &str, name: &'static str, value: &str) -> String {
        self.messages.text(&self.language, key, [(name, Arg::from(value))])
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A quotation as pages show it.
    pub(super) fn quote(&self, quotation: &PublicQuotation) -> Quote {
        let newest = quotation.uses.first();
        let language = newest.map_or_else(|| self.language.clone(), |one| one.language.clone());
        let name = some(quotation.name());
        let url = quotation.person.as_ref().map(|person| self.url(&format!("/people/{}", person.slug)));
        Quote {
            url: self.url(&format!("/quotes/{}", quotation.id)),
            paragraphs: self.paragraphs(&quotation.words, &language),
            dir: direction(&language),
            language,
            speaker: name.map(|name| Name { name, url }),
            channel: self.channel(quotation),
            addressee: some(&quotation.addressee),
            said: self.dates.partial(&quotation.said_on),
            published: self.dates.day(quotation.first_published()),
            source: source(quotation.how.as_ref()),
            verdict: quotation.verdict.as_str(),
            story: newest.map(|one| Link { name: one.headline.clone(), url: self.url(&one.path) }),
        }
    }

    /// The words with the quotation marks of their language: one at the head of each paragraph, one at the end.
    fn paragraphs(&self, words: &str, language: &str) -> Vec<String> {
        let mark = |key: &str| self.messages.text(language, key, []);
        let (open, close) = (mark("site-quote-open"), mark("site-quote-close"));
        let mut paragraphs: Vec<String> = plain(words).lines().map(|line| format!("{open}{line}")).collect();
        if let Some(last) = paragraphs.last_mut() {
            last.push_str(&close);
        }
        paragraphs
    }

    /// How it was said, as a part of a sentence; none if nobody knows.
    pub(super) fn channel(&self, quotation: &PublicQuotation) -> Option<String> {
        let outlet = quotation.outlet.trim();
        let key = match CHANNELS.into_iter().find(|known| *known == quotation.channel) {
            None | Some("unknown") if outlet.is_empty() => return None,
            None => "unknown".to_owned(),
            Some(channel) => channel.replace(' ', "-"),
        };
        Some(match (key.as_str(), outlet, &quotation.how) {
            ("interview", "", Some(PublicSource::Ours)) => self.text("site-said-interview-ours"),
            (_, "", _) => self.text(&format!("site-said-{key}")),
            _ => self.with(&format!("site-said-{key}-at"), "outlet", outlet),
        })
    }

    /// What a mark is called: "How we know: Kanye West, in a post on Twitter, exact".
    fn label(&self, quotation: &PublicQuotation) -> String {
        let verdict = self.text(&format!("site-mark-{}", quotation.verdict.as_str()));
        let facts: Vec<String> =
            [some(quotation.name()), self.channel(quotation), Some(verdict)].into_iter().flatten().collect();
        self.with("site-mark", "facts", &facts.join(", "))
    }

    /// Name and first words, for titles.
    pub(super) fn title(&self, quotation: &PublicQuotation) -> String {
        let language = quotation.uses.first().map_or(self.language.as_str(), |one| one.language.as_str());
        let mark = |key: &str| self.messages.text(language, key, []);
        let words = plain(&quotation.words).replace('\n', " ");
        let words = format!("{}{}{}", mark("site-quote-open"), cut(&words), mark("site-quote-close"));
        match quotation.name() {
            "" => words,
            name => format!("{name}: {words}"),
        }
    }

    /// Name, channel and date in a line, for descriptions.
    pub(super) fn summary(&self, quotation: &PublicQuotation) -> String {
        let date = self.dates.partial(&quotation.said_on).map(|date| date.text);
        let facts = [some(quotation.name()), self.channel(quotation), date];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let verdict = self.text(&format!("site-verdict-{}", quotation.verdict.as_str()));
        if facts.is_empty() { verdict } else { format!("{}. {verdict}", facts.join(", ")) }
    }

    /// A story in which a quotation stands; its words where they are not `words`.
    pub(super) fn story(&self, one: &Use, words: &str) -> StoryLink {
        let other = (plain(&one.words) != plain(words)).then(|| self.paragraphs(&one.words, &one.language).join(" "));
        StoryLink {
            headline: one.headline.clone(),
            url: self.url(&one.path),
            published: self.dates.day(one.published_at),
            language: one.language.clone(),
            dir: direction(&one.language),
            words: other,
        }
    }

    /// A rendered text with a mark behind each of its quotations, and how many those are.
    pub(super) fn marked(&self, html: &str, placed: &[Placed]) -> (String, i64) {
        let sought: Vec<Sought<'_>> = placed
            .iter()
            .map(|one| Sought {
                words: &one.quotation.words,
                prefix: &one.prefix,
                suffix: &one.suffix,
                block: one.block,
            })
            .collect();
        let places = marks::places(html, &sought);
        let found = places.into_iter().zip(placed).filter_map(|(at, one)| Some((at?, self.mark(&one.quotation))));
        let found: Vec<(usize, String)> = found.collect();
        (marks::write(html, &found), i64::try_from(found.len()).unwrap_or(i64::MAX))
    }

    /// The fixed space keeps the mark on the line of the words it belongs to.
    fn mark(&self, quotation: &PublicQuotation) -> String {
        let label = escaped(&self.label(quotation));
        format!(
            "<a class=\"quotation-mark {}\" href=\"/quotes/{}\" aria-label=\"{label}\" title=\"{label}\">&nbsp;</a>",
            quotation.verdict.as_str(),
            escaped(&quotation.id),
        )
    }
}

/// The words as they are read by themselves: without the comma that leads back into the story's sentence, without the
/// marks that newspapers repeat at the head of each paragraph.
pub(super) fn plain(words: &str) -> String {
    let mut paragraphs: Vec<&str> = Vec::new();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line =
            if paragraphs.is_empty() { line } else { line.trim_start_matches(['"', '“', '„', '«', '»']).trim() };
        paragraphs.push(line);
    }
    paragraphs.join("\n").trim_end_matches([',', ' ']).to_owned()
}

fn source(how: Option<&PublicSource>) -> SourceLine {
    let bare = |kind| SourceLine { kind, title: None, url: None, host: None };
    match how {
        Some(PublicSource::Page { url, title }) => {
            let host = host(url);
            // The desk may have left the address as title.
            let title = some(title).filter(|title| !title.contains("://")).or_else(|| Some(host.clone()));
            SourceLine { title, url: Some(url.clone()), host: Some(host), ..bare("page") }
        }
        Some(PublicSource::Document { title }) => SourceLine { title: some(title), ..bare("document") },
        Some(PublicSource::Ours) => bare("ours"),
        Some(PublicSource::Unnamed) => bare("unnamed"),
        None => bare("none"),
    }
}

/// Whose page an address is.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

fn cut(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(TITLE) else { return words.to_owned() };
    let head = words.get(..end).unwrap_or(words);
    let head = head.rsplit_once(' ').map_or(head, |(before, _)| before);
    format!("{}…", head.trim_end_matches([',', '.', ';', ':', ' ']))
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_by_themselves() {
        assert_eq!(plain("We stay,"), "We stay");
        assert_eq!(plain("“So” it was.\n\n“And so on,"), "“So” it was.\nAnd so on");
        assert_eq!(cut("short"), "short");
        assert_eq!(cut(&"word ".repeat(30)).chars().count(), 60);
    }

    #[test]
    fn a_page_is_somebody_s() {
        for (url, expected) in [
            ("https://www.example.org/a?b#c", "example.org"),
            ("http://user@news.example:81/x", "news.example:81"),
            ("https://example.org", "example.org"),
        ] {
            assert_eq!(host(url), expected);
        }
    }
}
