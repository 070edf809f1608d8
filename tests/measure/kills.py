#!/usr/bin/env python3
"""Kills `sourcewise rename` at every system call, one after the other: each file must be the old or the new one, and
the next start must make them agree. Needs Linux and strace: `cargo build && tests/measure/kills.py [PROGRAM]`."""

import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/sourcewise").resolve())
RENAME = [PROGRAM, "rename", "source", "gazette", "herald"]
PAGES = 4


def site():
    """The site's files before and after the rename."""
    files = {"site.toml": 'title = "The mill"\ncards = false\n'}
    for number in range(PAGES):
        files[f"content/page-{number}.md"] = f'+++\ntitle = "{number}"\n+++\n[@gazette]\n'
    files["seeds/gazette.toml"] = 'title = "The paper"\n'
    files["seeds/gazette.txt"] = "The mill at the ford burnt down on Sunday.\n"
    after = {path.replace("gazette", "herald"): text.replace("gazette", "herald") for path, text in files.items()}
    return files, after


def write(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def read(root):
    """The files that are no part of the journal, also hidden ones."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_text() for path in paths if ".sourcewise/" not in str(path)}


def is_whole(found, before, after):
    """Whether every visible file is the old or the new one, and none is lost."""
    for path, text in found.items():
        if "/." not in path and text not in (before.get(path), after.get(path)):
            return False
    names = {path.replace("gazette", "herald") for path in found if "/." not in path}
    # The record is written under its new name and removed under the old one, in any order.
    return names | {"seeds/herald.toml"} == set(after)


def run(root, inject=None):
    """Renames. With a system call and a number, is killed when it makes that call for that time."""
    trace = ["strace", "-f", "-qq", "-o", str(root.parent / "trace")]
    kill = [] if inject is None else ["-e", "inject=%s:signal=KILL:when=%d" % inject]
    return subprocess.run(trace + kill + RENAME, cwd=root, capture_output=True).returncode


def moments(before):
    """Every system call of a rename, with its number among the calls of its kind."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "site"
        root.mkdir()
        write(root, before)
        assert run(root) == 0, "a rename that is not killed succeeds"
        names = re.findall(r"^\d+ +(\w+)\(", (root.parent / "trace").read_text(), re.MULTILINE)
    return [(name, names[: at + 1].count(name)) for at, name in enumerate(names)]


def main():
    before, after = site()
    failed, killed, partly = 0, 0, 0
    for moment in moments(before):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "site"
            root.mkdir()
            write(root, before)
            killed += run(root, moment) != 0
            found = read(root)
            partly += found not in (before, after)
            whole = is_whole(found, before, after)
            again = subprocess.run(RENAME, cwd=root, capture_output=True, text=True)
            is_done = again.returncode == 0 or "there is no source `gazette`" in again.stderr
            if not (whole and is_done and read(root) == after):
                failed += 1
                print(f"FAIL at {moment}: {sorted(found)}\n{again.stdout}{again.stderr}")
    print(f"{killed} kills, {partly} of them amid the change; {failed} failed")
    sys.exit(1 if failed or partly == 0 else 0)


main()
