"""Make the theme's fonts from Source Serif 4 (Adobe, SIL Open Font License 1.1).

    npm install source-serif@4.5.1 && pip install fonttools brotli
    python build.py node_modules/source-serif/TTF .

Subset to Latin, Latin Extended-A and the punctuation of newspapers, with kerning, ligatures, old-style and lining
figures, and small capitals in the regular face. Each face is two files: what most pages of most western languages are
written in, and the rest (`-more`), which browsers fetch for pages that have one of its letters. The licence reserves the name "Source" for the original, so the
subsets are called "Onrecord Serif"; the copyright notice stays inside each file and the licence beside them.
Prints the ranges, and the numbers for the `@font-face` fallbacks, of theme.css.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

# Latin-1, with what else stands in Western European papers: signs, and letters of their neighbours' names.
MOST = ("U+20-7E,U+A0-FF,U+106,U+107,U+10C,U+10D,U+119,U+11B,U+11F,U+130,U+131,U+141,U+142,U+144,U+152,U+153,U+159,U+15B,"
        "U+15E-161,U+178,U+17A,U+17C-17E,U+1E9E,U+2C6,U+2DC,U+2002-200B,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,"
        "U+2032,U+2033,U+2039,U+203A,U+2082,U+20AC,U+2122,U+2190-2193,U+2212")
ALL = ("U+20-7E,U+A0-17F,U+192,U+218-21B,U+2C6,U+2C7,U+2D8-2DD,U+1E9E,U+2002-200B,"
       "U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+2070,U+2074-2079,"
       "U+2080-2089,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2215,U+2248,U+2260,U+2264,U+2265")
FEATURES = "kern liga calt ccmp locl onum lnum pnum tnum".split()
FACES = [("SourceSerif4-Regular", "text-regular", "Regular", ["smcp", "c2sc"]),
         ("SourceSerif4-It", "text-italic", "Italic", []),
         ("SourceSerif4-Semibold", "text-semibold", "Semibold", []),
         ("SourceSerif4Display-Semibold", "display-semibold", "Display Semibold", [])]


def rename(font, style):
    names = font["name"]
    full = f"Onrecord Serif {style}"
    for record in list(names.names):
        if record.nameID in (7, 16, 17, 21, 22, 25) or record.nameID > 25:
            names.removeNames(nameID=record.nameID)
    for number, text in ((1, full), (2, "Regular"), (3, full), (4, full), (6, full.replace(" ", ""))):
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)


def ranges(letters):
    """As CSS writes them."""
    runs = []
    for letter in sorted(letters):
        if runs and letter == runs[-1][1] + 1:
            runs[-1][1] = letter
        else:
            runs.append([letter, letter])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def make(source, target, face, output, style, letters, features):
    options = subset.Options(flavor="woff2", hinting=False, name_IDs=["*"], layout_features=features)
    font = subset.load_font(str(source / f"{face}.ttf"), options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=letters)
    worker.subset(font)
    rename(font, style)
    subset.save_font(font, str(target / f"{output}.woff2"), options)


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    most, every = (set(subset.parse_unicodes(letters)) for letters in (MOST, ALL))
    print("unicode-range:", ranges(most))
    print("unicode-range of the rest:", ranges(every - most))
    for face, output, style, extra in FACES:
        make(source, target, face, output, style, most, FEATURES + extra)
        make(source, target, face, f"{output}-more", style, every - most, FEATURES + extra)
        font = TTFont(target / f"{output}.woff2")
        head, line = font["head"].unitsPerEm, font["hhea"]
        print(output, (target / f"{output}.woff2").stat().st_size, "bytes; ascent", line.ascent / head,
              "descent", -line.descent / head, "gap", line.lineGap / head)
