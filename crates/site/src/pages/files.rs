//! Small files: `robots.txt`, the icon, and the theme's own.

use std::fmt::Write as _;

use http::StatusCode;
use onrecord_base::settings::Crawlers;

use super::maker::Maker;
use crate::edition::{
    deps::Noted,
    page::{Draft, Keep},
};

/// Crawlers that collect texts to train models with, by the names that their makers document (2026-11).
const TRAINING: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
    "omgili",
    "PanguBot",
    "Timpibot",
];
/// Those that fetch pages to answer somebody's question with.
const ANSWERS: &[&str] = &[
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "DuckAssistBot",
    "meta-externalfetcher",
    "MistralAI-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
    "YouBot",
];

/// What crawlers are asked to read (RFC 9309): everything but the desk, or nothing, as the newsroom set.
pub(super) fn robots(maker: &Maker<'_, '_>) -> Draft {
    let unwelcome: Vec<&str> = match maker.settings.crawlers {
        Crawlers::All => Vec::new(),
        Crawlers::NoTraining => TRAINING.to_vec(),
        Crawlers::NoAi => [TRAINING, ANSWERS].concat(),
    };
    let mut text = String::new();
    for name in &unwelcome {
        let _ = writeln!(text, "User-agent: {name}");
    }
    if !unwelcome.is_empty() {
        text.push_str("Disallow: /\n\n");
    }
    text.push_str("User-agent: *\nDisallow: /desk/\nDisallow: /preview/\nDisallow: /api/\n\n");
    for map in ["/sitemap.xml", "/news-sitemap.xml"] {
        let _ = writeln!(text, "Sitemap: {}", maker.absolute(map));
    }
    let mut noted = Noted::new();
    noted.note("frame", "");
    draft("text/plain; charset=utf-8", Keep::Revalidate, text.into(), noted)
}

/// The newsroom's first letter on ink, or the theme's own icon.
pub(super) fn favicon(maker: &Maker<'_, '_>) -> Draft {
    let mut noted = Noted::new();
    noted.note("frame", "");
    if let Some((bytes, _)) = maker.theme.file("", "favicon.svg") {
        return draft("image/svg+xml", Keep::Revalidate, bytes, noted);
    }
    let name = maker.settings.name.trim().to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let letter =
        name.chars().find(|c| c.is_alphanumeric()).map_or_else(|| "O".into(), |c| c.to_uppercase().to_string());
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"10\" \
         fill=\"#1f1d1a\"/><text x=\"32\" y=\"47\" font-family=\"Georgia,serif\" font-weight=\"bold\" font-size=\"44\" \
         text-anchor=\"middle\" fill=\"#f6f1e6\">{letter}</text></svg>\n"
    );
    draft("image/svg+xml", Keep::Revalidate, svg.into(), noted)
}

/// A file of the theme. An address with an older hash gets the file as it is now, and is not to be kept.
pub(super) fn asset(maker: &Maker<'_, '_>, hash: &str, name: &str) -> Option<Draft> {
    let media = match name.rsplit('.').next()? {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    };
    let (bytes, current) = maker.theme.file(hash, name)?;
    let keep = if current { Keep::Forever } else { Keep::Revalidate };
    Some(draft(media, keep, bytes, Noted::new()))
}

fn draft(media: &'static str, keep: Keep, body: bytes::Bytes, noted: Noted) -> Draft {
    Draft { status: StatusCode::OK, media, keep, body, deps: noted.done() }
}
