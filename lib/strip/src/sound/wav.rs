//! WAV: a format, the samples, nothing else.

use crate::{Outcome, Refused, limits};

/// Kinds of samples that carry nothing but sound: PCM, ADPCM, floating, A-law, mu-law, IMA ADPCM, and PCM in its longer form.
const ALLOWED: [u16; 7] = [1, 2, 3, 6, 7, 0x11, 0xfffe];
/// The longest form of a format: ADPCM's table included.
const MAX_FORMAT: usize = 64;

/// Format and samples, written anew.
pub(crate) fn rebuild(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let (mut format, mut samples) = (None, None);
    let mut at = 12;
    for _ in 0..limits::MAX_BOXES {
        let Some(head) = bytes.get(at..at + 8) else { break };
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let begin = at + 8;
        // A recorder that lost power leaves a length that is too long, or none.
        let end = begin.saturating_add(length).min(bytes.len());
        match &head[..4] {
            b"fmt " if format.is_none() => format = bytes.get(begin..end),
            b"data" if samples.is_none() => samples = bytes.get(begin..end),
            _ => {}
        }
        at = end + (end - begin) % 2;
    }
    let (Some(format), Some(samples)) = (format, samples) else { return Err(Refused::Broken) };
    let format = self::format(format)?;
    let block = usize::from(u16::from_le_bytes([format[12], format[13]])).max(1);
    let samples = &samples[..samples.len() / block * block];
    let mut out = Vec::with_capacity(samples.len() + 64);
    let padded = samples.len() + samples.len() % 2;
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&((4 + 8 + format.len() + 8 + padded) as u32).to_le_bytes());
    out.extend_from_slice(b"WAVEfmt ");
    out.extend_from_slice(&(format.len() as u32).to_le_bytes());
    out.extend_from_slice(&format);
    out.extend_from_slice(b"data");
    out.extend_from_slice(&(samples.len() as u32).to_le_bytes());
    out.extend_from_slice(samples);
    out.resize(out.len() + samples.len() % 2, 0);
    Ok(out)
}

/// The format in the length that its kind has.
fn format(format: &[u8]) -> Outcome<Vec<u8>> {
    let kind = u16::from_le_bytes(format.get(..2).and_then(|two| two.try_into().ok()).ok_or(Refused::Broken)?);
    if !ALLOWED.contains(&kind) {
        return Err(Refused::Variety);
    }
    let mut out = format.get(..16).ok_or(Refused::Broken)?.to_vec();
    if kind == 0xfffe || kind == 2 || kind == 0x11 {
        let extra = format.get(16..18).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        let extra = if kind == 0xfffe { 22 } else { extra.min(MAX_FORMAT) };
        out.extend_from_slice(&(extra as u16).to_le_bytes());
        out.extend_from_slice(format.get(18..18 + extra).ok_or(Refused::Broken)?);
    }
    Ok(out)
}
