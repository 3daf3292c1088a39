//! A quotation's own page.

use onrecord_base::Result;
use onrecord_record::store::public;

use super::{
    json_ld,
    maker::{Maker, some},
    said::MOST_USES,
};
use crate::{
    edition::page::Draft,
    views::{FeedLinks, Head, QuotationPage, QuotationView, direction},
};

pub(super) fn make(mut maker: Maker<'_, '_>, id: &str) -> Result<Option<Draft>> {
    let Some(mut quotation) = public::quotation(maker.conn, id)? else { return Ok(None) };
    quotation.uses.truncate(MOST_USES);
    maker.note_quotation(&quotation);
    let mut variants = public::variants(maker.conn, id)?;
    for variant in &mut variants {
        variant.uses.truncate(1);
        maker.note_quotation(variant);
    }
    let language = quotation.uses.first().map_or_else(String::new, |one| one.language.clone());
    let language = maker.frame_language(&language);
    let teller = maker.teller(&language);
    let description = quotation.person.as_ref().and_then(|person| some(&person.description));
    let view = QuotationView {
        quotation: QuotationPage {
            quote: teller.quote(&quotation),
            description,
            stories: quotation.uses.iter().map(|one| teller.story(one, &quotation.words)).collect(),
            variants: variants.iter().map(|variant| teller.quote(variant)).collect(),
        },
    };
    let feed =
        quotation.person.as_ref().map(|person| FeedLinks::below(&person.name, &format!("/people/{}", person.slug)));
    let head = Head {
        description: some(&teller.summary(&quotation)),
        dir: direction(&language),
        language,
        feed,
        json_ld: Some(json_ld::quotation_page(&quotation, &maker.absolute("/"))),
        ..maker.head("quotation", &teller.title(&quotation), Some(&format!("/quotes/{}", quotation.id)))
    };
    maker.page(&view, &head).map(Some)
}
