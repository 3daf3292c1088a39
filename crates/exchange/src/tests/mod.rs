//! Tests of the crate.

mod comments;
mod import;
mod plain;
mod wxr;

use std::path::PathBuf;

/// The folder of samples that users bring; not part of the project.
pub(crate) fn samples(folder: &str) -> Option<PathBuf> {
    let root =
        std::env::var_os("ONRECORD_BENCH_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let found = root.join(folder);
    if !found.exists() {
        println!("not run: {} is absent (ONRECORD_BENCH_DATA names the folder of samples)", found.display());
        return None;
    }
    Some(found)
}
