//! What a recording is, by its first bytes: never by its name or what its sender calls it.

/// Bytes that [`Sound::of`] looks at.
pub const FRONT: usize = 12;
/// Bytes of the shortest recording that can hold anything: a WAV's head is 44 of them.
const SHORTEST: u64 = 64;

/// A kind of recording that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// RIFF/WAVE.
    Wav,
    /// Ogg, with Opus, Vorbis or Speex in it.
    Ogg,
    /// MPEG audio layer III: what some telephone systems pack recordings into.
    Mp3,
    /// FLAC.
    Flac,
}

impl Sound {
    /// The kind of what begins so; none if it is no recording.
    pub fn of(front: &[u8]) -> Option<Sound> {
        match front {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Sound::Wav),
            [b'O', b'g', b'g', b'S', ..] => Some(Sound::Ogg),
            [b'f', b'L', b'a', b'C', ..] => Some(Sound::Flac),
            [b'I', b'D', b'3', ..] => Some(Sound::Mp3),
            // A frame's sync, layer III, with a bit rate and a sample rate that exist.
            [0xff, b, c, ..] if b & 0xe6 == 0xe2 && c & 0xf0 != 0xf0 && c & 0x0c != 0x0c => Some(Sound::Mp3),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Sound::Wav => "audio/wav",
            Sound::Ogg => "audio/ogg",
            Sound::Mp3 => "audio/mpeg",
            Sound::Flac => "audio/flac",
        }
    }

    /// What its file is called if nobody says.
    pub fn file_name(self) -> &'static str {
        match self {
            Sound::Wav => "recording.wav",
            Sound::Ogg => "recording.ogg",
            Sound::Mp3 => "recording.mp3",
            Sound::Flac => "recording.flac",
        }
    }
}

/// Whether a file of this length can hold a sound at all.
pub fn is_empty(length: u64) -> bool {
    length < SHORTEST
}

/// Whether a file says itself that it is complete. Only a WAV does: its head holds its length, written when it is closed.
pub fn says_complete(front: &[u8], length: u64) -> bool {
    match front {
        [b'R', b'I', b'F', b'F', a, b, c, d, ..] => {
            let said = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
            said >= 36 && said + 8 <= length && length <= said + 9
        }
        _ => false,
    }
}

/// A second of silence, for tests and the demo.
#[cfg(test)]
pub(crate) fn silence(data: &[u8]) -> Vec<u8> {
    let mut wav = b"RIFF".to_vec();
    let length = u32::try_from(data.len() + 36).unwrap_or(0);
    wav.extend(length.to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    wav.extend(u32::try_from(data.len()).unwrap_or(0).to_le_bytes());
    wav.extend(data);
    wav
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn recordings_are_known_by_their_first_bytes() {
        let wav = silence(&[0; 100]);
        assert_eq!(Sound::of(&wav), Some(Sound::Wav));
        assert!(says_complete(&wav, wav.len() as u64) && !says_complete(&wav, 90) && !is_empty(wav.len() as u64));
        assert!(is_empty(silence(&[]).len() as u64));
        assert_eq!(Sound::of(b"OggS\0\x02"), Some(Sound::Ogg));
        assert_eq!(Sound::of(b"\xff\xfb\x90\x64"), Some(Sound::Mp3));
        assert_eq!(Sound::of(b"ID3\x04"), Some(Sound::Mp3));
        for other in [&b"RIFF....AVI "[..], b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"", b"#!/bin/sh", b"\xff\xff\xff"] {
            assert_eq!(Sound::of(other), None, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_look(front in prop::collection::vec(any::<u8>(), 0..40), length: u64) {
            let _ = (Sound::of(&front), says_complete(&front, length));
        }
    }
}
