"""Publication copies of the hostile files: what exiftool still finds in them, and what they cost.

Every file is worked on by a process of its own (lib/strip/examples/bench.rs), so that a crash is seen and memory is measured from
the beginning of that process. STRIP_BENCH names a built example, so that a machine need not build it in release.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

DATA = pathlib.Path(os.environ["ONRECORD_BENCH_DATA"]) / "hostile-files"
MOST_KB = 256 * 1024
LONGEST = 120
# Formats of which a copy is promised, by the endings under which files of them come.
NAMED = {"jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "heic", "pdf", "docx", "xlsx", "odt", "mp3", "m4a", "wav", "mp4", "mov"}
# What exiftool may find in a copy: how the format itself is built. Everything else counts as residual, whatever it is.
GROUPS_ALLOWED = {"ExifTool", "System", "Composite"}
ALLOWED = re.compile(
    r"""
    File:.* | JFIF:.* | SourceFile
    # sizes and forms of pictures
    | PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace)
    | GIF:(GIFVersion|ImageWidth|ImageHeight|HasColorMap|ColorResolutionDepth|BitsPerPixel|BackgroundColor|AnimationIterations|FrameCount|Duration|TransparentColor)
    | RIFF:(ImageWidth|ImageHeight|AlphaIsUsed|VP8Version|HorizontalScale|VerticalScale|WebP_Flags|Encoding|NumChannels|SampleRate|AvgBytesPerSec|BitsPerSample|Duration|FrameCount)
    | IFD\d+:(ImageWidth|ImageHeight|BitsPerSample|Compression|PhotometricInterpretation|StripOffsets|SamplesPerPixel|RowsPerStrip|StripByteCounts|XResolution|YResolution|ResolutionUnit|Predictor|SampleFormat|ExtraSamples|PlanarConfiguration)
    # a PDF's version and pages
    | PDF:(PDFVersion|Linearized|PageCount|EmbeddedImage(Width|Height|ColorSpace|Filter)?)
    # the mark without which the colours of four inks are not known
    | Adobe:(DCTEncodeVersion|APP14Flags[01]|ColorTransform)
    # an archive's own entries; their names are looked at below
    | ZIP:Zip(RequiredVersion|BitFlag|Compression|ModifyDate|CRC|CompressedSize|UncompressedSize|FileName)
    # frames of sound
    | MPEG:(MPEGAudioVersion|AudioLayer|AudioBitrate|SampleRate|ChannelMode|MSStereo|IntensityStereo|CopyrightFlag|OriginalMedia|Emphasis)
    # the description of a film without words; dates and names are looked at below
    | (QuickTime|Meta|Track\d+):(MajorBrand|MinorVersion|CompatibleBrands|MovieHeaderVersion|TimeScale|Duration|Preferred(Rate|Volume)|MatrixStructure
        |(Preview|Poster|Selection|Current)(Time|Duration)|NextTrackID|Track(HeaderVersion|ID|Duration|Layer|Volume)|Media(HeaderVersion|TimeScale|Duration|LanguageCode)
        |(Track|Media)?(Create|Modify)Date|MediaData(Size|Offset)?|HandlerType|GraphicsMode|OpColor|CompressorID|SourceImage(Width|Height)|[XY]Resolution|BitDepth
        |PixelAspectRatio|Color(Profiles|Primaries)|TransferCharacteristics|MatrixCoefficients|VideoFullRangeFlag|ImageWidth|ImageHeight|VideoFrameRate
        |AudioFormat|AudioChannels|AudioBitsPerSample|AudioSampleRate|Balance|PurchaseFileFormat|LayoutFlags|AVCConfiguration|CleanAperture\w*
        |PrimaryItemReference|ImageSpatialExtent|Rotation|ImagePixelDepth|AverageFrameRate|BitDepth\w+|Chroma\w+|Constant\w+|Constraint\w+|Gen\w+|HEVC\w+|Min\w+|Num\w+|Parallelism\w+|Temporal\w+
        |(Sample|Time|Chunk|Sync|Composition)\w*|VideoFieldOrder|HandlerDescription|Copyright_none)
    """,
    re.VERBOSE,
)
NO_DATE = re.compile(r"^(0000:00:00 00:00:00|1980:01:01 00:00:00|1980:00:00 00:00:00)")


def main():
    if not DATA.is_dir():
        print("metadata left in publication copies\tthe data are absent\t0 tags\tnot run")
        print("hostile files\tthe data are absent\tno crash, <= 256 MB\tnot run")
        return
    program = built()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        files = sorted(path for path in DATA.rglob("*") if path.is_file())
        results = [(path, run(program, path, work / str(at))) for at, path in enumerate(files)]
        crashes = [path for path, result in results if result is None]
        most = max(result["grown"] for _, result in results if result)
        for path in crashes:
            print(f"crashed: {path.relative_to(DATA)}", file=sys.stderr)
        residual(results)
        figure = f"{len(files)} files, {len(crashes)} crashes, {most / 1024:.0f} MB"
        print(f"hostile files\t{figure}\tno crash, <= 256 MB\t{'ok' if not crashes and most <= MOST_KB else 'SHORT'}")


def built():
    given = os.environ.get("STRIP_BENCH")
    if given:
        return given
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "onrecord-strip", "--example", "bench"], check=True)
    return os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release", "examples", "bench")


def run(program, path, folder):
    """What became of a file; None if the process ended otherwise than with an answer."""
    folder.mkdir()
    try:
        done = subprocess.run([program, path, folder], capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    said, grown, milliseconds, preview, notes = done.stdout.rstrip("\n").split("\t")
    copies = list(folder.glob("copy.*"))
    return {"said": said, "grown": int(grown), "copy": copies[0] if copies else None}


def residual(results):
    name = "metadata left in publication copies"
    if not shutil.which("exiftool"):
        print(f"{name}\texiftool is absent\t0 tags\tnot run")
        return
    copied, refused, left = 0, 0, 0
    for path, result in results:
        if result is None or path.suffix.lower().lstrip(".") not in NAMED:
            continue
        if result["copy"] is None:
            refused += 1
            print(f"{result['said']}: {path.relative_to(DATA)}", file=sys.stderr)
            continue
        copied += 1
        for tag in found(result["copy"]):
            left += 1
            print(f"left in {path.relative_to(DATA)}: {tag}", file=sys.stderr)
    verdict = "ok" if left == 0 and copied > 0 else "SHORT"
    print(f"{name}\t{left} tags in {copied} copies, {refused} refused\t0 tags\t{verdict}")


def found(copy):
    """The tags of a copy that are not allowed, and dates that are some; those of the pictures packed in it too."""
    if zipfile.is_zipfile(copy):
        with zipfile.ZipFile(copy) as parts:
            for name in parts.namelist():
                if not name.endswith((".xml", ".rels")) and name != "mimetype":
                    yield from found(pathlib.Path(parts.extract(name, copy.parent / "parts")))
    said = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", "-ee3", str(copy)], capture_output=True, text=True)
    for entry in json.loads(said.stdout or "[]"):
        for tag, value in entry.items():
            if tag.split(":")[0] in GROUPS_ALLOWED:
                continue
            plain = re.sub(r"^(Copy\d+:)", "", tag)
            if "Unknown_" in plain or re.search(r"_0x[0-9a-f]{4}$", plain):
                continue
            if not ALLOWED.fullmatch(plain):
                yield f"{tag} = {value}"
            elif "Date" in plain and "File:" not in plain and not NO_DATE.match(str(value)):
                yield f"{tag} = {value}"


main()
