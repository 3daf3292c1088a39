//! Previews: a draft in the frame of the site, for who has the link. Never kept, never to be found.

use onrecord_base::{App, Error, Result, Time};
use onrecord_stories::Kind;

use super::{
    maker::Maker,
    story::{Times, head_of, library_of, static_view, view},
};
use crate::{edition::page::Draft, theme::Themes, views::Head};

/// The page that a preview link shows.
///
/// # Errors
/// `Error::NotFound` for a link that is unknown, revoked or expired.
pub async fn show(app: &App, themes: &Themes, token: &str) -> Result<Draft> {
    let (maker_app, theme, token) = (app.clone(), themes.current(), token.to_owned());
    app.db.read(move |conn| make(Maker::new(conn, &maker_app, &theme), &token)).await
}

fn make(mut maker: Maker<'_, '_>, token: &str) -> Result<Draft> {
    let preview = onrecord_stories::preview(maker.conn, token, maker.now)?.ok_or(Error::NotFound)?;
    let library = library_of(&mut maker, &preview)?;
    let head = Head {
        robots: Some("noindex, nofollow"),
        preview: true,
        // Who reads a preview elsewhere is not to be shown a card of it.
        picture_url: None,
        picture_alt: None,
        ..head_of(&maker, &preview, None, &library)
    };
    if preview.kind == Kind::Page {
        let view = static_view(&maker, &preview, &library, None::<Time>, &head);
        return maker.page(&view, &head);
    }
    let times = Times { published: None, updated: None };
    let view = view(&mut maker, &preview, "", &library, times);
    maker.page(&view, &head)
}
