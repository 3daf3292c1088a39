use moxcms::ColorProfile;

use super::{copied, made};
use crate::{
    Kind, Note, Preview,
    picture::{self, Channels, Raster},
    preview,
};

fn pixels(bytes: &[u8], kind: Kind) -> Raster {
    picture::decode(bytes, kind, &mut Vec::new()).unwrap_or_else(|refused| panic!("{refused:?}"))
}

#[test]
fn a_picture_is_turned_as_its_orientation_asks() {
    // Numbers of a picture of three by two; each line says where they are afterwards.
    let held = [
        (1, "123456", (3, 2)),
        (2, "321654", (3, 2)),
        (3, "654321", (3, 2)),
        (4, "456123", (3, 2)),
        (5, "142536", (2, 3)),
        (6, "415263", (2, 3)),
        (7, "635241", (2, 3)),
        (8, "362514", (2, 3)),
    ];
    for (orientation, upright, size) in held {
        let raster = Raster::new(3, 2, Channels::Gray, b"123456".to_vec(), orientation).expect("fits");
        assert_eq!((raster.size(), &*raster.upright().expect("fits")), (size, upright.as_bytes()), "{orientation}");
    }
}

#[test]
fn the_red_corner_is_where_it_belongs() {
    let copy = copied(&made::png());
    assert_eq!(copy.notes, [Note::Turned]);
    let raster = pixels(&copy.bytes, Kind::Png);
    assert_eq!((raster.size(), &raster.pixels[raster.pixels.len() - 3..]), ((6, 4), &[255, 0, 0][..]));
    // Orientation 6 of the JPEG: a quarter to the right.
    let copy = copied(&made::jpeg());
    assert_eq!(pixels(&copy.bytes, Kind::Jpeg).size(), (4, 6));
    assert!(copy.bytes.ends_with(&[0xff, 0xd9]));
}

#[test]
fn colours_of_a_wide_profile_become_srgb() {
    let profile = ColorProfile::new_display_p3().encode().expect("encodes");
    let mut out = Vec::new();
    let mut info = png::Info::with_size(1, 1);
    info.color_type = png::ColorType::Rgb;
    info.bit_depth = png::BitDepth::Eight;
    info.icc_profile = Some(profile.into());
    let mut writer = png::Encoder::with_info(&mut out, info).expect("fits").write_header().expect("writes");
    writer.write_image_data(&[0, 200, 0]).expect("writes");
    writer.finish().expect("writes");
    let copy = copied(&out);
    assert_eq!(copy.notes, [Note::Converted]);
    let raster = pixels(&copy.bytes, Kind::Png);
    assert!(raster.pixels[1] > 200 && raster.pixels[0] < 10, "{:?}", raster.pixels);
    assert!(!super::holds(&copy.bytes, b"iCCP"));
}

#[test]
fn an_animation_keeps_its_pictures_and_times() {
    let copy = copied(&made::gif());
    let mut decoder = gif::DecodeOptions::new().read_info(&copy.bytes[..]).expect("opens");
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("reads") {
        assert_eq!(&*frame.buffer, [0, 1, 1, 0]);
        delays.push(frame.delay);
    }
    assert_eq!((delays, decoder.repeat()), (vec![3, 7], gif::Repeat::Infinite));
}

#[test]
fn all_pages_of_a_tiff_come_along_upright() {
    let copy = copied(&made::tiff());
    let mut decoder = tiff::decoder::Decoder::new(std::io::Cursor::new(&copy.bytes)).expect("opens");
    let tiff::decoder::DecodingResult::U8(first) = decoder.read_image().expect("reads") else { panic!("eight bits") };
    assert_eq!(&first[first.len() - 3..], [255, 0, 0]);
    assert!(decoder.more_images());
    assert!(decoder.find_tag(tiff::tags::Tag::Artist).expect("reads").is_none());
}

#[test]
fn previews_are_small_and_flat() {
    let large = Raster::new(4_000, 10, Channels::Rgba, vec![0; 4_000 * 10 * 4], 1).expect("fits");
    let png = picture::png::encode(&large).expect("encodes");
    let Preview::Pictures(pages, 1) = preview(&png) else { panic!("no picture") };
    assert_eq!((pages[0].width, pages[0].height), (1_280, 3));
    let shown = pixels(&pages[0].jpeg, Kind::Jpeg);
    assert!(shown.pixels.iter().all(|value| *value > 250), "what shines through is white");
}
