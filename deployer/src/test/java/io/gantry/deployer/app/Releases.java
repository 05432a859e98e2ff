package io.gantry.deployer.app;

import static io.gantry.deployer.app.OwnApp.API;
import static io.gantry.deployer.app.OwnApp.WEB;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Release;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.json.JsonMapper;

/** Versions of the own app's services, for whoever pretends to build and run them. No other app has the same bundles. */
@TestComponent
public class Releases {
    private static final JsonMapper JSON = new JsonMapper();
    /** Asked often, and given the time that a busy machine may take to answer. */
    private static final Map<String, ?> HEALTH = Map.of("path", "/", "interval", "50ms", "timeout", "30s");

    private final OwnApp app;
    private final BundleShelf shelf;

    Releases(OwnApp app, BundleShelf shelf) {
        this.app = app;
        this.shelf = shelf;
    }

    public Release web(int version) {
        return web(version, Map.of());
    }

    /** @param more what else its config.json says */
    public Release web(int version, Map<String, ?> more) {
        return serving(WEB, version, more);
    }

    /** Of another service. */
    public Release api() {
        return serving(API);
    }

    public Release serving(ServiceName service) {
        return serving(service, 1, Map.of());
    }

    private Release serving(ServiceName service, int version, Map<String, ?> more) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("port", 8000, "health", HEALTH));
        config.putAll(more);
        return put(service, version, config);
    }

    /** Of a service without a port. */
    public Release ofKind(String kind) {
        return put(API, 1, Map.of("kind", kind));
    }

    private Release put(ServiceName service, int version, Map<String, ?> config) {
        Map<String, Object> own = new LinkedHashMap<>(config);
        own.put("x-of", app + "/" + service + "/" + version);
        return shelf.put(
                service,
                version,
                new Zip().with("app.py", "print()").with("config.json", JSON.writeValueAsString(own)));
    }
}
