#!/usr/bin/env python3
"""Measures whole builds: time on the clock, peak memory, and their ratios, all in one run.

usage: tests/bench/run.py pages PROGRAM [--hugo PROGRAM] [--floor PROGRAM] [--pages 100,1000,10000]
       tests/bench/run.py cells PROGRAM [--sources 10,100,1000] [--questions 20,200]
       tests/bench/run.py saved PROGRAM [--pages 1000,10000]
       tests/bench/run.py own PROGRAM

pages   the same pages, built by each program into a folder that isn't there: ours with its own theme and with the others'
        frame, Hugo, and whatever bare program takes `site CONTENT OUT`; no cards and no search, which those don't make
cells   sources with records times questions, everything on
saved   a page saved under `serve`, until its new bytes are sent: with what is waited for until the save counts as complete
own     the site of this repository, with its cards kept from the build before, and without

PROGRAM is a release build: target/release/sourcewise. --runs says how often each is run (7), --work where (/dev/shm, where
there is one: a disk of its own would be measured with them). Programs take turns. Medians, with the least and the most.
"""
import argparse, http.client, os, shutil, statistics, subprocess, sys, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def make(folder, form, extras=False, **size):
    if os.path.isdir(folder):
        return folder
    command = ["cargo", "run", "--quiet", "--example", "made-site", "--", folder, "--for", form]
    for name, number in size.items():
        command += [f"--{name}", str(number)]
    subprocess.run(command + ([] if extras else ["--bare"]), cwd=ROOT, check=True)
    return folder


class Task:
    """A command that is measured, and what is done before each time."""

    def __init__(self, name, command, cwd, before=lambda: None):
        self.name, self.command, self.cwd, self.before = name, command, cwd, before
        self.seconds, self.megabytes = [], []

    def run(self):
        self.before()
        with open(os.devnull, "w") as null:
            start = time.perf_counter()
            child = subprocess.Popen(self.command, cwd=self.cwd, stdout=null, stderr=subprocess.PIPE)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds.append(time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{self.name} ended with {child.returncode}: {said.decode()}")
        self.megabytes.append(usage.ru_maxrss / 1000)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def peak(self):
        return statistics.median(self.megabytes)


def measure(title, tasks, runs, against=()):
    """Runs all in turn, and prints a line for each. `against` names those that ratios are given to."""
    for _ in range(runs):
        for task in tasks:
            task.run()
    print(f"\n{title}")
    heads = "".join(f"{'x ' + name:>22}" for name in against)
    print(f"{'':28}{'median ms':>10}{'least':>9}{'most':>9}{'peak MB':>9}{heads}")
    by_name = {task.name: task for task in tasks}
    for task in tasks:
        ms = [1000 * value for value in (task.median, min(task.seconds), max(task.seconds))]
        ratios = "".join(
            f"{task.median / by_name[name].median:>12.2f} ({task.peak / by_name[name].peak:.2f} MB)" for name in against
        )
        print(f"{task.name:28}{ms[0]:>10.1f}{ms[1]:>9.1f}{ms[2]:>9.1f}{task.peak:>9.0f}{ratios}")
    sys.stdout.flush()


def numbers(text):
    return [int(number) for number in text.split(",")]


def without(*folders):
    return lambda: [shutil.rmtree(folder, ignore_errors=True) for folder in folders]


def ours(name, program, site, before=None):
    before = before or without(f"{site}/public")
    return Task(name, [program, "build", "--quiet", "--root", site], site, before)


def pages(given):
    for count in numbers(given.pages):
        at = lambda form: make(f"{given.work}/{form}-{count}", form, pages=count)
        tasks = [ours("sourcewise, its own theme", given.program, at("sourcewise"))]
        tasks.append(ours("sourcewise, others' frame", given.program, at("framed")))
        if given.hugo:
            site = at("hugo")
            tasks.append(Task("hugo", [given.hugo, "--quiet"], site, without(f"{site}/public", f"{site}/resources")))
        if given.floor:
            site = at("plain")
            # It takes the pages from a folder of this name.
            if not os.path.islink(f"{site}/content/posts"):
                os.symlink("pages", f"{site}/content/posts")
            tasks.append(Task("floor", [given.floor, "site", "content", "public"], site, without(f"{site}/public")))
        measure(f"{count} pages", tasks, given.runs, [name for name in ("hugo", "floor") if getattr(given, name)])


def saved(given):
    for count in numbers(given.pages):
        site = make(f"{given.work}/saved-{count}", "sourcewise", pages=count)
        command = [given.program, "serve", "--root", site, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as served:
            address = next(line for line in served.stdout if line.startswith("http://")).split("/")[2]
            threading.Thread(target=served.stdout.read, daemon=True).start()
            path = f"{site}/content/pages/page-00007.md"
            with open(path) as file:
                text = file.read()
            connection = http.client.HTTPConnection(address)
            took = []
            for number in range(given.runs + 3):
                time.sleep(0.3)
                mark = f"Saved {number} times."
                with open(path, "w") as file:
                    file.write(f"{text}\n\n{mark}\n")
                start = time.perf_counter()
                while True:
                    connection.request("GET", "/pages/page-00007.html")
                    if mark.encode() in connection.getresponse().read():
                        break
                    time.sleep(0.0005)
                took.append(1000 * (time.perf_counter() - start))
            with open(path, "w") as file:
                file.write(text)
            served.terminate()
        # The first ones warm up.
        took = took[3:]
        print(f"{count} pages, a page saved: median {statistics.median(took):.1f} ms, {min(took):.1f} to {max(took):.1f}")


def cells(given):
    tasks = []
    for sources in numbers(given.sources):
        for questions in numbers(given.questions):
            name = f"{sources} x {questions}"
            site = make(f"{given.work}/cells-{sources}-{questions}", "sourcewise", True, sources=sources, questions=questions)
            tasks.append(ours(name, given.program, site))
    measure("sources x questions", tasks, given.runs)
    for task in tasks:
        sources, questions = map(int, task.name.split(" x "))
        print(f"{task.name:28}{1e6 * task.median / (sources * questions):>10.1f} us a cell")


def own(given):
    site = f"{given.work}/own"
    shutil.rmtree(site, ignore_errors=True)
    for part in ("content", "seeds"):
        shutil.copytree(os.path.join(ROOT, part), f"{site}/{part}")
    shutil.copy(os.path.join(ROOT, "site.toml"), site)

    def change():
        for folder, _, files in os.walk(f"{site}/public"):
            for name in files:
                if name.endswith(".html"):
                    with open(os.path.join(folder, name), "a") as page:
                        page.write("\n")

    cold = ours("cards drawn", given.program, site)
    warm = ours("cards kept, pages changed", given.program, site, before=change)
    same = ours("nothing changed", given.program, site, before=lambda: None)
    measure("our own site", [cold, warm, same], given.runs)


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=True)
    parser.add_argument("what", choices=["pages", "saved", "cells", "own"])
    parser.add_argument("program")
    parser.add_argument("--hugo")
    parser.add_argument("--floor")
    parser.add_argument("--pages")
    parser.add_argument("--sources", default="10,100,1000")
    parser.add_argument("--questions", default="20,200")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--work", default="/dev/shm/sourcewise-bench" if os.path.isdir("/dev/shm") else "/tmp/sourcewise-bench")
    given = parser.parse_args()
    given.pages = given.pages or "1000,10000" if given.what == "saved" else "100,1000,10000"
    for name in ("program", "hugo", "floor"):
        if getattr(given, name):
            setattr(given, name, os.path.abspath(getattr(given, name)))
    globals()[given.what](given)


main()
