use super::{AllPictures, ID};
use crate::{Block, Document, Licence, NoPictures, PictureView, Pictures, RenderOptions, to_html, to_html_with};

fn picture() -> Document {
    Document::from_html(&format!("<figure class=picture data-picture={ID}><img alt='A boat'><figcaption><span class=caption>At sea</span></figcaption></figure>")).document
}

#[test]
fn a_picture_has_its_size_and_credit() {
    let html = to_html(&picture(), &AllPictures);
    assert_eq!(
        html,
        format!(
            "<figure class=\"picture\" data-picture=\"{ID}\"><picture><source type=\"image/webp\" srcset=\"/media/{ID}-400.webp 400w, /media/{ID}-800.webp 800w\" \
             sizes=\"100vw\"><img src=\"/media/{ID}-800.jpg\" width=\"800\" height=\"533\" alt=\"A boat\" \
             fetchpriority=\"high\" decoding=\"async\"></picture>\
             <figcaption><span class=\"caption\">At sea</span> <span class=\"credit\"><span class=\"agency\">Harbour Press</span> / \
             <span class=\"photographer\">Ida Quist</span></span></figcaption></figure>\n"
        )
    );
    assert_eq!(
        to_html(&picture(), &NoPictures),
        format!(
            "<figure class=\"picture\" data-picture=\"{ID}\"><figcaption><span class=\"caption\">At sea</span></figcaption></figure>\n"
        )
    );
}

#[test]
fn a_licence_stands_behind_the_credit_and_is_not_read_back_as_a_caption() {
    struct Free;
    impl Pictures for Free {
        fn picture(&self, id: &str) -> Option<PictureView> {
            let licence =
                Licence { name: "CC BY 4.0".into(), url: "https://creativecommons.org/licenses/by/4.0/".into() };
            Some(PictureView { licence: Some(licence), ..AllPictures.picture(id)? })
        }
    }
    let html = to_html(&picture(), &Free);
    assert!(
        html.contains(
            "Ida Quist</span></span> <span class=\"licence\"><a href=\"https://creativecommons.org/licenses/by/4.0/\" \
             rel=\"license external noopener\">CC BY 4.0</a></span></figcaption>"
        ),
        "{html}"
    );
    let back = Document::from_html(&html).document;
    let Some(Block::Picture(read)) = back.blocks.first() else { panic!("{back:?}") };
    assert_eq!((crate::inline_text(&read.caption).as_str(), read.agency.as_str()), ("At sea", "Harbour Press"));
}

#[test]
fn the_first_picture_loads_at_once_and_the_rest_later() {
    let mut document = picture();
    document.blocks.extend(picture().blocks);
    let html = to_html(&document, &AllPictures);
    assert_eq!(html.matches("loading=\"lazy\"").count(), 1);
    let options = RenderOptions { first_picture_eager: false, ..RenderOptions::default() };
    assert_eq!(to_html_with(&document, &AllPictures, &options).matches("loading=\"lazy\"").count(), 2);
}

#[test]
fn feeds_get_absolute_addresses() {
    let mut document = Document::from_html("<h2>H</h2><p><a href='/x'>x</a> <a href='https://news.example/y'>y</a> <a href='https://other.example'>z</a></p>").document;
    document.blocks.extend(picture().blocks);
    let options = RenderOptions { site: Some("https://news.example/"), feed: true, ..RenderOptions::default() };
    let html = to_html_with(&document, &AllPictures, &options);
    assert!(html.contains("<h2>H</h2>"));
    assert!(html.contains("<a href=\"https://news.example/x\">x</a> <a href=\"https://news.example/y\">y</a> <a href=\"https://other.example\" rel=\"external noopener\">z</a>"), "{html}");
    assert!(html.contains("><img src=\"https://news.example/media/"));
    assert!(
        !html.contains("loading=") && !html.contains("srcset="),
        "one address each, for readers that know no other"
    );
}

#[test]
fn plain_text_reads_as_text() {
    let document = Document::from_html("<h2>H</h2><ul><li>a<ul><li>b</ul><li>c</ul><ol start=3><li>d</ol><blockquote><p>q</p><cite>Mira</cite></blockquote><table><tr><td>1<td>2</table>").document;
    assert_eq!(document.plain_text(), "H\n\n- a\n\n  - b\n- c\n\n3. d\n\nq\n\n— Mira\n\n1\t2");
}

#[test]
fn no_level_of_headings_is_left_out() {
    let document = Document::from_html("<h3>a</h3><h3>b</h3><h4>c</h4><h2>d</h2><h4>e</h4>").document;
    let html = to_html(&document, &NoPictures);
    let levels: Vec<char> = html.lines().filter_map(|line| line.strip_prefix("<h")?.chars().next()).collect();
    assert_eq!(levels, ['2', '2', '3', '2', '3']);
}
