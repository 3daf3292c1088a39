//! The canary's other half: looking for secrets where none may be, in files and in a running process's memory.
//!
//! A test sends words that stand nowhere else, then asks [`Traces`] for them. What is looked for is each secret as it is, and
//! as it would stand in an address, in base64, in hexadecimal digits and in UTF-16.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// Bytes read at a time.
const PIECE: usize = 1 << 20;

/// Secrets, and every form in which they would be known again.
#[derive(Debug, Default, Clone)]
pub struct Traces {
    forms: Vec<Form>,
}

#[derive(Debug, Clone)]
struct Form {
    name: String,
    bytes: Vec<u8>,
}

/// What was looked through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Files, or regions of memory.
    pub places: usize,
    /// Bytes in them.
    pub bytes: u64,
}

impl Traces {
    /// Looks for a secret too; shorter than eight bytes it would be met by chance.
    ///
    /// # Panics
    /// If it is shorter.
    pub fn add(&mut self, name: &str, secret: impl AsRef<[u8]>) -> &mut Traces {
        let secret = secret.as_ref();
        assert!(secret.len() >= 8, "{name} is too short to be known again");
        let wide: Vec<u8> = secret.iter().flat_map(|byte| [*byte, 0]).collect();
        let joined = |with: &str| String::from_utf8_lossy(secret).replace(' ', with).into_bytes();
        let mut add = |how: &str, bytes: Vec<u8>| {
            if !self.forms.iter().any(|form| form.bytes == bytes) {
                self.forms.push(Form { name: format!("{name}{how}"), bytes });
            }
        };
        add("", secret.to_vec());
        add(", in capitals", secret.to_ascii_uppercase());
        add(", in an address", joined("%20"));
        add(", in a form", joined("+"));
        add(", in one word", joined("-"));
        add(", in hexadecimal digits", hex::encode(secret).into_bytes());
        add(", in UTF-16", wide);
        for ahead in 0..3 {
            add(", in base64", base64(secret, ahead));
        }
        self
    }

    /// How many forms are looked for.
    pub fn forms(&self) -> usize {
        self.forms.len()
    }

    /// Where secrets stand in the files below some folders, or in some files: in what they hold and in how they are called.
    ///
    /// # Errors
    /// If something is there that cannot be read: a scan that did not see it says nothing.
    pub fn in_files(&self, places: &[PathBuf]) -> io::Result<(Vec<String>, Seen)> {
        let (mut found, mut seen) = (Vec::new(), Seen::default());
        for place in places {
            self.in_place(place, &mut found, &mut seen)?;
        }
        Ok((found, seen))
    }

    fn in_place(&self, place: &Path, found: &mut Vec<String>, seen: &mut Seen) -> io::Result<()> {
        let kind = match fs::symlink_metadata(place) {
            Ok(meta) => meta.file_type(),
            // A temporary file went while we looked.
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        };
        self.matches(place.to_string_lossy().as_bytes(), &mut |name| found.push(format!("{name} names {place:?}")));
        if kind.is_dir() {
            return fs::read_dir(place)?.try_for_each(|entry| self.in_place(&entry?.path(), found, seen));
        }
        if kind.is_file() {
            let file = File::open(place)?;
            let length = file.metadata()?.len();
            self.in_range(&file, 0, length, &mut |name, _| found.push(format!("{name} stands in {place:?}")))?;
            *seen = Seen { places: seen.places + 1, bytes: seen.bytes + length };
        }
        Ok(())
    }

    /// Where secrets stand in the memory of a process of ours: all that a core file of it would hold.
    ///
    /// # Errors
    /// If the system does not let us look.
    pub fn in_memory(&self, process: u32) -> io::Result<(Vec<String>, Seen)> {
        let (mut found, mut seen) = (Vec::new(), Seen::default());
        let memory = File::open(format!("/proc/{process}/mem"))?;
        for line in fs::read_to_string(format!("/proc/{process}/maps"))?.lines() {
            let Some((from, to)) = region(line) else { continue };
            let place = line.split_whitespace().nth(5).unwrap_or("memory without a name").to_owned();
            let read = self.in_range(&memory, from, to, &mut |name, at| {
                found.push(format!("{name} stands in {place}, {}", around(&memory, at)));
            });
            // A region can go while we look; the kernel's own pages cannot be read.
            if read.is_ok() {
                seen = Seen { places: seen.places + 1, bytes: seen.bytes + (to - from) };
            }
        }
        Ok((found, seen))
    }

