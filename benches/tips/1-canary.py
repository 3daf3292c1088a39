"""The canary and the table of SECURITY.md: the tests that the issue names, run as they are, and what they say.

Each test of the table is looked for by its name, so that a row whose test is gone counts as not met.
"""

import re
import subprocess
import sys

from common import ROOT, row


def run(package, names, *arguments):
    """Runs tests by their names; answers which of them passed, and what they printed."""
    command = ["cargo", "test", "--quiet", "--locked", "-p", package, *arguments, "--", "--nocapture", "--test-threads=1", "--format=pretty", *names]
    command.remove("--format=pretty")
    done = subprocess.run([part for part in command if part != "--quiet"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:], file=sys.stderr)
    # What a test prints may stand between its name and the outcome.
    passed = {name for name in names if done.returncode == 0 and re.search(rf"test \S*\b{name}\b", done.stdout)}
    return passed, done.stdout


def main():
    passed, said = run("onrecord", ["what_sources_send_stands_nowhere"], "--test", "cli")
    found = re.search(r"canary: (.*)", said)
    row("canary", found.group(1) if found else "it was found", "found 0 times", bool(passed and found))

    table = (ROOT / "SECURITY.md").read_text().split("## Tips: what seizure surrenders")[1].split("\nHow it is built")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| what is taken")]
    names = {name for line in rows for name in re.findall(r"`([a-z0-9_]+)`", line.rsplit("|", 2)[1])}
    passed, _ = run("onrecord-tips", sorted(names), "--lib")
    # What takes a whole server is tested with the command line.
    if names - passed:
        passed |= run("onrecord", sorted(names - passed), "--test", "cli")[0]
    missing = sorted(names - passed)
    for name in missing:
        print(f"not passed: {name}", file=sys.stderr)
    unbacked = [line for line in rows if "`" not in line.rsplit("|", 2)[1] and "the same" not in line.rsplit("|", 2)[1]]
    row("what seizure surrenders", f"{len(rows)} rows, {len(passed)} of {len(names)} tests pass", "each row backed", not missing and not unbacked)


main()
