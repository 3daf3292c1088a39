//! Every bound, with its reason. Together they keep the memory that a file can cost below 256 MB beyond the file itself.

/// Largest file taken: copies are built in memory, and the file and its copy must fit side by side.
pub const MAX_INPUT: usize = 96 << 20;
/// Longest side of a picture: JPEG's own bound, which no camera passes.
pub const MAX_SIDE: u32 = 65_535;
/// Most bytes of decoded pixels: 50 million pixels in colour, above what phones and most cameras make.
pub const MAX_RASTER: usize = 150 << 20;
/// Most bytes that a picture may cost while a decoder holds more than its pixels (progressive JPEG keeps its coefficients).
pub const MAX_DECODING: usize = 200 << 20;
/// Pictures that have to be turned in memory are held twice.
pub const MAX_TURNED: usize = 80 << 20;
/// Most pictures in one animation or one TIFF: longer ones are films.
pub const MAX_FRAMES: usize = 2_000;
/// Most pixels of all pictures of an animation together, which bounds the time it takes.
pub const MAX_FRAME_PIXELS: u64 = 1_000_000_000;
/// Largest colour profile read: those of cameras and screens have some kilobytes, of presses some megabytes.
pub const MAX_PROFILE: usize = 4 << 20;

/// Most boxes in a film or a HEIC: an hour of film has some hundred.
pub const MAX_BOXES: usize = 10_000;
/// Deepest nesting of boxes: the formats use nine.
pub const MAX_BOX_DEPTH: usize = 16;
/// Most samples of a track: eleven hours at 25 pictures a second, or of 44 kHz AAC.
pub const MAX_SAMPLES: usize = 2_000_000;
/// Largest description of a film (its `moov`) and of its parts that are copied.
pub const MAX_BOX_COPY: usize = 64 << 10;

/// Most parts of a document's archive.
pub const MAX_PARTS: usize = 4_000;
/// Largest part of a document when unpacked: a text of this size has ten thousand pages.
pub const MAX_PART: u64 = 24 << 20;
/// Largest sum of all parts when unpacked.
pub const MAX_UNPACKED: u64 = 192 << 20;
/// Deepest nesting of elements: word processors use some dozens.
pub const MAX_XML_DEPTH: usize = 256;

/// Largest PDF taken: it is read, and written anew, in memory.
pub const MAX_PDF: usize = 48 << 20;
/// Largest stream of a PDF when unpacked: an A4 page scanned at 600 dots in colour has 100 MB, one at 400 has 45.
pub const MAX_STREAM: usize = 48 << 20;
/// Largest sum of all streams when unpacked, which bounds the time.
pub const MAX_STREAMS: usize = 512 << 20;
/// Largest PDF that is written.
pub const MAX_PDF_OUT: usize = 64 << 20;
/// Most pages of a PDF.
pub const MAX_PAGES: usize = 5_000;
/// Most objects of a PDF that are written.
pub const MAX_OBJECTS: usize = 200_000;
/// Deepest nesting of a PDF's objects.
pub const MAX_PDF_DEPTH: usize = 64;
/// Most layers of compression on one stream: more than two are only met in bombs.
pub const MAX_FILTERS: usize = 4;

/// Largest text taken as such.
pub const MAX_TEXT: usize = 32 << 20;

/// Longest side of a preview: what a desk's window shows.
pub const PREVIEW_SIDE: u32 = 1_280;
/// Most pages of a preview: enough to know what a document is.
pub const PREVIEW_PAGES: usize = 10;
/// Longest text of a preview, in bytes.
pub const PREVIEW_TEXT: usize = 200 << 10;
/// Largest decoded picture inside a PDF that is drawn for a preview.
pub const PREVIEW_RASTER: u64 = 24_000_000;
/// Most values of a PDF that are looked at: objects that name each other again and again grow without bound.
pub const MAX_PDF_VALUES: usize = 4_000_000;
