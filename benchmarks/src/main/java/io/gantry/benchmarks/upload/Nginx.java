package io.gantry.benchmarks.upload;

import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.Packages;
import io.gantry.benchmarks.processes.Ports;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** nginx that stores what is PUT: no digest, no look inside, no sync to disk. */
final class Nginx implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final Child server;

    private Nginx(int port, Child server) {
        this.port = port;
        this.server = server;
    }

    static Nginx start(Path folder, Progress progress) throws Exception {
        Path program = Packages.program("nginx", "nginx", progress);
        int port = Ports.free();
        Files.createDirectories(folder.resolve("stored"));
        Path config = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port));
        Child server = Child.start(
                "nginx",
                List.of(program.toString(), "-p", folder.toString(), "-e", "stderr", "-c", config.toString()),
                Map.of(),
                folder.resolve("nginx.log"));
        return new Nginx(port, server.awaitPort(port, PATIENCE));
    }

    private static String configuration(Path folder, int port) {
        return """
                daemon off;
                %s
                worker_processes 1;
                pid %s/nginx.pid;
                events {}
                http {
                    access_log off;
                    client_max_body_size 0;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/unused;
                    fastcgi_temp_path %2$s/unused;
                    uwsgi_temp_path %2$s/unused;
                    scgi_temp_path %2$s/unused;
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            root %2$s/stored;
                            dav_methods PUT DELETE;
                        }
                    }
                }
                """.formatted(System.getProperty("user.name").equals("root") ? "user root;" : "", folder, port);
    }

    URI at(String name) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(port, name));
    }

    @Override
    public void close() {
        server.close();
    }
}
