import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REASON = "Migrations are pending: run them, then deploy again\n"


class Sick(BaseHTTPRequestHandler):
    def do_GET(self):
        body = REASON.encode()
        self.send_response(503)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
port = int(os.environ["PORT"])
print(f"Listening on port {port}, but not ready to serve", flush=True)
ThreadingHTTPServer(("", port), Sick).serve_forever()
