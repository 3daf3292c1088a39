//! The files of a site in a local folder, found by the addresses that its pages use.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Most files looked at in a media folder.
const FILES: usize = 1_000_000;
/// Deepest folder looked into; WordPress has `year/month`.
const DEPTH: usize = 12;

/// A file's place below the folder of uploads, as it can be compared: small letters, no size, no query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct UploadKey(String);

impl UploadKey {
    /// Of a path below the folder of uploads.
    pub(crate) fn of_path(path: &str) -> UploadKey {
        let path = path.replace('\\', "/").to_lowercase();
        UploadKey(without_size(path.trim_matches('/')))
    }

    /// Of an address. Addresses outside a folder of uploads count by host-less path.
    pub(crate) fn of_url(url: &str) -> Option<UploadKey> {
        let url = url.split(['?', '#']).next()?;
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.split_once('/')?.1,
            None => url.trim_start_matches('/'),
        };
        let path =
            ["/uploads/", "/files/"].iter().find_map(|folder| path.rsplit_once(folder)).map_or(path, |(_, path)| path);
        let path = decoded(path);
        (!path.trim_matches('/').is_empty()).then(|| UploadKey::of_path(&path))
    }

    fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

/// WordPress writes `name-300x200.jpg` and `name-scaled.jpg` beside `name.jpg`.
fn without_size(path: &str) -> String {
    let Some((stem, extension)) = path.rsplit_once('.') else { return path.to_owned() };
    let stem = stem.strip_suffix("-scaled").unwrap_or(stem);
    let size = stem.rsplit_once('-').filter(|(_, size)| {
        size.split_once('x').is_some_and(|(w, h)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            digits(w) && digits(h)
        })
    });
    format!("{}.{extension}", size.map_or(stem, |(stem, _)| stem))
}

fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A folder's files. Only files found while walking it are ever opened, so that no address can name one outside.
#[derive(Debug, Default)]
pub(crate) struct MediaFolder {
    by_path: HashMap<UploadKey, PathBuf>,
    /// By name alone, where it is the only one of that name.
    by_name: HashMap<String, Option<PathBuf>>,
}

impl MediaFolder {
    /// Walks a folder; symbolic links are not followed.
    pub(crate) fn open(folder: &Path) -> std::io::Result<MediaFolder> {
        let mut found = MediaFolder::default();
        let mut open = vec![(folder.to_owned(), 0)];
        let mut count = 0;
        while let Some((inner, depth)) = open.pop() {
            let mut entries: Vec<_> = std::fs::read_dir(&inner)?.collect::<Result<_, _>>()?;
            entries.sort_by_key(std::fs::DirEntry::file_name);
            for entry in entries {
                let (kind, path) = (entry.file_type()?, entry.path());
                if kind.is_dir() && depth < DEPTH {
                    open.push((path, depth + 1));
                } else if kind.is_file() && count < FILES {
                    count += 1;
                    let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
                    found.add(&below, path);
                }
            }
        }
        Ok(found)
    }

    fn add(&mut self, below: &str, path: PathBuf) {
        // Whoever names the folder above the uploads means the same files.
        let small = below.replace('\\', "/").to_lowercase();
        let below = small.rsplit_once("uploads/").map_or(small.as_str(), |(_, below)| below);
        let key = UploadKey::of_path(below);
        let original = key.0 == below;
        let name = key.name().to_owned();
        // The original goes before the sizes that were made of it.
        if original || !self.by_path.contains_key(&key) {
            let before = self.by_path.insert(key, path.clone());
            let entry = self.by_name.entry(name).or_insert(None);
            *entry = match (&entry, before) {
                (None, None) => Some(path),
                (Some(known), Some(before)) if *known == before => Some(path),
                _ => None,
            };
        }
    }

    /// The file for a key: at its path, else by its name if there is one only.
    pub(crate) fn file(&self, key: &UploadKey) -> Option<&Path> {
        self.by_path.get(key).or_else(|| self.by_name.get(key.name())?.as_ref()).map(PathBuf::as_path)
    }
}

/// Pictures that are in the library by now.
#[derive(Debug, Default)]
pub(crate) struct Library {
    by_key: HashMap<UploadKey, String>,
    by_number: HashMap<u64, String>,
}

impl Library {
    pub(crate) fn add(&mut self, number: Option<u64>, key: Option<UploadKey>, picture: &str) {
        if let Some(number) = number {
            self.by_number.insert(number, picture.to_owned());
        }
        if let Some(key) = key {
            self.by_key.insert(key, picture.to_owned());
        }
    }

    pub(crate) fn by_number(&self, number: u64) -> Option<&String> {
        self.by_number.get(&number)
    }

    pub(crate) fn by_key(&self, key: &UploadKey) -> Option<&String> {
        self.by_key.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_finds_its_file() {
        let same = |url: &str, path: &str| assert_eq!(UploadKey::of_url(url), Some(UploadKey::of_path(path)), "{url}");
        same("https://x.example/wp-content/uploads/2019/01/Pier.JPG?w=300", "2019/01/pier.jpg");
        same("/wp-content/uploads/2019/01/pier-300x200.jpg", "2019/01/pier.jpg");
        same("https://x.example/wp-content/uploads/2019/01/pier-scaled.jpg", "2019/01/pier.jpg");
        same("https://cdn.example/a/caf%C3%A9.png", "a/café.png");
        same("http://x.files.wordpress.example/2008/06/dcp_2082.jpg", "2008/06/dcp_2082.jpg");
        assert_eq!(UploadKey::of_url("https://x.example"), None);
    }

    #[test]
    fn the_folder_is_walked_and_never_left() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "uploads/2019/01/pier-300x200.jpg",
            "uploads/2019/01/pier.jpg",
            "uploads/2020/pier2.jpg",
            "a/same.jpg",
            "b/same.jpg",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, name).unwrap();
        }
        let media = MediaFolder::open(folder.path()).unwrap();
        let found = |url: &str| media.file(&UploadKey::of_url(url)?).map(|path| std::fs::read_to_string(path).unwrap());
        assert_eq!(
            found("https://x.example/wp-content/uploads/2019/01/pier-1x1.jpg").as_deref(),
            Some("uploads/2019/01/pier.jpg")
        );
        assert_eq!(found("https://elsewhere.example/pier2.jpg").as_deref(), Some("uploads/2020/pier2.jpg"));
        assert_eq!(found("https://x.example/same.jpg"), None, "two of that name");
        assert_eq!(found("https://x.example/uploads/../../etc/passwd"), None);
    }
}
