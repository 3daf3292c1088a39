use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Rgba, RgbaImage,
    codecs::jpeg::JpegEncoder,
};
use onrecord_base::{DataDir, Error, testing::START};
use proptest::prelude::*;

use super::{drawing, encoded};
use crate::{Credits, Format, NewPicture, Rendition, files, prepare, store};

/// Prepares and keeps, and gives the renditions and their bytes.
fn renditions(bytes: &[u8]) -> Vec<(Rendition, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new(folder.path());
    let kept = prepare(bytes).unwrap().keep(&data, bytes).unwrap();
    let read = |made: &Rendition| std::fs::read(files::rendition(&data, &made.sha256, made.format)).unwrap();
    kept.renditions.iter().map(|made| (made.clone(), read(made))).collect()
}

fn sizes(bytes: &[u8], format: Format) -> Vec<(u32, u32)> {
    let made = renditions(bytes).into_iter().filter(|(made, _)| made.format == format);
    made.map(|(made, _)| (made.width, made.height)).collect()
}

#[test]
fn a_large_picture_has_every_width_and_a_small_one_is_never_made_larger() {
    let webps = |width, height, format| sizes(&encoded(&drawing(width, height), format), Format::WebP);
    assert_eq!(
        webps(3_000, 2_000, ImageFormat::Jpeg),
        [(320, 213), (480, 320), (768, 512), (1_200, 800), (1_600, 1_067), (2_048, 1_365)]
    );
    assert_eq!(webps(1_000, 100, ImageFormat::Png), [(320, 32), (480, 48), (768, 77), (1_000, 100)]);
    assert_eq!(webps(640, 480, ImageFormat::WebP), [(320, 240), (480, 360), (640, 480)]);
    assert_eq!(webps(1, 9, ImageFormat::Gif), [(1, 9)]);
    assert_eq!(webps(4_000, 1, ImageFormat::Png).first(), Some(&(320, 1)));
}

#[test]
fn what_is_no_browser_gets_one_jpeg() {
    let jpegs = |width, height| sizes(&encoded(&drawing(width, height), ImageFormat::Png), Format::Jpeg);
    assert_eq!(jpegs(3_000, 2_000), [(1_200, 800)]);
    assert_eq!(jpegs(1_000, 100), [(1_000, 100)]);
}

#[test]
fn a_strip_taller_than_a_webp_can_be_is_a_jpeg_in_every_width() {
    let strip = encoded(&drawing(500, 20_000), ImageFormat::Png);
    assert_eq!(sizes(&strip, Format::WebP), []);
    assert_eq!(sizes(&strip, Format::Jpeg), [(320, 12_800), (480, 19_200), (500, 20_000)]);
    let high = encoded(&drawing(500, 16_383), ImageFormat::Png);
    assert_eq!(sizes(&high, Format::WebP).last(), Some(&(500, 16_383)));
}

#[test]
fn what_shone_through_is_white_on_the_page() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([200, 0, 0, 0])));
    let made = renditions(&encoded(&clear, ImageFormat::Png));
    assert_eq!(made.len(), 2);
    for (_, bytes) in made {
        let [red, green, blue, _] = image::load_from_memory(&bytes).unwrap().get_pixel(4, 4).0;
        assert!(red > 250 && green > 250 && blue > 250);
    }
}

#[test]
fn a_jpeg_that_was_not_copied_whole_is_refused_and_one_with_something_behind_it_is_not() {
    let whole = encoded(&drawing(400, 300), ImageFormat::Jpeg);
    assert!(prepare(&whole).is_ok());
    // What telephones put behind it: a film, in which there is any byte.
    let followed = [whole.as_slice(), b"\xff\xda\0\x08film\xff\xd8"].concat();
    assert!(prepare(&followed).is_ok());
    // Some programs leave the mark of the end out, and nothing else.
    assert!(prepare(&whole[..whole.len() - 2]).is_ok());
    for part in [20, whole.len() / 3, whole.len() / 2, whole.len() * 9 / 10] {
        let Err(Error::Invalid(fields)) = prepare(&whole[..part]) else { panic!("{part} of {} bytes", whole.len()) };
        assert_eq!(fields[0].message, "media-cut-off");
    }
    // What was not copied is zeros.
    let mut holed = whole.clone();
    holed[whole.len() / 2..].fill(0);
    assert!(prepare(&holed).is_err());
    // The preview in a segment comes to its end; the picture does not.
    let preview = encoded(&drawing(20, 20), ImageFormat::Jpeg);
    let length = u16::try_from(preview.len() + 2).unwrap().to_be_bytes();
    let with = [&whole[..2], &[0xff, 0xe1], &length, &preview, &whole[2..]].concat();
    assert!(prepare(&with).is_ok());
    assert!(prepare(&with[..with.len() - with.len() / 5]).is_err());
}

/// An EXIF block with one entry, the orientation, and a text that must not reach readers.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"SECRET-PLACE");
    tiff
}

#[test]
fn orientation_is_baked_in_and_metadata_left_behind() {
    let picture = drawing(400, 200);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif(6)).unwrap();
    encoder.write_image(picture.as_bytes(), 400, 200, picture.color().into()).unwrap();
    assert!(bytes.windows(12).any(|w| w == b"SECRET-PLACE"));
    bytes.extend(b"<script>alert(1)</script>");
    let made = renditions(&bytes);
    assert_eq!(made.len(), 2);
    for (made, bytes) in &made {
        assert_eq!((made.width, made.height), (200, 400));
        for left in [b"SECRET-PLACE".as_slice(), b"<script", b"Exif", b"EXIF"] {
            assert!(!bytes.windows(left.len()).any(|part| part == left));
        }
        // A quarter turn to the right: what was at the lower left is now at the upper left.
        let upright = image::load_from_memory(bytes).unwrap();
        assert!(upright.get_pixel(5, 5).0[1] > 200 && upright.get_pixel(5, 5).0[0] < 60);
    }
}

