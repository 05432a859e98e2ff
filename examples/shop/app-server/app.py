"""The shop window: asks worker-api for the stock and shows it as a page."""

import html
import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError
from urllib.request import urlopen

STOCK_URL = os.environ["STOCK_URL"]


def page():
    with urlopen(STOCK_URL, timeout=2) as answer:
        stock = json.load(answer)
    rows = "".join(f"<li>{html.escape(item)}: {count} left</li>" for item, count in stock["items"].items())
    return f"<!DOCTYPE html><title>Shop</title><h1>Shop</h1><ul>{rows}</ul><p>Counted by {html.escape(stock['countedBy'])}</p>\n"


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.window()
        elif self.path == "/healthz":
            self.answer(200, "ok\n")
        else:
            self.answer(404, "Nothing here\n")

    def window(self):
        try:
            self.answer(200, page())
        except URLError as unreachable:
            self.answer(502, f"The stock can't be counted now: {html.escape(str(unreachable.reason))}\n")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        if " /healthz " not in self.requestline:
            super().log_request(code, size)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
port = int(os.environ["PORT"])
print(f"Listening on port {port}, stock from {STOCK_URL}", flush=True)
ThreadingHTTPServer(("", port), Shop).serve_forever()
