//! `onrecord strip`: a publication copy of a file, without the metadata that we know how to leave out.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use clap::Args;
use onrecord_strip::{Note, PublicationCopy, Refused, limits::MAX_INPUT, publication_copy};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  onrecord strip photo.jpg -o copy.jpg             a copy to publish
  onrecord strip - -o - < filing.pdf > copy.pdf    the same from one program to another

What is seen and heard stays: faces, handwriting, watermarks, words and the noise of a camera can
name a person too. Look at the copy before you publish it.";

/// Bytes of address space: what the library's own bounds leave, several times over, and the stack.
const MEMORY: u64 = 1 << 30;
/// Seconds of processor; the largest pictures and documents take some ten.
const PROCESSOR: u64 = 120;
/// Stack: what nests within the bounds of the library needs more than the usual two megabytes.
const STACK: usize = 64 << 20;

/// Make a publication copy of a file: built anew from what is seen and heard, without metadata
///
/// JPEG, PNG, WebP, GIF, TIFF, HEIC, PDF, DOCX, XLSX, OpenDocument, MP3, WAV, M4A, MP4, QuickTime and plain text.
/// Anything else is refused.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct StripArgs {
    /// The file as it came; `-` for standard input
    file: PathBuf,
    /// Where to write the copy; `-` for standard output
    #[arg(short, long, value_name = "COPY")]
    output: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Makes the copy.
///
/// # Errors
/// With the reason why there is none.
pub fn run(args: &StripArgs) -> Result<ExitCode, Failure> {
    let to_output = args.output == Path::new("-");
    if !to_output && !args.force && args.output.exists() {
        return Err(Failure::new(format!("{} is there already; --force writes over it", args.output.display())));
    }
    let bytes = read(&args.file)?;
    let copy =
        bounded(bytes)?.map_err(|refused| Failure::new(format!("{}: {}", args.file.display(), reason(refused))))?;
    let written = match to_output {
        true => io::stdout().lock().write_all(&copy.bytes),
        false => fs::write(&args.output, &copy.bytes),
    };
    written.map_err(|e| Failure::new(format!("cannot write {}: {e}", args.output.display())))?;
    // Where the copy goes on to another program there is no place for words.
    if !to_output {
        println!("{}: {}, {} bytes", args.output.display(), copy.kind.media_type(), copy.bytes.len());
        copy.notes.iter().for_each(|note| println!("- {}", remark(*note)));
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |e: io::Error| Failure::new(format!("cannot read {}: {e}", file.display()));
    let mut bytes = Vec::new();
    // One byte more than is taken, so that a larger file is told from one of just that size.
    let most = MAX_INPUT as u64 + 1;
    match file == Path::new("-") {
        true => io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(cannot)?,
        false => fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes)).map_err(cannot)?,
    };
    Ok(bytes)
}

/// Works on what a stranger made within bounds that the system keeps: should a decoder pass its own, this process ends.
fn bounded(bytes: Vec<u8>) -> Result<Result<PublicationCopy, Refused>, Failure> {
    // Where the system knows no such bounds, the library's own remain.
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, PROCESSOR)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
    let work = thread::Builder::new().stack_size(STACK).spawn(move || publication_copy(&bytes));
    let work = work.map_err(|e| Failure::new(format!("cannot start: {e}")))?;
    Ok(work.join().unwrap_or(Err(Refused::Broken)))
}

fn reason(refused: Refused) -> &'static str {
    match refused {
        Refused::Empty => "there is nothing in it",
        Refused::TooLarge => "it is too large for a copy: files up to 100 MB are taken, PDFs up to 50 MB",
        Refused::TooManyPixels => "it has too many pixels for a copy",
        Refused::UnpacksTooLarge => "it unpacks to more than is taken",
        Refused::TooComplex => "it has more parts than are taken",
        Refused::Encrypted => "it is locked by a password",
        Refused::Broken => "it is broken or cut off",
        Refused::Variety => "it is a variety of its format that cannot be built anew",
        Refused::UnknownFormat => "its format cannot be built anew",
        Refused::Active => "it is markup or a program; a screenshot of it can be published",
        Refused::NothingToShow => "there is nothing to show",
    }
}

fn remark(note: Note) -> &'static str {
    match note {
        Note::Turned => "turned upright",
        Note::Converted => "colours converted to sRGB",
        Note::ColoursApproximate => "colours may differ a little: their profile could not be converted exactly",
        Note::FirstFrameOnly => "only the first picture of the animation is there",
        Note::TracksLeftOut => "tracks or items besides picture and sound were left out",
        Note::AnnotationsDrawn => "annotations were drawn onto their page, without their authors",
        Note::PicturesLeftOut => "pictures that could not be read were left out",
        Note::ObjectsLeftOut => "embedded objects were left out",
        Note::LinksLeftOut => "links that led outside were left out",
        Note::CommentsKept => "comments or tracked changes are in there, without names and times",
        Note::InvisibleLeftOut => "invisible characters were left out",
        Note::EncodedAsBefore => "picture or sound was copied as it was encoded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_of_its_own() {
        let all: std::collections::BTreeSet<_> = Refused::ALL.iter().map(|refused| reason(*refused)).collect();
        assert_eq!(all.len(), Refused::ALL.len());
    }
}
