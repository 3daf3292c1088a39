//! Compression of pages: cheap at once, best later, and back again for the few who want neither.

use std::io::{Read, Write};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};

/// Texts shorter than this travel as they are: the saving is smaller than the header that announces it.
pub const SHORTEST: usize = 200;
/// Quality of the compression a reader waits for: one to two milliseconds for a story.
pub const QUICK: u32 = 5;
/// Quality of the one made in the background for pages that are asked for often: tens of milliseconds.
pub const BEST: u32 = 11;
/// Texts longer than this stay at the quick quality: the best one takes seconds on them.
pub const LONGEST_FOR_BEST: usize = 256 * 1024;
/// The window as a power of two: larger than nearly every page, and small enough that the encoder asks for 2 MB. Below
/// 17 it takes another matcher at [`QUICK`], which asks for 32 MB and ten times as long.
const WINDOW: i32 = 18;

/// `text` as brotli.
pub fn brotli(text: &[u8], quality: u32) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: quality as i32,
        lgwin: WINDOW,
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        size_hint: text.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(text.len() / 3);
    // Writing to memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*text, &mut out, &params);
    // A copy of the right size, now that the encoder's tables are gone: pages are to lie close together.
    out.as_slice().to_vec()
}

/// The text behind what [`brotli`] made.
pub fn plain(brotli: &[u8], length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(length);
    // What we made ourselves can be read; an empty page would show a mistake of ours, not break the server.
    let _ = brotli::BrotliDecompress(&mut &*brotli, &mut out);
    out
}

/// `text` as gzip, for readers behind old proxies and for most feed readers.
pub fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::new(6));
    let _ = encoder.write_all(text);
    encoder.finish().unwrap_or_default()
}

/// The text behind what [`gzip`] made.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = GzDecoder::new(bytes).read_to_end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coding_comes_back_whole() {
        let text = "The harbour wall is cracked. ".repeat(400);
        for quality in [QUICK, BEST] {
            let packed = brotli(text.as_bytes(), quality);
            assert!(packed.len() < text.len() / 10);
            assert_eq!(plain(&packed, text.len()), text.as_bytes());
        }
        assert_eq!(gunzip(&gzip(text.as_bytes())), text.as_bytes());
        assert_eq!(plain(&brotli(b"", QUICK), 0), b"");
    }
}
