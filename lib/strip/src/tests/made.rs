//! Files made here, with a name in them.

use std::{borrow::Cow, io::Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::MARKER;
use crate::{
    Kind,
    film::boxes::put,
    picture::{Channels, Raster},
};

/// One of each kind.
pub(crate) fn all() -> Vec<(Kind, Vec<u8>)> {
    vec![
        (Kind::Jpeg, jpeg()),
        (Kind::Png, png()),
        (Kind::WebP, webp()),
        (Kind::Gif, gif()),
        (Kind::Tiff, tiff()),
        (Kind::Heic, heic()),
        (Kind::Pdf, super::pdfs::full()),
        (Kind::Word, super::documents::word()),
        (Kind::Sheet, super::documents::sheet()),
        (Kind::OpenText, super::documents::open()),
        (Kind::Mp3, mp3()),
        (Kind::Wav, wav()),
        (Kind::Mp4, super::films::film(b"isom")),
        (Kind::QuickTime, super::films::film(b"qt  ")),
        (Kind::M4a, super::films::sound()),
    ]
}

/// A picture of 6 by 4 pixels, the first of them red.
pub(crate) fn raster() -> Raster {
    let mut pixels = vec![200; 6 * 4 * 3];
    pixels[..3].copy_from_slice(&[255, 0, 0]);
    Raster::new(6, 4, Channels::Rgb, pixels, 1).expect("fits")
}

/// Exif data with an orientation and a name.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    out.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    out.extend_from_slice(&[0x01, 0x3b, 0, 2, 0, 0, 0, MARKER.len() as u8, 0, 0, 0, 38]);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(MARKER.as_bytes());
    out
}

pub(crate) fn jpeg() -> Vec<u8> {
    let plain = raster().jpeg(95).expect("encodes");
    let mut out = plain[..2].to_vec();
    let mut segment = |marker: u8, body: &[u8]| {
        out.extend_from_slice(&[0xff, marker]);
        out.extend_from_slice(&(body.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(body);
    };
    segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(6)].concat());
    segment(0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x>{MARKER}</x>").as_bytes());
    segment(0xed, format!("Photoshop 3.0\0{MARKER}").as_bytes());
    segment(0xfe, MARKER.as_bytes());
    out.extend_from_slice(&plain[2..]);
    out.extend_from_slice(MARKER.as_bytes());
    out
}

pub(crate) fn png() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 6, 4);
    encoder.set_color(png::ColorType::Rgb);
    encoder.add_text_chunk("Author".to_owned(), MARKER.to_owned()).expect("fits");
    let mut writer = encoder.write_header().expect("writes");
    writer.write_chunk(png::chunk::ChunkType(*b"eXIf"), &exif(3)).expect("writes");
    writer.write_chunk(png::chunk::ChunkType(*b"prVt"), MARKER.as_bytes()).expect("writes");
    writer.write_image_data(&raster().pixels).expect("writes");
    writer.finish().expect("writes");
    out.extend_from_slice(MARKER.as_bytes());
    out
}

fn webp() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut out);
    encoder.set_exif_metadata(exif(8));
    encoder.set_xmp_metadata(MARKER.as_bytes().to_vec());
    encoder.encode(&raster().pixels, 6, 4, image_webp::ColorType::Rgb8).expect("encodes");
    out
}

pub(crate) fn gif() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = gif::Encoder::new(&mut out, 2, 2, &[255, 0, 0, 0, 0, 255]).expect("writes");
    encoder.set_repeat(gif::Repeat::Infinite).expect("writes");
    encoder.write_raw_extension(gif::Extension::Comment.into(), &[MARKER.as_bytes()]).expect("writes");
    for delay in [3, 7] {
        let buffer = Cow::Borrowed(&[0u8, 1, 1, 0][..]);
        let frame = gif::Frame { width: 2, height: 2, delay, buffer, ..gif::Frame::default() };
        encoder.write_frame(&frame).expect("writes");
    }
    drop(encoder);
    out
}

pub(crate) fn tiff() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).expect("writes");
    for _ in 0..2 {
        let mut image = encoder.new_image::<tiff::encoder::colortype::RGB8>(6, 4).expect("writes");
        image.encoder().write_tag(tiff::tags::Tag::Artist, MARKER).expect("writes");
        image.encoder().write_tag(tiff::tags::Tag::Orientation, 3u16).expect("writes");
        image.write_data(&raster().pixels).expect("writes");
    }
    out.into_inner()
}

