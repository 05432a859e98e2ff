import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MOST_SECONDS = 300.0


def burn(seconds):
    """Keeps one CPU busy and says how many rounds it came to."""
    end = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < end:
        sum(range(10_000))
        rounds += 1
    return rounds


class Busy(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/":
            self.answer(200, f"Instance {os.environ['GANTRY_INSTANCE']} at your service: try /burn?seconds=2\n")
        elif url.path == "/healthz":
            self.answer(200, "ok\n")
        elif url.path == "/burn":
            self.burn(parse_qs(url.query).get("seconds", ["1"])[0])
        else:
            self.answer(404, "Nothing here\n")

    def burn(self, text):
        try:
            seconds = min(float(text), MOST_SECONDS)
        except ValueError:
            self.answer(400, "seconds is a number\n")
            return
        rounds = burn(seconds)
        self.answer(200, f"Instance {os.environ['GANTRY_INSTANCE']} did {rounds} rounds in {seconds:g} s\n")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        if " /healthz " not in self.requestline:
            super().log_request(code, size)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
port = int(os.environ["PORT"])
print(f"Listening on port {port}", flush=True)
ThreadingHTTPServer(("", port), Busy).serve_forever()
