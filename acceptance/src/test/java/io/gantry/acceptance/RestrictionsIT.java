package io.gantry.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An app's container has nothing but the rights it needs: as the engine says, and as the app itself finds out. */
@WithGantry
class RestrictionsIT {
    private static final Bundle MODEST = Bundle.ofExample("hello-python").replacing("config.json", "\"port\"", """
            "resources": {"cpus": 0.25, "memory": "64Mi", "pids": 50}, "port"\
            """);

    @Test
    void the_engine_limits_it(Gantry gantry) {
        var app = gantry.app("modest");
        app.run(MODEST);

        var container = Engine.HERE.inspect(Engine.HERE.containersOf(app).getFirst());
        var host = container.getHostConfig();

        assertThat(user(container)).isNotBlank().isNotEqualTo("0").isNotEqualTo("root");
        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getCapAdd()).isNullOrEmpty();
        assertThat(host.getSecurityOpts()).contains("no-new-privileges");
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getMemory()).isEqualTo(64L << 20);
        assertThat(host.getMemorySwap()).isEqualTo(64L << 20);
        assertThat(host.getNanoCPUs()).isEqualTo(250_000_000);
        assertThat(host.getPidsLimit()).isEqualTo(50);
        assertThat(requireNonNull(host.getLogConfig()).getConfig()).containsKeys("max-size", "max-file");
        assertThat(host.getBinds()).isNullOrEmpty();
        assertThat(container.getMounts()).isNullOrEmpty();
        assertThat(host.getDevices()).isNullOrEmpty();
        assertThat(Engine.HERE.networksOf(app)).containsExactly(host.getNetworkMode());
        assertThat(host.getPidMode()).isNotEqualTo("host");
        assertThat(host.getIpcMode()).isNotEqualTo("host");
    }

    @Test
    void it_finds_neither_the_docker_socket_nor_a_port_of_the_platform(Gantry gantry) {
        var app = gantry.app("curious");
        String ports = gantry.platform().ports().mapToObj(Integer::toString).collect(Collectors.joining(","));
        var deployment = app.run(Bundle.ofPython("""
                        {"port": 8000, "env": {"PORTS": "%s"}}
                        """.formatted(ports), """
                        import os, socket
                        from http.server import BaseHTTPRequestHandler, HTTPServer

                        def gateway():
                            for line in open("/proc/net/route").readlines()[1:]:
                                fields = line.split()
                                if fields[1] == "00000000":
                                    return socket.inet_ntoa(bytes.fromhex(fields[2])[::-1])

                        def reached(host, port):
                            try:
                                socket.create_connection((host, port), 0.3).close()
                                return True
                            except OSError:
                                return False

                        def findings():
                            ports = [int(port) for port in os.environ["PORTS"].split(",")] + [2375, 2376]
                            hosts = ["127.0.0.1", gateway()]
                            found = [f"{host}:{port}" for host in hosts for port in ports if reached(host, port)]
                            found += [path for path in ("/var/run/docker.sock", "/run/docker.sock") if os.path.exists(path)]
                            found += ["root"] if os.getuid() == 0 else []
                            return found

                        class Answer(BaseHTTPRequestHandler):
                            def do_GET(self):
                                body = f"found {findings()}".encode()
                                self.send_response(200)
                                self.send_header("Content-Length", str(len(body)))
                                self.end_headers()
                                self.wfile.write(body)

                        HTTPServer(("", 8000), Answer).serve_forever()
                        """));

        assertThat(Rest.get(deployment.url()).expect(200).body()).isEqualTo("found []");
    }

    private static String user(InspectContainerResponse container) {
        return requireNonNull(container.getConfig().getUser());
    }
}