pub(crate) fn wav() -> Vec<u8> {
    let mut out = b"RIFF\0\0\0\0WAVE".to_vec();
    let mut chunk = |name: &[u8], body: &[u8]| {
        out.extend_from_slice(name);
        out.extend_from_slice(&(body.len() as u32).to_le_bytes());
        out.extend_from_slice(body);
        out.resize(out.len() + body.len() % 2, 0);
    };
    chunk(b"bext", MARKER.as_bytes());
    chunk(b"fmt ", &[1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]);
    chunk(b"data", &[1, 2, 3, 4, 5, 6]);
    chunk(b"LIST", format!("INFOIART{MARKER}").as_bytes());
    out
}

/// Three frames without sound, the first for information; all unused bits hold the name.
pub(crate) fn mp3() -> Vec<u8> {
    let mut out = b"ID3\x04\0\0\0\0\0\x20".to_vec();
    out.extend_from_slice(format!("{MARKER:>32}").as_bytes());
    for number in 0..4 {
        let mut frame = vec![0xff, 0xfb, 0x90, 0x44];
        frame.extend_from_slice(&[0; 32]);
        frame.extend_from_slice(if number == 0 { b"Info" } else { b"    " });
        while frame.len() < 417 {
            frame.extend_from_slice(MARKER.as_bytes());
        }
        frame.truncate(417);
        out.append(&mut frame);
    }
    out.extend_from_slice(b"APETAGEX");
    out.extend_from_slice(MARKER.as_bytes());
    out.extend_from_slice(b"TAG");
    out.extend_from_slice(format!("{MARKER:<125}").as_bytes());
    out
}

/// A picture of one unit with a supplement before it, and an item of Exif data.
pub(crate) fn heic() -> Vec<u8> {
    let unit = |kind: u8, body: &[u8]| {
        let mut out = (body.len() as u32 + 2).to_be_bytes().to_vec();
        out.extend_from_slice(&[kind << 1, 1]);
        out.extend_from_slice(body);
        out
    };
    let named = [&[5, MARKER.len() as u8], MARKER.as_bytes(), &[0x80]].concat();
    let picture = [unit(39, &named), unit(19, b"picture")].concat();
    let described = [&exif(6)[..], MARKER.as_bytes()].concat();
    let mut out = Vec::new();
    put(&mut out, b"ftyp", |out| out.extend_from_slice(b"heic\0\0\0\0mif1heic"));
    let begin = out.len();
    let meta = |base: usize| {
        let mut out = Vec::new();
        put(&mut out, b"meta", |out| {
            out.extend_from_slice(&[0; 4]);
            crate::film::handler(out, b"pict");
            put(out, b"pitm", |out| out.extend_from_slice(&[0, 0, 0, 0, 0, 1]));
            put(out, b"iinf", |out| {
                out.extend_from_slice(&[0, 0, 0, 0, 0, 2]);
                for (id, kind) in [(1, b"hvc1"), (2, b"Exif")] {
                    put(out, b"infe", |out| {
                        out.extend_from_slice(&[2, 0, 0, 0, 0, id, 0, 0]);
                        out.extend_from_slice(kind);
                        out.extend_from_slice(MARKER.as_bytes());
                        out.push(0);
                    });
                }
            });
            put(out, b"iprp", |out| {
                put(out, b"ipco", |out| {
                    put(out, b"hvcC", |out| {
                        out.extend_from_slice(&[1; 21]);
                        out.extend_from_slice(&[3, 1, 39, 0, 1, 0, MARKER.len() as u8]);
                        out.extend_from_slice(MARKER.as_bytes());
                    });
                    put(out, b"ispe", |out| out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 4]));
                    put(out, b"irot", |out| out.push(1));
                    put(out, b"udes", |out| out.extend_from_slice(MARKER.as_bytes()));
                });
                put(out, b"ipma", |out| {
                    out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 4, 0x81, 2, 0x83, 4]);
                });
            });
            put(out, b"iloc", |out| {
                out.extend_from_slice(&[0, 0, 0, 0, 0x44, 0, 0, 2]);
                for (id, at, length) in [(1, 0, picture.len()), (2, picture.len(), described.len())] {
                    out.extend_from_slice(&[0, id, 0, 0, 0, 1]);
                    out.extend_from_slice(&((base + at) as u32).to_be_bytes());
                    out.extend_from_slice(&(length as u32).to_be_bytes());
                }
            });
        });
        out
    };
    let base = begin + meta(0).len() + 8;
    let meta = meta(base);
    out.extend_from_slice(&meta);
    put(&mut out, b"mdat", |out| {
        out.extend_from_slice(&picture);
        out.extend_from_slice(&described);
    });
    out
}

/// An archive of parts that stand in it as they are.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
            .expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}