    /// Reads a range in pieces that overlap, so that no secret falls between two.
    fn in_range(&self, file: &File, from: u64, to: u64, found: &mut dyn FnMut(&str, u64)) -> io::Result<()> {
        let longest = self.forms.iter().map(|form| form.bytes.len()).max().unwrap_or(0);
        let mut piece = vec![0; PIECE + longest];
        let mut at = from;
        while at < to {
            let want = usize::try_from(to - at).unwrap_or(usize::MAX).min(piece.len());
            let mut read = 0;
            while read < want {
                match file.read_at(&mut piece[read..want], at + read as u64) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    // Pages that were there a moment ago: what was read is looked through.
                    Err(_) if read > 0 => break,
                    Err(e) => return Err(e),
                }
            }
            // A match that begins in the overlap is the next piece's.
            let own = if at + want as u64 == to { read } else { read.min(PIECE) };
            self.matches_at(&piece[..read], &mut |name, place| {
                if place < own {
                    found(name, at + place as u64);
                }
            });
            if read < want {
                break;
            }
            at += PIECE as u64;
        }
        Ok(())
    }

    fn matches(&self, bytes: &[u8], found: &mut dyn FnMut(&str)) {
        self.matches_at(bytes, &mut |name, _| found(name));
    }

    fn matches_at(&self, bytes: &[u8], found: &mut dyn FnMut(&str, usize)) {
        let mut begins = [false; 1 << 16];
        let pair = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
        for form in &self.forms {
            begins[pair(&form.bytes)] = true;
        }
        for at in 0..bytes.len().saturating_sub(1) {
            if begins[pair(&bytes[at..])] {
                for form in self.forms.iter().filter(|form| bytes[at..].starts_with(&form.bytes)) {
                    found(&form.name, at);
                }
            }
        }
    }
}

/// The part of a secret's base64 that is the same whatever stands before (so many bytes of three) and behind it.
fn base64(secret: &[u8], ahead: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = secret[(3 - ahead) % 3..].chunks_exact(3);
    whole
        .flat_map(|three| {
            let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
            [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize])
        })
        .collect()
}

/// A readable region of a process's memory, of a line of its map.
fn region(line: &str) -> Option<(u64, u64)> {
    let mut parts = line.split_whitespace();
    let (from, to) = parts.next()?.split_once('-')?;
    let readable = parts.next()?.starts_with('r');
    let address = |text: &str| u64::from_str_radix(text, 16).ok();
    readable.then_some((address(from)?, address(to)?))
}

/// What stands around a finding, to be recognised by.
fn around(memory: &File, at: u64) -> String {
    let mut bytes = [0; 96];
    let read = memory.read_at(&mut bytes, at.saturating_sub(32)).unwrap_or(0);
    bytes[..read].escape_ascii().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_again_in_every_form() {
        let mut traces = Traces::default();
        traces.add("the words", "The wall leans");
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("is written");
        let found = || traces.in_files(&[folder.path().to_owned()]).expect("is read").0.len();
        assert_eq!(found(), 0);
        // Between two pieces.
        write("a", &[&vec![b'x'; PIECE - 5][..], b"The wall leans"].concat());
        assert_eq!(found(), 1);
        for (at, other) in [
            "THE WALL LEANS",
            "?q=The+wall+leans",
            "The-wall-leans.pdf",
            "The%20wall%20leans",
            "VGhlIHdhbGwgbGVhbnM=",
            "eFRoZSB3YWxsIGxlYW5z",
            "eHhUaGUgd2FsbCBsZWFucw==",
            "5468652077616c6c206c65616e73",
        ]
        .iter()
        .enumerate()
        {
            write("a", other.as_bytes());
            assert_eq!(found(), 1, "{at} {other}");
        }
        write("The wall leans", b"nothing");
        assert_eq!(found(), 2, "the name counts");
    }

    #[test]
    fn memory_is_read_as_a_core_file_would_hold_it() {
        let secret = hex::encode(std::process::id().to_be_bytes()) + "-stands-here-alone";
        let mut traces = Traces::default();
        // The scanner holds what it looks for, so in its own memory there is always something to be found.
        traces.add("the words", &secret);
        let (found, seen) = traces.in_memory(std::process::id()).expect("is read");
        assert!(!found.is_empty() && seen.bytes > 1 << 20, "{seen:?}");
    }
}
