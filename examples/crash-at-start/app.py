import os
import sys
import traceback
from http.server import HTTPServer, SimpleHTTPRequestHandler

MISCONFIGURED = 3


def database():
    return os.environ["DATABASE_URL"] + "/" + os.environ["DATABASE_NAME"]


try:
    print("Connecting to the database", flush=True)
    print(f"Connected to {database()}", flush=True)
except KeyError:
    traceback.print_exc()
    sys.exit(MISCONFIGURED)

HTTPServer(("", int(os.environ["PORT"])), SimpleHTTPRequestHandler).serve_forever()
