import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GREETING = "Hello from {GANTRY_APP}, version {GANTRY_VERSION}, instance {GANTRY_INSTANCE}\n".format_map(os.environ)


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.answer(200, GREETING)
        elif self.path == "/healthz":
            self.answer(200, "ok\n")
        else:
            self.answer(404, "Nothing here\n")

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
ThreadingHTTPServer(("", port), Hello).serve_forever()
