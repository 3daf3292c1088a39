//! A quotation on the record: its own page, and its form on others.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Date, Link, Name, samples};

/// A quotation's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotationView {
    /// What it shows.
    pub quotation: QuotationPage,
}

/// What a quotation's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotationPage {
    /// The quotation.
    pub quote: Quote,
    /// Who the speaker is, in a line.
    pub description: Option<String>,
    /// The stories it stands in, newest first.
    pub stories: Vec<StoryLink>,
    /// Quotations of the same words in another wording.
    pub variants: Vec<Quote>,
}

/// A quotation wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Its own page.
    pub url: String,
    /// The words, a paragraph each, with the quotation marks of their language.
    pub paragraphs: Vec<String>,
    /// Language of the words.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
    /// Who said it.
    pub speaker: Option<Name>,
    /// How and where, as a part of a sentence: "in a post on Twitter".
    pub channel: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// When it was said, as far as known.
    pub said: Option<Date>,
    /// When we first published it.
    pub published: Date,
    /// How we know.
    pub source: SourceLine,
    /// `exact`, `edited`, `unsourced`, `altered`, `disputed`.
    pub verdict: &'static str,
    /// The newest story it stands in.
    pub story: Option<Link>,
}

/// How we know of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// `page`, `document`, `ours`, `unnamed`, `none`.
    pub kind: &'static str,
    /// Title of the page or document.
    pub title: Option<String>,
    /// Address of the page, at the words themselves.
    pub url: Option<String>,
    /// Whose page it is: the host of the address.
    pub host: Option<String>,
}

/// A story in which a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryLink {
    /// Its headline.
    pub headline: String,
    /// Where it stands.
    pub url: String,
    /// When it was published.
    pub published: Date,
    /// Its language.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
    /// The words there, if they are others than those above.
    pub words: Option<String>,
}

impl View for QuotationView {
    const TEMPLATE: &'static str = "quotation.html";

    fn samples() -> Vec<QuotationView> {
        let bare = QuotationPage { quote: samples::bare_quote(), description: None, stories: vec![], variants: vec![] };
        let full = QuotationPage {
            quote: samples::quote(),
            description: Some("Mayor of <Port Ellery>".into()),
            stories: vec![samples::story_link(), StoryLink { words: Some("“Never.”".into()), ..samples::story_link() }],
            variants: vec![samples::quote()],
        };
        let mut all = vec![bare];
        for (verdict, source) in [
            ("exact", samples::source("page")),
            ("edited", samples::source("document")),
            ("altered", samples::source("ours")),
            ("disputed", samples::source("unnamed")),
            ("unsourced", samples::source("none")),
        ] {
            all.push(QuotationPage { quote: Quote { verdict, source, ..samples::quote() }, ..full.clone() });
        }
        all.into_iter().map(|quotation| QuotationView { quotation }).collect()
    }
}

/// A quotation as an item of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuoteItemView {
    /// Language of the feed.
    pub lang: String,
    /// The quotation, its addresses absolute.
    pub quote: Quote,
}

impl View for QuoteItemView {
    const TEMPLATE: &'static str = "quote-item.html";

    fn samples() -> Vec<QuoteItemView> {
        [samples::quote(), samples::bare_quote()].map(|quote| QuoteItemView { lang: "en".into(), quote }).into()
    }
}
