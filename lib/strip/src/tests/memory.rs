//! What files made to fill memory cost: measured in a process of its own, since the most that one has had never falls.

use std::{io::Write, process::Command};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{made, pdfs};
use crate::{preview, publication_copy};

const CHILD: &str = "ONRECORD_STRIP_MEMORY";
/// The bar of the tip line.
const MOST_KB: u64 = 256 << 10;

/// A figure of this process's memory, in kB; where the system does not say, none.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// A PNG that says it is that large, with almost nothing in it.
fn wide_png(side: u32) -> Vec<u8> {
    let mut out = made::png();
    out[16..20].copy_from_slice(&side.to_be_bytes());
    out[20..24].copy_from_slice(&side.to_be_bytes());
    let crc = flate2_crc(&out[12..29]);
    out[29..33].copy_from_slice(&crc.to_be_bytes());
    out
}

fn flate2_crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn packed(name: &str, bytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("word/document.xml", bytes), (name, bytes)] {
        zip.start_file(name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(&vec![b' '; bytes]).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

fn hostile() -> Vec<Vec<u8>> {
    let mut gif = made::gif();
    gif[6..10].fill(0xff);
    let mut jpeg = made::jpeg();
    let frame = memchr::memmem::find(&jpeg, &[0xff, 0xc0, 0]).expect("a frame");
    jpeg[frame + 5..frame + 9].fill(0xff);
    let mut tiff = made::tiff();
    // Its sizes stand as numbers of two or four bytes; all that are six or four become large.
    for at in 8..tiff.len().saturating_sub(4) {
        if tiff[at..at + 4] == [6, 0, 0, 0] {
            tiff[at..at + 4].copy_from_slice(&[0, 0xff, 0, 0]);
        }
    }
    vec![
        gif,
        jpeg,
        tiff,
        wide_png(20_000),
        wide_png(65_535),
        wide_png(6_000),
        packed("word/styles.xml", 60 << 20),
        pdfs::bomb(90 << 20),
        pdfs::bomb(40 << 20),
    ]
}

#[test]
fn files_made_to_fill_memory_do_not() {
    if std::env::var_os(CHILD).is_some() {
        let files = hostile();
        // Making them took memory too: the most is counted from here.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = memory("VmRSS:").unwrap_or(0);
        for file in &files {
            let _ = publication_copy(file);
            let _ = preview(file);
        }
        println!("grown: {} kB", memory("VmHWM:").unwrap_or(0).saturating_sub(before));
        return;
    }
    if memory("VmHWM:").is_none() {
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let child = Command::new(program)
        .args(["--exact", "tests::memory::files_made_to_fill_memory_do_not", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
    let grown = said.lines().find_map(|line| line.split("grown: ").nth(1)).and_then(|rest| rest.split(' ').next());
    let grown: u64 = grown.expect("it says so").parse().expect("a number");
    assert!(grown <= MOST_KB, "{grown} kB");
}
