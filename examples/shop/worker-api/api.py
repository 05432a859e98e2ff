"""Knows the stock, and answers it as JSON."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ITEMS = {"Anchor": 3, "Rope, 20 m": 41, "Lantern": 12}


class Stock(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/stock":
            self.answer(200, {"items": ITEMS, "countedBy": os.environ["GANTRY_INSTANCE"]})
        elif self.path == "/healthz":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "Nothing here"})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        if " /healthz " not in self.requestline:
            super().log_request(code, size)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
port = int(os.environ["PORT"])
print(f"Listening on port {port}", flush=True)
ThreadingHTTPServer(("", port), Stock).serve_forever()
