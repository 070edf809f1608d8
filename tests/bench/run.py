#!/usr/bin/env python3
"""Measures whole builds: wall-clock time, peak memory, and ratios to other programs.

usage: tests/bench/run.py pages PROGRAM [--hugo PROGRAM] [--floor PROGRAM] [--pages 100,1000,10000]
       tests/bench/run.py cells PROGRAM [--sources 10,100,1000] [--questions 20,200]
       tests/bench/run.py saved PROGRAM [--pages 1000,10000]
       tests/bench/run.py desk PROGRAM [--sources 1000] [--questions 200]
       tests/bench/run.py own PROGRAM

pages   the same pages, built by each program into a new folder: Sourcewise with its own theme, Sourcewise with the minimal
        templates of the others, Hugo, and as a lower bound any minimal program that takes `site CONTENT OUT` (--floor).
        No cards and no search, which the others don't have
cells   sources with records x questions, with all features on
saved   the time from saving a page under `serve` until its new bytes are sent, including the debounce time
desk    the time from saving an answer in the desk until the source's page has it, and how long its question's page, the
        board and the reader take then, each asked for once after the save
own     the site of this repository, with and without cards from the previous build

PROGRAM is a release build: target/release/sourcewise. --runs is the number of runs of each (7), --pause the seconds before each save
(1). --work is the working folder:
/dev/shm by default where it exists, so that the disk is not measured, too. Programs take turns. Prints medians, minimum and
maximum.
"""
import argparse, http.client, json, os, shutil, statistics, subprocess, sys, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def make(folder, form, extras=False, **size):
    if os.path.isdir(folder):
        return folder
    command = ["cargo", "run", "--quiet", "--example", "synthetic-site", "--", folder, "--for", form]
    for name, number in size.items():
        command += [f"--{name}", str(number)]
    subprocess.run(command + ([] if extras else ["--bare"]), cwd=ROOT, check=True)
    return folder


