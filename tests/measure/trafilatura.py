"""Writes the texts that trafilatura extracts from a folder of pages, for `extraction --texts`, and prints its time.

    python3 tests/measure/trafilatura.py PAGES TEXTS

Needs `pip install trafilatura`, in an environment of its own.
"""

import sys
import time
from pathlib import Path

import trafilatura


def main():
    pages, texts = map(Path, sys.argv[1:3])
    texts.mkdir(parents=True, exist_ok=True)
    files = sorted(pages.glob("*.html"))
    seconds = 0.0
    for file in files:
        page = file.read_bytes()
        started = time.perf_counter()
        text = trafilatura.extract(page, include_comments=False) or ""
        seconds += time.perf_counter() - started
        (texts / file.name).with_suffix(".txt").write_text(text, encoding="utf-8")
    print(f"trafilatura {trafilatura.__version__}: {seconds / len(files):.4f} seconds per page")


main()
