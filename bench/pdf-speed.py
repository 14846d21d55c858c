#!/usr/bin/env python3
"""Pages per second of `rag read` beside pdftotext, over the filings and data/pdf, turn about in one run.

  bench/pdf-speed.py RAG_DLL [--data ../shared/data] [--rounds 5]

One core: processor time of all threads, pinned with taskset, less that of starting (the least of five one-page files): other work on the
machine counts little. Two cores: wall time, pdftotext as two processes at a time, rag as one process. Medians, least and most."""
import argparse
import os
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def run(args, core=None):
    """(seconds of processor time, wall seconds)"""
    began = time.monotonic()
    command = [*(["taskset", "-c", core] if core else []), *map(str, args)]
    p = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = os.wait4(p.pid, 0)[2]
    return used.ru_utime + used.ru_stime, time.monotonic() - began


def two_at_a_time(option, files):
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda f: subprocess.run(["pdftotext", "-q", option, f, "-"], capture_output=True), files))
    return time.monotonic() - began


def pages_of(f):
    out = subprocess.run(["pdfinfo", f], capture_output=True, text=True, errors="replace").stdout
    return next((int(line.split()[1]) for line in out.splitlines() if line.startswith("Pages:")), 0)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("rag")
    ap.add_argument("--data", default="../shared/data")
    ap.add_argument("--rounds", type=int, default=5)
    a = ap.parse_args()
    rag = ["dotnet", a.rag, "read", "--json"]
    tiny = Path(a.data) / "pdf/files/pdfbox__openoffice-test-document.pdf"
    start = min(run([*rag, tiny], "0")[0] for _ in range(5))
    their_start = min(run(["pdftotext", "-q", tiny, "-"], "0")[0] for _ in range(5))
    print(f"start: rag {start:.2f} s, pdftotext {their_start:.3f} s")
    for folder in ("qa-financebench/pdfs", "pdf/files"):
        files = [f for f in sorted((Path(a.data) / folder).glob("*.pdf")) if pages_of(f)]
        pages = sum(map(pages_of, files))
        rates = {}
        for _ in range(a.rounds):
            for option in ("-layout", "-raw"):
                rates.setdefault(f"pdftotext {option}, one core", []).append(pages / sum(run(["pdftotext", "-q", option, f, "-"], "0")[0] - their_start for f in files))
                rates.setdefault(f"pdftotext {option}, two cores", []).append(pages / two_at_a_time(option, files))
            rates.setdefault("rag, one core", []).append(pages / (run([*rag, *files], "0")[0] - start))
            rates.setdefault("rag, two cores, start included", []).append(pages / run([*rag, *files])[1])
        print(f"{folder}: {pages} pages")
        for name, all_ in sorted(rates.items()):
            print(f"  {name:32} {statistics.median(all_):6.0f} pages/s ({min(all_):.0f} to {max(all_):.0f})")


if __name__ == "__main__":
    main()
