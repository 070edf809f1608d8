#!/usr/bin/env python3
"""Hostile requests to `sourcewise serve`, and how long the next honest one waits.

usage: tests/measure/requests.py PROGRAM SITE [SECONDS]

Serves a copy of SITE on loopback. For SECONDS (60) some clients ask for paths that leave the site, in every spelling;
some send what is no HTTP; some send a byte a second; and 90 connections are held open that say nothing. Meanwhile an
honest client asks for the home page, over a new connection each time. Prints how many of each there were, the honest
one's median, 99th percentile and longest wait in ms, and fails if a file outside the site was ever sent, if an answer
was wrong, or if an honest request waited over 100 ms.
"""
import os, random, shutil, socket, subprocess, sys, tempfile, threading, time

SECRET = b"the-treasure-is-under-the-oak"
LIMIT_MS = 100
HELD = 90  # more than 128 at once may wait a second for the system to accept them


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, site, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 60
    with tempfile.TemporaryDirectory() as work:
        root = os.path.join(work, "site")
        os.mkdir(root)
        for part in ("site.toml", "content", "seeds", "templates"):
            path = os.path.join(site, part)
            if os.path.isdir(path):
                shutil.copytree(path, os.path.join(root, part))
            elif os.path.exists(path):
                shutil.copy(path, root)
        for secret in (os.path.join(work, "secret.txt"), os.path.join(root, "secret.txt")):
            with open(secret, "wb") as file:
                file.write(SECRET)
        served = subprocess.Popen([program, "serve", "--root", root, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = next(line for line in served.stdout if line.startswith("http://"))
            port = int(address.split("/")[2].rsplit(":", 1)[1])
            sys.exit(attack(port, root, seconds))
        finally:
            served.kill()


class Tally:
    def __init__(self):
        self.lock, self.counts, self.faults = threading.Lock(), {}, []

    def add(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fault(self, what):
        with self.lock:
            self.faults.append(what)


def ask(port, request, patience=5):
    """Sends bytes, and reads what comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as stream:
        answer = b""
        try:
            stream.sendall(request)
            while chunk := stream.recv(65536):
                answer += chunk
        except OSError:
            pass  # it may close before it has read everything
        return answer


def spellings(root):
    for up in ("..", "%2e%2e", ".%2e", "%2E.", "..%2f..", "..%5c..", "..\\", "%252e%252e", "..%00", "..;", "%c0%ae%c0%ae", "%e0%80%ae."):
        for depth in (1, 2, 6):
            yield "/" + "/".join([up] * depth) + "/secret.txt"
            yield "/compare/" + "/".join([up] * depth) + "/secret.txt"
    yield from (f"/{root}/secret.txt", f"//{root}/secret.txt", f"file://{root}/secret.txt", "/secret.txt", "/site.toml/../secret.txt")
    yield from ("/seeds/../secret.txt", "/.sourcewise/../secret.txt", "/.sourcewise/../../secret.txt", "/%2fsecret.txt", "secret.txt", "*")


def attack(port, root, seconds):
    tally, end, host = Tally(), time.monotonic() + seconds, f"127.0.0.1:{port}".encode()
    paths = list(spellings(root))

    def leaving(dice):
        path = dice.choice(paths).encode()
        method = dice.choice([b"GET", b"GET", b"HEAD", b"POST", b"PUT", b"TRACE"])
        name = dice.choice([host, host, host, b"evil.example", b"localhost"])
        answer = ask(port, method + b" " + path + b" HTTP/1.1\r\nHost: " + name + b"\r\nConnection: close\r\n\r\n")
        if SECRET in answer:
            tally.fault(f"sent for {path}")
        if answer and not answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404", b"HTTP/1.1 405", b"HTTP/1.1 421", b"HTTP/1.1 302")):
            tally.fault(f"{path}: {answer[:60]}")
        tally.add("paths that leave the site")

    def broken(dice):
        good = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        kind = dice.randrange(5)
        if kind == 0:  # any bytes
            request = dice.randbytes(dice.randrange(1, 4000))
        elif kind == 1:  # some bytes of a good request are others
            request = bytearray(good)
            for _ in range(dice.randrange(1, 8)):
                request[dice.randrange(len(request))] = dice.randrange(256)
        elif kind == 2:  # a head that doesn't end
            request = good[:-2] + b"X: " + b"a" * dice.randrange(1 << 18)
        elif kind == 3:  # many headers
            request = good[:-2] + b"X: a\r\n" * dice.randrange(1000) + b"\r\n"
        else:  # lengths that are no lengths
            request = good[:-2] + dice.choice([b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked, chunked", b"Content-Length: 5\r\nTransfer-Encoding: chunked"]) + b"\r\n\r\nzz"
        answer = ask(port, bytes(request), 2)
        if SECRET in answer:
            tally.fault("sent to what is no HTTP")
        tally.add("requests that are none")

    def slow(dice):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
            try:
                for byte in b"GET / HTTP/1.1\r\nHost: " + host:
                    stream.sendall(bytes([byte]))
                    time.sleep(1)
                    if time.monotonic() > end:
                        break
            except OSError:
                pass  # it is closed after a while, as it should
        tally.add("clients that send a byte a second")

    def holding(_):
        streams = []
        while len(streams) < HELD and time.monotonic() < end:
            streams.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            tally.add("connections that say nothing")
        time.sleep(min(5, max(0, end - time.monotonic())))
        for stream in streams:
            stream.close()

    waits = []

    def honest(_):
        start = time.monotonic()
        answer = ask(port, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        waits.append((time.monotonic() - start) * 1000)
        if not (answer.startswith(b"HTTP/1.1 200 ") and answer.rstrip().endswith(b"</html>")):
            tally.fault(f"an honest request got {answer[:80]!r}")
        time.sleep(0.02)

    def over_and_over(work, seed):
        dice = random.Random(seed)
        while time.monotonic() < end:
            try:
                work(dice)
            except OSError as error:
                tally.add(f"{work.__name__}: {error.__class__.__name__}")
                if work is honest:
                    tally.fault(f"an honest request failed: {error}")

    crew = [leaving] * 3 + [broken] * 3 + [slow] * 20 + [holding, honest]
    threads = [threading.Thread(target=over_and_over, args=(work, seed)) for seed, work in enumerate(crew)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for what, count in sorted(tally.counts.items()):
        print(f"{count:8} {what}")
    waits.sort()
    at = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))]
    print(f"{len(waits):8} honest requests: median {at(0.5):.1f} ms, 99th of 100 {at(0.99):.1f} ms, longest {waits[-1]:.1f} ms")
    late = sum(wait > LIMIT_MS for wait in waits)
    if late:
        tally.faults.append(f"{late} honest requests waited over {LIMIT_MS} ms")
    for fault in tally.faults[:20]:
        print(f"FAULT {fault}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    main()