#[test]
fn a_colour_profile_is_kept_so_that_colours_stay() {
    let picture = drawing(400, 200);
    let mut profile = vec![7; 300];
    profile[16..20].copy_from_slice(b"RGB ");
    let with = |profile: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
        encoder.set_icc_profile(profile.to_vec()).unwrap();
        encoder.write_image(picture.as_bytes(), 400, 200, picture.color().into()).unwrap();
        renditions(&bytes)
    };
    let profile_of = |bytes: &[u8]| {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
        reader.into_decoder().unwrap().icc_profile().unwrap()
    };
    // An odd length, too: chunks of a WebP are even.
    for length in [300, 301] {
        profile.resize(length, 7);
        let made = with(&profile);
        assert_eq!(made.iter().filter(|(made, _)| made.format == Format::WebP).count(), 2);
        for (_, bytes) in made {
            assert_eq!(profile_of(&bytes).as_deref(), Some(profile.as_slice()));
            assert!(image::load_from_memory(&bytes).is_ok());
        }
    }
    profile[16..20].copy_from_slice(b"CMYK");
    assert!(with(&profile).iter().all(|(_, bytes)| profile_of(bytes).is_none()));
}

#[tokio::test]
async fn the_same_bytes_twice_are_one_picture_whose_credits_grow() {
    onrecord_base::testing::both(&[], |app| async move {
        let bytes = encoded(&drawing(50, 40), ImageFormat::Png);
        let new = |alt: &str, agency: &str| NewPicture {
            file_name: "../../etc/wall\u{7}.png".into(),
            alt: alt.into(),
            agency: agency.into(),
            ..NewPicture::default()
        };
        let first = crate::ingest(&app, bytes.clone(), new("A  wall\n", "")).await.unwrap();
        assert_eq!(
            (first.file_name.as_str(), first.alt.as_str(), first.format.as_str(), first.width),
            ("wall.png", "A wall", "png", 50)
        );
        let second = crate::ingest(&app, bytes.clone(), new("Another", "Salt Pictures")).await.unwrap();
        assert_eq!(second.id, first.id);
        assert_eq!(
            second.credits(),
            Credits { alt: "A wall".into(), agency: "Salt Pictures".into(), ..Credits::default() }
        );
        let found = app.db.read(move |conn| store::find(conn, &second.id)).await.unwrap().unwrap();
        assert!(found.credited());
        assert_eq!(found.view().srcset.len(), 1);
        let kinds = app.db.read(|conn| onrecord_base::changes::since(conn, 0)).await.unwrap();
        assert_eq!(kinds.iter().map(|c| c.kind.as_str()).collect::<Vec<_>>(), ["picture", "picture"]);

        // Two at once, and the one inside somebody's own transaction.
        let other = encoded(&drawing(51, 40), ImageFormat::Png);
        let (a, b) = tokio::join!(
            crate::ingest(&app, other.clone(), NewPicture::default()),
            crate::ingest(&app, other.clone(), NewPicture::default())
        );
        let kept = prepare(&other).unwrap().keep(&app.data, &other).unwrap();
        let c = app.db.write(move |conn| store::add(conn, "c", &kept, &NewPicture::default(), START)).await.unwrap();
        assert_eq!((a.unwrap().id, c.id), (b.as_ref().unwrap().id.clone(), b.unwrap().id));
        let parts = walk(app.data.path()).into_iter().filter(|name| name.ends_with(".part")).count();
        assert_eq!(parts, 0);
    })
    .await;
}

#[tokio::test]
async fn the_library_is_searched_and_paged() {
    onrecord_base::testing::both(&[], |app| async move {
        let bytes = encoded(&drawing(4, 4), ImageFormat::Png);
        let kept = prepare(&bytes).unwrap().keep(&app.data, &bytes).unwrap();
        app.db
            .write(move |conn| {
                for number in 0..=store::PAGE {
                    let kept = crate::Kept { sha256: format!("{number:064}"), ..kept.clone() };
                    let caption = format!("Picture {number} of 100%_\\ Übersee");
                    let new = NewPicture { caption, ..NewPicture::default() };
                    store::add(conn, &format!("{number:04}"), &kept, &new, START)?;
                }
                Ok(())
            })
            .await
            .unwrap();
        let db = &app.db;
        let list = |words: &'static str, before: Option<&'static str>| async move {
            let found = db.read(move |conn| store::list(conn, words, before)).await.unwrap();
            (found.0.len(), found.1)
        };
        assert_eq!(list("", None).await, (store::PAGE, true));
        assert_eq!(list("", Some("0001")).await, (1, false));
        assert_eq!(list("picture 7 of", None).await, (1, false));
        assert_eq!(list("100%_\\", None).await, (store::PAGE, true));
        assert_eq!(list("ÜBERSEE", None).await, (store::PAGE, true));
        assert_eq!(list("100_", None).await, (0, false));
    })
    .await;
}

#[tokio::test]
async fn texts_that_are_too_long_are_refused_by_name() {
    let long = NewPicture { agency: "x".repeat(201), ..NewPicture::default() };
    let Err(Error::Invalid(fields)) = long.tidied() else { panic!("refused") };
    assert_eq!(fields[0].field, "agency");
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .flat_map(|entry| match entry.path().is_dir() {
            true => walk(&entry.path()),
            false => vec![entry.path().display().to_string()],
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_pictures_are_refused_or_read_never_a_panic(
        format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encoded(&drawing(24, 16), format);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = prepare(&bytes);
        let _ = prepare(&bytes[..cut.index(bytes.len())]);
    }
}
