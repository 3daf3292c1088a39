//! Where a track's samples stand, and how long they are.

use super::{
    boxes::{Cursor, Found, child, put},
    entry::Codec,
};
use crate::{Outcome, Refused, limits};

/// A row of samples that stand side by side.
pub(super) struct Chunk {
    pub(super) offset: usize,
    /// Where it stands in the copy's media.
    pub(super) placed: usize,
    first: usize,
    count: usize,
    description: u32,
}

/// The tables of a track.
pub(super) struct Table<'a> {
    pub(super) chunks: Vec<Chunk>,
    sizes: Sizes<'a>,
    /// The sizes after copying, where units were left out.
    copied: Vec<u32>,
}

enum Sizes<'a> {
    /// All alike, and how many.
    Same(usize, usize),
    /// One number of that many bytes for each.
    Each(&'a [u8], usize),
}

impl Sizes<'_> {
    fn count(&self) -> usize {
        match self {
            Sizes::Same(_, count) => *count,
            Sizes::Each(table, width) => table.len() / width,
        }
    }

    fn get(&self, at: usize) -> usize {
        match self {
            Sizes::Same(size, _) => *size,
            Sizes::Each(table, width) => {
                table[at * width..(at + 1) * width].iter().fold(0, |value, byte| value << 8 | usize::from(*byte))
            }
        }
    }
}

