package io.gantry.deployer.app;

import static io.gantry.deployer.app.OwnApp.WEB;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Release;
import org.springframework.boot.test.context.TestComponent;

/** Services of the own app that really run. No other app has the same code, so none is served by another's image. */
@TestComponent
public class Programs {
    /** Greets whoever asks, and ends when it is told to. */
    public static final String HELLO = """
            import os, signal, sys
            from http.server import BaseHTTPRequestHandler, HTTPServer

            class Hello(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(f"Hello from {os.environ['GANTRY_APP']}".encode())

            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            HTTPServer(("", int(os.environ["PORT"])), Hello).serve_forever()
            """;

    private final OwnApp app;
    private final BundleShelf shelf;

    Programs(OwnApp app, BundleShelf shelf) {
        this.app = app;
        this.shelf = shelf;
    }

    public Release hello() {
        return python(HELLO, "{\"port\": 8000, \"health\": {\"path\": \"/\"}}");
    }

    public Release python(String code, String config) {
        return python(WEB, code, config);
    }

    public Release python(ServiceName service, String code, String config) {
        return shelf.put(service, 1, ownPython(code).with("config.json", config));
    }

    /** A zip that is to be added to. */
    public Zip ownPython(String code) {
        return new Zip().with("app.py", code + "\n# " + app);
    }

    public Release of(Zip zip) {
        return of(1, zip);
    }

    public Release of(int version, Zip zip) {
        return shelf.put(WEB, version, zip);
    }
}
