use std::path::{Path, PathBuf};

use onrecord_base::Error;

use crate::{MAX_BYTES, prepare};

fn refusal(bytes: &[u8]) -> String {
    match prepare(bytes) {
        Err(Error::Invalid(fields)) => fields[0].message.clone(),
        Err(Error::TooLarge { .. }) => "too large".into(),
        Err(error) => panic!("an unclear refusal: {error}"),
        Ok(_) => "accepted".into(),
    }
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    for bytes in [&b""[..], b"<svg onload=alert(1)>", b"%PDF-1.7", b"BM\0\0", b"II*\0", b"\0\0\0\x18ftypheic", b"RIFF"]
    {
        assert_eq!(refusal(bytes), "media-not-a-picture");
    }
    assert_eq!(refusal(b"\xff\xd8\xff"), "media-cut-off");
    assert_eq!(refusal(&vec![0; MAX_BYTES + 1]), "too large");
}

/// A PNG header that claims a size, and nothing after it.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let crc = header.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    bytes.extend(header);
    bytes.extend((!crc).to_be_bytes());
    bytes.extend(b"\0\0\0\x01IDAT");
    bytes
}

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
    assert_eq!(refusal(&png_claiming(20_000, 20_000)), "media-too-many-pixels");
    assert_eq!(refusal(&png_claiming(30_001, 1)), "media-too-many-pixels");
    assert_eq!(refusal(&png_claiming(u32::MAX >> 1, u32::MAX >> 1)), "media-too-many-pixels");
    assert_eq!(refusal(&png_claiming(100, 100)), "media-broken");
}

/// Every file of a gathered set that is not part of the project; see `ONRECORD_BENCH_DATA`.
#[test]
fn gathered_hostile_files_are_taken_or_refused_with_a_sentence() {
    let home = std::env::var("ONRECORD_BENCH_DATA")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let folder = home.join("hostile-files");
    if !folder.is_dir() {
        eprintln!("not run: {} is not here", folder.display());
        return;
    }
    let (mut taken, mut refused) = (0, 0);
    for path in walk(&folder) {
        let outcome = refusal(&std::fs::read(&path).unwrap());
        match outcome.as_str() {
            "accepted" => taken += 1,
            _ => refused += 1,
        }
        let name = path.file_name().unwrap().to_string_lossy();
        if name == "png_20000x20000.png" {
            assert_eq!(outcome, "media-too-many-pixels");
        }
        if ["svg", "pdf", "heic", "mp4", "zip", "docx"].iter().any(|e| path.extension().is_some_and(|x| x == *e)) {
            assert_eq!(outcome, "media-not-a-picture", "{name}");
        }
    }
    eprintln!("{taken} taken, {refused} refused");
    assert!(taken > 0 && refused > 0);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
