use image::{DynamicImage, GenericImageView, ImageEncoder, ImageFormat, Rgba, RgbaImage, codecs::jpeg::JpegEncoder};
use onrecord_base::{DataDir, Error, testing::START};
use proptest::prelude::*;

use super::{drawing, encoded};
use crate::{Credits, NewPicture, files, prepare, store};

/// Prepares and keeps, and gives width, height and bytes of each rendition.
fn renditions(bytes: &[u8]) -> Vec<(u32, u32, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new(folder.path());
    let kept = prepare(bytes).unwrap().keep(&data, bytes).unwrap();
    let read = |sha256: &str| std::fs::read(files::rendition(&data, sha256)).unwrap();
    kept.renditions.iter().map(|r| (r.width, r.height, read(&r.sha256))).collect()
}

fn sizes(bytes: &[u8]) -> Vec<(u32, u32)> {
    renditions(bytes).into_iter().map(|(width, height, _)| (width, height)).collect()
}

#[test]
fn a_large_picture_has_four_widths_and_a_small_one_is_never_made_larger() {
    let large = encoded(&drawing(3_000, 2_000), ImageFormat::Jpeg);
    assert_eq!(sizes(&large), [(320, 213), (640, 427), (1_280, 853), (2_048, 1_365)]);
    assert_eq!(sizes(&encoded(&drawing(1_000, 100), ImageFormat::Png)), [(320, 32), (640, 64), (1_000, 100)]);
    assert_eq!(sizes(&encoded(&drawing(640, 480), ImageFormat::WebP)), [(320, 240), (640, 480)]);
    assert_eq!(sizes(&encoded(&drawing(1, 9), ImageFormat::Gif)), [(1, 9)]);
    assert_eq!(sizes(&encoded(&drawing(4_000, 1), ImageFormat::Png)).first(), Some(&(320, 1)));
}

#[test]
fn what_shone_through_is_white_on_the_page() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([200, 0, 0, 0])));
    let (_, _, jpeg) = renditions(&encoded(&clear, ImageFormat::Png)).remove(0);
    let [red, green, blue, _] = image::load_from_memory(&jpeg).unwrap().get_pixel(4, 4).0;
    assert!(red > 250 && green > 250 && blue > 250);
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
    assert_eq!(made.last().map(|(w, h, _)| (*w, *h)), Some((200, 400)));
    for (_, _, jpeg) in &made {
        assert!(!jpeg.windows(12).any(|w| w == b"SECRET-PLACE"));
        assert!(!jpeg.windows(7).any(|w| w == b"<script"));
        assert!(!jpeg.windows(4).any(|w| w == b"Exif"));
    }
    // A quarter turn to the right: what was at the lower left is now at the upper left.
    let upright = image::load_from_memory(&made.last().unwrap().2).unwrap();
    assert!(upright.get_pixel(5, 5).0[1] > 200 && upright.get_pixel(5, 5).0[0] < 60);
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
        renditions(&bytes).remove(0).2
    };
    let has = |jpeg: &[u8]| jpeg.windows(11).any(|w| w == b"ICC_PROFILE");
    assert!(has(&with(&profile)));
    profile[16..20].copy_from_slice(b"CMYK");
    assert!(!has(&with(&profile)));
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