impl<'a> Table<'a> {
    /// Reads `stsz` or `stz2`, `stsc`, `stco` or `co64`.
    pub(super) fn read(stbl: &[Found<'a>], codec: Codec, file: &[u8]) -> Outcome<Self> {
        let sizes = sizes(stbl, codec)?;
        if sizes.count() > limits::MAX_SAMPLES && !matches!(sizes, Sizes::Same(..)) {
            return Err(Refused::TooComplex);
        }
        let (table, width) = match (child(stbl, b"stco"), child(stbl, b"co64")) {
            (Some(body), _) => (body, 4),
            (None, Some(body)) => (body, 8),
            _ => return Err(Refused::Broken),
        };
        let mut cursor = Cursor::new(table);
        let count = cursor.skip(4).and_then(|()| cursor.u32()).ok_or(Refused::Broken)? as usize;
        if count > limits::MAX_SAMPLES {
            return Err(Refused::TooComplex);
        }
        let mut runs = runs(child(stbl, b"stsc").ok_or(Refused::Broken)?)?.into_iter().peekable();
        let (mut each, mut description) = (0, 1);
        let (mut chunks, mut first) = (Vec::new(), 0);
        for number in 1..=count {
            let offset = usize::try_from(cursor.number(width).ok_or(Refused::Broken)?).map_err(|_| Refused::Broken)?;
            while let Some(run) = runs.next_if(|run| run.0 as usize <= number) {
                (each, description) = (run.1 as usize, run.2);
            }
            let count = each.min(sizes.count() - first);
            if count > 0 {
                chunks.push(Chunk { offset, placed: 0, first, count, description });
            }
            first += count;
        }
        if chunks.iter().any(|chunk| chunk.offset > file.len()) {
            return Err(Refused::Broken);
        }
        Ok(Table { chunks, sizes, copied: Vec::new() })
    }

    /// Copies a chunk's samples.
    pub(super) fn copy(&mut self, chunk: usize, file: &[u8], codec: Codec, out: &mut Vec<u8>) -> Outcome<()> {
        let Chunk { offset, first, count, .. } = self.chunks[chunk];
        if let (Sizes::Same(size, _), None) = (&self.sizes, codec.units) {
            let end = size.checked_mul(count).and_then(|length| length.checked_add(offset)).ok_or(Refused::Broken)?;
            out.extend_from_slice(file.get(offset..end).ok_or(Refused::Broken)?);
            return Ok(());
        }
        if self.copied.is_empty() {
            if self.sizes.count() > limits::MAX_SAMPLES {
                return Err(Refused::TooComplex);
            }
            self.copied = vec![0; self.sizes.count()];
        }
        let mut at = offset;
        for sample in first..first + count {
            let end = at.checked_add(self.sizes.get(sample)).ok_or(Refused::Broken)?;
            let bytes = file.get(at..end).ok_or(Refused::Broken)?;
            let begin = out.len();
            match codec.units {
                Some(units) => units.copy(bytes, out),
                None => out.extend_from_slice(bytes),
            }
            self.copied[sample] = (out.len() - begin) as u32;
            at = end;
        }
        Ok(())
    }

    /// Writes the tables.
    pub(super) fn write(&self, out: &mut Vec<u8>, base: usize) {
        put(out, b"stsz", |out| {
            out.extend_from_slice(&[0; 4]);
            match &self.sizes {
                Sizes::Same(_, count) if self.copied.is_empty() => {
                    out.extend_from_slice(&(self.same() as u32).to_be_bytes());
                    out.extend_from_slice(&(*count as u32).to_be_bytes());
                }
                _ => {
                    out.extend_from_slice(&[0; 4]);
                    out.extend_from_slice(&(self.copied.len() as u32).to_be_bytes());
                    self.copied.iter().for_each(|size| out.extend_from_slice(&size.to_be_bytes()));
                }
            }
        });
        put(out, b"stsc", |out| {
            let mut runs: Vec<(usize, usize, u32)> = Vec::new();
            for (at, chunk) in self.chunks.iter().enumerate() {
                if runs.last().is_none_or(|run| (run.1, run.2) != (chunk.count, chunk.description)) {
                    runs.push((at + 1, chunk.count, chunk.description));
                }
            }
            out.extend_from_slice(&[0; 4]);
            out.extend_from_slice(&(runs.len() as u32).to_be_bytes());
            for (first, count, description) in runs {
                [first as u32, count as u32, description].iter().for_each(|n| out.extend_from_slice(&n.to_be_bytes()));
            }
        });
        put(out, b"stco", |out| {
            out.extend_from_slice(&[0; 4]);
            out.extend_from_slice(&(self.chunks.len() as u32).to_be_bytes());
            self.chunks.iter().for_each(|chunk| out.extend_from_slice(&((base + chunk.placed) as u32).to_be_bytes()));
        });
    }

    fn same(&self) -> usize {
        match self.sizes {
            Sizes::Same(size, _) => size,
            Sizes::Each(..) => 0,
        }
    }
}

fn sizes<'a>(stbl: &[Found<'a>], codec: Codec) -> Outcome<Sizes<'a>> {
    let body = child(stbl, b"stsz");
    let mut cursor = Cursor::new(body.or_else(|| child(stbl, b"stz2")).ok_or(Refused::Broken)?);
    let (field, count) =
        cursor.skip(4).and_then(|()| Some((cursor.u32()? as usize, cursor.u32()? as usize))).ok_or(Refused::Broken)?;
    match (body.is_some(), field) {
        // One value of sound counts as one sample: its bytes are those of the frame.
        (true, 1) if codec.frame > 1 => Ok(Sizes::Same(codec.frame, count)),
        (true, 0) => {
            let length = count.checked_mul(4).ok_or(Refused::Broken)?;
            Ok(Sizes::Each(cursor.take(length).ok_or(Refused::Broken)?, 4))
        }
        (true, size) => Ok(Sizes::Same(size, count)),
        (false, 8) => Ok(Sizes::Each(cursor.take(count).ok_or(Refused::Broken)?, 1)),
        (false, 16) => {
            Ok(Sizes::Each(cursor.take(count.checked_mul(2).ok_or(Refused::Broken)?).ok_or(Refused::Broken)?, 2))
        }
        _ => Err(Refused::Variety),
    }
}

/// First chunk, samples in each, description: as the table says them.
fn runs(body: &[u8]) -> Outcome<Vec<(u32, u32, u32)>> {
    let mut cursor = Cursor::new(body);
    let count = cursor.skip(4).and_then(|()| cursor.u32()).ok_or(Refused::Broken)? as usize;
    let table = cursor.take(count.checked_mul(12).ok_or(Refused::Broken)?).ok_or(Refused::Broken)?;
    let mut cursor = Cursor::new(table);
    let mut runs = Vec::with_capacity(count);
    while let (Some(first), Some(each), Some(description)) = (cursor.u32(), cursor.u32(), cursor.u32()) {
        runs.push((first, each, description));
    }
    Ok(runs)
}
