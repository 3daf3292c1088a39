use super::{MARKER, copied, holds};
use crate::{
    Note, Refused,
    film::boxes::{boxes, child, put},
    publication_copy,
};

/// A sample of two units: a supplement with the name, and a picture.
fn sample() -> Vec<u8> {
    let message = [&[6, 5, MARKER.len() as u8], MARKER.as_bytes(), &[0x80]].concat();
    let mut out = Vec::new();
    for unit in [&message[..], b"\x65picture"] {
        out.extend_from_slice(&(unit.len() as u32).to_be_bytes());
        out.extend_from_slice(unit);
    }
    out
}

struct Made<'a> {
    kind: &'a [u8; 4],
    entry: (&'a [u8; 4], Vec<u8>),
    sizes: Vec<u32>,
    offset: usize,
}

fn track(out: &mut Vec<u8>, made: &Made<'_>) {
    put(out, b"trak", |out| {
        put(out, b"tkhd", |out| out.extend_from_slice(&[[0, 0, 0, 7].as_slice(), &[9; 8], &[0; 72]].concat()));
        put(out, b"mdia", |out| {
            put(out, b"mdhd", |out| {
                out.extend_from_slice(&[[0; 4].as_slice(), &[9; 8], &[0, 0, 1, 0, 0, 0, 1, 0, 9, 9, 0, 0]].concat())
            });
            put(out, b"hdlr", |out| {
                out.extend_from_slice(&[0; 8]);
                out.extend_from_slice(made.kind);
                out.extend_from_slice(&[0; 12]);
                out.extend_from_slice(MARKER.as_bytes());
            });
            put(out, b"minf", |out| {
                put(out, b"stbl", |out| {
                    put(out, b"stsd", |out| {
                        out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1]);
                        put(out, made.entry.0, |out| out.extend_from_slice(&made.entry.1));
                    });
                    put(out, b"stts", |out| out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 9]));
                    put(out, b"stsc", |out| {
                        out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1])
                    });
                    put(out, b"stsz", |out| {
                        out.extend_from_slice(&[0; 8]);
                        out.extend_from_slice(&(made.sizes.len() as u32).to_be_bytes());
                        made.sizes.iter().for_each(|size| out.extend_from_slice(&size.to_be_bytes()));
                    });
                    put(out, b"stco", |out| {
                        out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1]);
                        out.extend_from_slice(&(made.offset as u32).to_be_bytes());
                    });
                });
            });
        });
    });
}

/// Kind of track, description of its samples, samples.
type Track<'a> = (&'a [u8; 4], (&'a [u8; 4], Vec<u8>), Vec<Vec<u8>>);

fn with(brand: &[u8; 4], tracks: &[Track<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, b"ftyp", |out| out.extend_from_slice(&[brand.as_slice(), b"\0\0\0\0isom", brand].concat()));
    let mut media = MARKER.as_bytes().to_vec();
    let mut places = Vec::new();
    for (_, _, samples) in tracks {
        places.push(out.len() + 8 + media.len());
        samples.iter().for_each(|sample| media.extend_from_slice(sample));
        media.extend_from_slice(MARKER.as_bytes());
    }
    put(&mut out, b"mdat", |out| out.append(&mut media));
    put(&mut out, b"moov", |out| {
        put(out, b"mvhd", |out| out.extend_from_slice(&[[0; 4].as_slice(), &[9; 8], &[0; 88]].concat()));
        for ((kind, entry, samples), offset) in tracks.iter().zip(places) {
            let sizes = samples.iter().map(|sample| sample.len() as u32).collect();
            track(out, &Made { kind, entry: entry.clone(), sizes, offset });
        }
        put(out, b"udta", |out| put(out, b"\xa9xyz", |out| out.extend_from_slice(MARKER.as_bytes())));
    });
    put(&mut out, b"uuid", |out| out.extend_from_slice(MARKER.as_bytes()));
    out
}

fn picture() -> (&'static [u8; 4], Vec<u8>) {
    let mut entry = vec![0; 78];
    entry[42..42 + MARKER.len()].copy_from_slice(MARKER.as_bytes());
    put(&mut entry, b"avcC", |out| out.extend_from_slice(&[1, 66, 0, 30, 0xff, 0xe0, 0]));
    put(&mut entry, b"uuid", |out| out.extend_from_slice(MARKER.as_bytes()));
    (b"avc1", entry)
}

fn noise() -> (&'static [u8; 4], Vec<u8>) {
    let mut entry = vec![0; 28];
    entry[12..16].copy_from_slice(b"Ana-");
    put(&mut entry, b"esds", |out| out.extend_from_slice(&[0; 8]));
    (b"mp4a", entry)
}

pub(crate) fn film(brand: &[u8; 4]) -> Vec<u8> {
    with(
        brand,
        &[
            (b"vide", picture(), vec![sample(), sample()]),
            (b"meta", (b"mebx", MARKER.as_bytes().to_vec()), vec![vec![1]]),
        ],
    )
}

pub(crate) fn sound() -> Vec<u8> {
    with(b"M4A ", &[(b"soun", noise(), vec![b"first".to_vec(), b"second".to_vec()])])
}

#[test]
fn the_samples_are_found_where_the_new_description_says() {
    let copy = copied(&film(b"isom"));
    assert_eq!(copy.notes, [Note::TracksLeftOut, Note::EncodedAsBefore]);
    let top = boxes(&copy.bytes).expect("boxes");
    assert_eq!(top.iter().map(|(name, _)| *name).collect::<Vec<_>>(), [*b"ftyp", *b"moov", *b"mdat"]);
    let mut at = child(&top, b"moov").expect("moov").to_vec();
    for name in [b"trak", b"mdia", b"minf", b"stbl"] {
        at = child(&boxes(&at).expect("boxes"), name).expect("is there").to_vec();
    }
    let stbl = boxes(&at).expect("boxes");
    let offset = child(&stbl, b"stco").and_then(|body| body.get(8..12)).expect("a place");
    let offset = u32::from_be_bytes(offset.try_into().expect("four")) as usize;
    // The supplement is gone from both samples, the pictures are whole.
    assert_eq!(&copy.bytes[offset..], b"\0\0\0\x08\x65picture\0\0\0\x08\x65picture");
    assert_eq!(child(&stbl, b"stsz").expect("sizes")[8..], [0, 0, 0, 2, 0, 0, 0, 12, 0, 0, 0, 12]);
    assert!(!holds(&copy.bytes, &[9; 8]), "times of making");
}

#[test]
fn sound_is_copied_sample_by_sample() {
    assert!(copied(&sound()).bytes.ends_with(b"mdatfirstsecond"));
}

#[test]
fn tables_that_lie_are_refused() {
    let mut file = film(b"isom");
    // The place of the samples, behind the end.
    let at = memchr::memmem::find(&file, b"stco").expect("a table") + 12;
    file[at..at + 4].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
    assert_eq!(publication_copy(&file), Err(Refused::Broken));
    let mut pieces = film(b"isom");
    put(&mut pieces, b"moof", |_| {});
    assert_eq!(publication_copy(&pieces), Err(Refused::Variety));
}
