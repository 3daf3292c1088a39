//! Sound: samples and frames, without the blocks that programs put around them.

pub(crate) mod mp3;
pub(crate) mod wav;