class Task:
    """A command to measure. `before` is called before each run, untimed."""

    def __init__(self, name, command, cwd, before=lambda: None):
        self.name, self.command, self.cwd, self.before = name, command, cwd, before
        self.seconds, self.megabytes = [], []

    def run(self):
        self.before()
        with open(os.devnull, "w") as null:
            start = time.perf_counter()
            child = subprocess.Popen(self.command, cwd=self.cwd, stdout=null, stderr=subprocess.PIPE)
            errors = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds.append(time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{self.name} exited with {child.returncode}: {errors.decode()}")
        self.megabytes.append(usage.ru_maxrss / 1000)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def peak(self):
        return statistics.median(self.megabytes)


def measure(title, tasks, runs, against=()):
    """Runs all tasks in turn and prints a line for each. `against` names the tasks to print ratios to."""
    for _ in range(runs):
        for task in tasks:
            task.run()
    print(f"\n{title}")
    ratio_heads = "".join(f"{'x ' + name:>22}" for name in against)
    print(f"{'':28}{'median ms':>10}{'min':>9}{'max':>9}{'peak MB':>9}{ratio_heads}")
    by_name = {task.name: task for task in tasks}
    for task in tasks:
        ms = [1000 * value for value in (task.median, min(task.seconds), max(task.seconds))]
        ratios = "".join(
            f"{task.median / by_name[name].median:>12.2f} ({task.peak / by_name[name].peak:.2f} MB)" for name in against
        )
        print(f"{task.name:28}{ms[0]:>10.1f}{ms[1]:>9.1f}{ms[2]:>9.1f}{task.peak:>9.0f}{ratios}")
    sys.stdout.flush()


def parse_numbers(text):
    return [int(number) for number in text.split(",")]


def remove_folders(*folders):
    return lambda: [shutil.rmtree(folder, ignore_errors=True) for folder in folders]


def sourcewise_task(name, program, site, before=None):
    before = before or remove_folders(f"{site}/public")
    return Task(name, [program, "build", "--quiet", "--root", site], site, before)


def pages(options):
    for count in parse_numbers(options.pages):
        at = lambda form: make(f"{options.work}/{form}-{count}", form, pages=count)
        tasks = [sourcewise_task("sourcewise, its own theme", options.program, at("sourcewise"))]
        tasks.append(sourcewise_task("sourcewise, minimal theme", options.program, at("framed")))
        if options.hugo:
            site = at("hugo")
            tasks.append(Task("hugo", [options.hugo, "--quiet"], site, remove_folders(f"{site}/public", f"{site}/resources")))
        if options.floor:
            site = at("plain")
            # The program reads pages from a folder named `posts`.
            if not os.path.islink(f"{site}/content/posts"):
                os.symlink("pages", f"{site}/content/posts")
            tasks.append(Task("floor", [options.floor, "site", "content", "public"], site, remove_folders(f"{site}/public")))
        measure(f"{count} pages", tasks, options.runs, [name for name in ("hugo", "floor") if getattr(options, name)])


def saved(options):
    for count in parse_numbers(options.pages):
        site = make(f"{options.work}/saved-{count}", "sourcewise", pages=count)
        command = [options.program, "serve", "--root", site, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            address = next(line for line in server.stdout if line.startswith("http://")).split("/")[2]
            threading.Thread(target=server.stdout.read, daemon=True).start()
            path = f"{site}/content/pages/page-00007.md"
            with open(path) as file:
                text = file.read()
            connection = http.client.HTTPConnection(address)
            took = []
            for number in range(options.runs + 3):
                time.sleep(0.3)
                marker = f"Saved {number} times."
                with open(path, "w") as file:
                    file.write(f"{text}\n\n{marker}\n")
                start = time.perf_counter()
                while True:
                    connection.request("GET", "/pages/page-00007.html")
                    if marker.encode() in connection.getresponse().read():
                        break
                    time.sleep(0.0005)
                took.append(1000 * (time.perf_counter() - start))
            with open(path, "w") as file:
                file.write(text)
            server.terminate()
        # The first three are warm-up.
        took = took[3:]
        print(f"{count} pages, one page saved: median {statistics.median(took):.1f} ms, {min(took):.1f} to {max(took):.1f}")


class Desk:
    """A running desk. Its requests have the token that it prints."""

    def __init__(self, program, site):
        command = [program, "desk", "--root", site, "--port", "0"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = next(line for line in self.server.stdout if line.startswith("http://"))
        threading.Thread(target=self.server.stdout.read, daemon=True).start()
        self.address = line.split("/")[2]
        token = line.split("token=")[1].split()[0]
        self.headers = {
            "Cookie": f"sourcewise_desk_{self.address.split(':')[1]}={token}",
            "Origin": f"http://{self.address}",
            "Content-Type": "application/json",
        }

    def ask(self, path, body=None):
        connection = http.client.HTTPConnection(self.address)
        connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, self.headers)
        response = connection.getresponse()
        text = response.read()
        if response.status != 200:
            sys.exit(f"{path}: {response.status} {text.decode()}")
        return text

    def timed(self, path):
        start = time.perf_counter()
        self.ask(path)
        return 1000 * (time.perf_counter() - start)


def desk(options):
    for sources in parse_numbers(options.sources):
        for questions in parse_numbers(options.questions):
            size = {"sources": sources, "questions": questions}
            saves_in_desk(options, f"{sources} x {questions}", make(f"{options.work}/cells-{sources}-{questions}", "sourcewise", True, **size))


def saves_in_desk(options, name, site):
    desk = Desk(options.program, site)
    took = {"source's page": [], "question's page": [], "board": [], "reader": []}
    try:
        for number in range(options.runs + 2):
            # Another source and question each time, so that no answer is ready.
            source = f"source-{number:04}"
            answer = json.loads(desk.ask(f"/desk/api/source/{source}"))["answers"][number]
            form = {key: answer[key] for key in ("question", "position", "voice", "to", "context")}
            quotes = [quote["written"] for quote in answer["quotes"]]
            marker = f"Saved {number} times."
            form |= {"new_position": None, "summary": marker, "quotes": quotes}
            time.sleep(options.pause)
            start = time.perf_counter()
            desk.ask("/desk/api/do", {"action": "save-answer", "source": source, "id": answer["id"], "answer": form})
            while marker.encode() not in desk.ask(f"/sources/{source}.html"):
                time.sleep(0.0005)
            took["source's page"].append(1000 * (time.perf_counter() - start))
            took["question's page"].append(desk.timed(f"/compare/{answer['question']}.html"))
            took["board"].append(desk.timed("/desk/api/board"))
            took["reader"].append(desk.timed(f"/desk/api/source/source-{number + 1:04}"))
        for _ in range(options.runs + 2):
            desk.ask("/desk/api/do", {"action": "undo"})
    finally:
        desk.server.terminate()
    for what, values in took.items():
        # The first two are warm-up.
        values = values[2:]
        print(f"{name}, answer saved, {what:16} median {statistics.median(values):>8.1f} ms, {min(values):.1f} to {max(values):.1f}")
    sys.stdout.flush()


def cells(options):
    tasks = []
    for sources in parse_numbers(options.sources):
        for questions in parse_numbers(options.questions):
            name = f"{sources} x {questions}"
            site = make(f"{options.work}/cells-{sources}-{questions}", "sourcewise", True, sources=sources, questions=questions)
            tasks.append(sourcewise_task(name, options.program, site))
    measure("sources x questions", tasks, options.runs)
    for task in tasks:
        sources, questions = map(int, task.name.split(" x "))
        print(f"{task.name:28}{1e6 * task.median / (sources * questions):>10.1f} us per cell")


def own(options):
    site = f"{options.work}/own"
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

    cold = sourcewise_task("cards drawn", options.program, site)
    warm = sourcewise_task("cards cached, pages changed", options.program, site, before=change)
    same = sourcewise_task("nothing changed", options.program, site, before=lambda: None)
    measure("own site", [cold, warm, same], options.runs)


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=True)
    parser.add_argument("what", choices=["pages", "saved", "cells", "desk", "own"])
    parser.add_argument("program")
    parser.add_argument("--hugo")
    parser.add_argument("--floor")
    parser.add_argument("--pages")
    parser.add_argument("--sources")
    parser.add_argument("--questions")
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--work", default="/dev/shm/sourcewise-bench" if os.path.isdir("/dev/shm") else "/tmp/sourcewise-bench")
    options = parser.parse_args()
    options.pages = options.pages or "1000,10000" if options.what == "saved" else "100,1000,10000"
    options.sources = options.sources or ("1000" if options.what == "desk" else "10,100,1000")
    options.questions = options.questions or ("200" if options.what == "desk" else "20,200")
    for name in ("program", "hugo", "floor"):
        if getattr(options, name):
            setattr(options, name, os.path.abspath(getattr(options, name)))
    globals()[options.what](options)


main()
