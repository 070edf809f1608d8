#!/usr/bin/env python3
"""Sends hostile requests to `sourcewise serve`, and measures the response time of normal requests meanwhile.

usage: tests/measure/requests.py PROGRAM SITE [SECONDS]

Serves a copy of SITE on loopback. For SECONDS (60), clients try path traversal in many spellings, send malformed HTTP, send
one byte per second, and hold 90 idle connections open. Meanwhile a normal client requests the home page, over a new
connection each time. Prints the number of each, and the normal client's median, 99th percentile and maximum response time in
ms. Fails if a file outside the site was sent, if a response was wrong, or if a normal request took over 100 ms.
"""
import os, random, shutil, socket, subprocess, sys, tempfile, threading, time

SECRET = b"the-treasure-is-under-the-oak"
MAX_WAIT_MS = 100
MAX_IDLE = 90  # with more than 128 at once, the system may take a second to accept one


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
        server = subprocess.Popen([program, "serve", "--root", root, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = next(line for line in server.stdout if line.startswith("http://"))
            port = int(address.split("/")[2].rsplit(":", 1)[1])
            sys.exit(attack(port, root, seconds))
        finally:
            server.kill()


class Tally:
    def __init__(self):
        self.lock, self.counts, self.failures = threading.Lock(), {}, []

    def add(self, kind):
        with self.lock:
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def fail(self, message):
        with self.lock:
            self.failures.append(message)


def send(port, request, timeout=5):
    """Sends bytes, and reads the response until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as stream:
        answer = b""
        try:
            stream.sendall(request)
            while chunk := stream.recv(65536):
                answer += chunk
        except OSError:
            pass  # the server may close the connection before it has read everything
        return answer


def traversal_paths(root):
    for up in ("..", "%2e%2e", ".%2e", "%2E.", "..%2f..", "..%5c..", "..\\", "%252e%252e", "..%00", "..;", "%c0%ae%c0%ae", "%e0%80%ae."):
        for depth in (1, 2, 6):
            yield "/" + "/".join([up] * depth) + "/secret.txt"
            yield "/compare/" + "/".join([up] * depth) + "/secret.txt"
    yield from (f"/{root}/secret.txt", f"//{root}/secret.txt", f"file://{root}/secret.txt", "/secret.txt", "/site.toml/../secret.txt")
    yield from ("/seeds/../secret.txt", "/.sourcewise/../secret.txt", "/.sourcewise/../../secret.txt", "/%2fsecret.txt", "secret.txt", "*")


def attack(port, root, seconds):
    tally, end, host = Tally(), time.monotonic() + seconds, f"127.0.0.1:{port}".encode()
    paths = list(traversal_paths(root))

    def traversal(rng):
        path = rng.choice(paths).encode()
        method = rng.choice([b"GET", b"GET", b"HEAD", b"POST", b"PUT", b"TRACE"])
        name = rng.choice([host, host, host, b"evil.example", b"localhost"])
        answer = send(port, method + b" " + path + b" HTTP/1.1\r\nHost: " + name + b"\r\nConnection: close\r\n\r\n")
        if SECRET in answer:
            tally.fail(f"the secret was sent for {path}")
        if answer and not answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404", b"HTTP/1.1 405", b"HTTP/1.1 421", b"HTTP/1.1 302")):
            tally.fail(f"{path}: {answer[:60]}")
        tally.add("path traversal requests")

    def malformed(rng):
        good = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        kind = rng.randrange(5)
        if kind == 0:  # random bytes
            request = rng.randbytes(rng.randrange(1, 4000))
        elif kind == 1:  # a valid request with some bytes changed
            request = bytearray(good)
            for _ in range(rng.randrange(1, 8)):
                request[rng.randrange(len(request))] = rng.randrange(256)
        elif kind == 2:  # headers without end
            request = good[:-2] + b"X: " + b"a" * rng.randrange(1 << 18)
        elif kind == 3:  # many headers
            request = good[:-2] + b"X: a\r\n" * rng.randrange(1000) + b"\r\n"
        else:  # invalid lengths
            request = good[:-2] + rng.choice([b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked, chunked", b"Content-Length: 5\r\nTransfer-Encoding: chunked"]) + b"\r\n\r\nzz"
        answer = send(port, bytes(request), 2)
        if SECRET in answer:
            tally.fail("the secret was sent for a malformed request")
        tally.add("malformed requests")

    def slow(rng):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
            try:
                for byte in b"GET / HTTP/1.1\r\nHost: " + host:
                    stream.sendall(bytes([byte]))
                    time.sleep(1)
                    if time.monotonic() > end:
                        break
            except OSError:
                pass  # expected: the server closes it after a while
        tally.add("clients that send one byte per second")

    def idle(_):
        streams = []
        while len(streams) < MAX_IDLE and time.monotonic() < end:
            streams.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            tally.add("idle connections")
        time.sleep(min(5, max(0, end - time.monotonic())))
        for stream in streams:
            stream.close()

    waits = []

    def normal(_):
        start = time.monotonic()
        answer = send(port, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        waits.append((time.monotonic() - start) * 1000)
        if not (answer.startswith(b"HTTP/1.1 200 ") and answer.rstrip().endswith(b"</html>")):
            tally.fail(f"a normal request got {answer[:80]!r}")
        time.sleep(0.02)

    def repeat(work, seed):
        rng = random.Random(seed)
        while time.monotonic() < end:
            try:
                work(rng)
            except OSError as error:
                tally.add(f"{work.__name__}: {error.__class__.__name__}")
                if work is normal:
                    tally.fail(f"a normal request failed: {error}")

    workers = [traversal] * 3 + [malformed] * 3 + [slow] * 20 + [idle, normal]
    threads = [threading.Thread(target=repeat, args=(work, seed)) for seed, work in enumerate(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind, count in sorted(tally.counts.items()):
        print(f"{count:8} {kind}")
    waits.sort()
    at = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))]
    print(f"{len(waits):8} normal requests: median {at(0.5):.1f} ms, 99th percentile {at(0.99):.1f} ms, maximum {waits[-1]:.1f} ms")
    late = sum(wait > MAX_WAIT_MS for wait in waits)
    if late:
        tally.failures.append(f"{late} normal requests took over {MAX_WAIT_MS} ms")
    for failure in tally.failures[:20]:
        print(f"FAIL {failure}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    main()
