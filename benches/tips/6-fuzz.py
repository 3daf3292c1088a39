"""Every fuzz target of the tip line for five minutes, as many at a time as there are processors. ONRECORD_FUZZ_SECONDS shortens it, and
then the rows say so and are not met."""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

from common import DATA, ROOT, folder, row

WHOLE = 300
SECONDS = int(os.environ.get("ONRECORD_FUZZ_SECONDS", WHOLE))
HOUSES = ["lib/sealed", "lib/strip", "crates/tips"]
# Files by which a target begins: those that tell it something, and are small enough to be changed often.
LARGEST_SEED = 40_000
SEEDS = {"strip_picture": "jpg jpeg png webp gif tif tiff", "strip_heic": "heic", "strip_pdf": "pdf", "strip_document": "docx xlsx odt ods odp pptx zip", "strip_film": "mp4 mov m4a", "strip_sound": "mp3 wav", "strip_text": "txt svg json md"}


def seeds(target, place):
    """A folder of files as the target reads them: a byte 0, then the file."""
    into = pathlib.Path(place) / target
    into.mkdir()
    endings = SEEDS.get(target, "").split()
    for number, path in enumerate(sorted(DATA.rglob("*")) if DATA.is_dir() else []):
        if path.is_file() and path.suffix.lower().lstrip(".") in endings and 0 < path.stat().st_size <= LARGEST_SEED:
            (into / str(number)).write_bytes(b"\0" + path.read_bytes())
    return str(into)


def fuzz(target, seconds, *corpus):
    done = subprocess.run(["./dev", "fuzz", target, str(seconds), *corpus], cwd=ROOT, capture_output=True, text=True)
    counted = re.findall(r"Done (\d+) runs|^#(\d+)", done.stderr, re.MULTILINE)
    runs = max((int(number) for pair in counted for number in pair if number), default=0)
    return done.returncode, runs, done.stderr


def main():
    targets = [path.stem for house in HOUSES for path in sorted((ROOT / house / "fuzz/fuzz_targets").glob("*.rs"))]
    if not shutil.which("c++"):
        for target in targets:
            row(f"fuzz {target}", "", "5 min, no crash", "no C++ compiler for the fuzzer")
        return
    with folder() as place:
        begin = {target: seeds(target, place) for target in targets}
        # Built one after the other: two builds of one folder wait for each other anyway.
        built = {target: fuzz(target, 1, begin[target]) for target in targets}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            done = dict(zip(targets, pool.map(lambda target: fuzz(target, SECONDS, begin[target]) if built[target][0] == 0 else built[target], targets)))
    for target in targets:
        status, runs, said = done[target]
        if status:
            print(f"{target}:\n{said[-3000:]}", file=sys.stderr)
        figure = f"{runs:,} runs in {SECONDS} s, {'no crash' if status == 0 else 'a crash'}"
        row(f"fuzz {target}", figure, "5 min, no crash", status == 0 and SECONDS >= WHOLE and runs > 0)


main()
