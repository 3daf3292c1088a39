//! Tests of the crate.

mod bounds;
mod html;
mod json;
mod markdown;
mod pasted;
mod render;
mod safety;
mod wordpress;

use crate::{Cleaned, Document, NoPictures, PictureView, Pictures, to_html};

/// A library that has every picture.
pub(crate) struct AllPictures;

impl Pictures for AllPictures {
    fn picture(&self, id: &str) -> Option<PictureView> {
        Some(PictureView {
            src: format!("/media/{id}-800.jpg"),
            srcset: vec![(format!("/media/{id}-400.webp"), 400), (format!("/media/{id}-800.webp"), 800)],
            media: "image/webp",
            width: 800,
            height: 533,
            agency: "Harbour Press".into(),
            photographer: "Ida Quist".into(),
            licence: None,
        })
    }
}

/// The page that HTML becomes.
pub(crate) fn page(html: &str) -> String {
    to_html(&Document::from_html(html).document, &NoPictures)
}

/// The page on one line, for short expectations.
pub(crate) fn flat(cleaned: &Cleaned) -> String {
    to_html(&cleaned.document, &NoPictures).replace('\n', "")
}

pub(crate) const ID: &str = "0190a6f0-1b2c-7d3e-8f40-123456789abc";
