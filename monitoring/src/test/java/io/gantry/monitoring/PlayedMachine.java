package io.gantry.monitoring;

import com.sun.net.httpserver.HttpServer;
import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine that is no more than its sockets: an SSH server that says hello, and services that are ready. */
final class PlayedMachine implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";

    private final String name;
    private final Map<String, HttpServer> services = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private ServerSocket ssh;

    PlayedMachine(String name) {
        this.name = name;
        this.ssh = greeting(FreePorts.next());
    }

    String name() {
        return name;
    }

    PreparedMachine told() {
        return new PreparedMachine(
                new NodeId(name),
                URI.create("ssh://gantry@%s:%d".formatted(HERE.getHostAddress(), ssh.getLocalPort())),
                HOST_KEY,
                HERE.getHostAddress(),
                true,
                2,
                Memory.mebibytes(1024),
                Map.of(),
                false,
                Instant.EPOCH);
    }

    Node node(NodeState state) {
        PreparedMachine told = told();
        return new Node(
                told.id(),
                told.engine(),
                told.hostKey(),
                told.address(),
                told.cpus(),
                told.memory(),
                told.labels(),
                state,
                false,
                Instant.EPOCH);
    }

    PlatformReplica start(String service) {
        services.put(service, ready(ports.computeIfAbsent(service, _ -> FreePorts.next())));
        return replica(service);
    }

    /** Of every service that was ever started on it. */
    List<PlatformReplica> replicas() {
        return ports.keySet().stream().map(this::replica).toList();
    }

    private PlatformReplica replica(String service) {
        return new PlatformReplica(service, name, HERE.getHostAddress(), ports.get(service), Instant.EPOCH);
    }

    void stop(String service) {
        services.remove(service).stop(0);
    }

    /** Nothing on it answers any more. */
    void die() {
        closeSsh();
        services.values().forEach(server -> server.stop(0));
        services.clear();
    }

    void boot() {
        ssh = greeting(ssh.getLocalPort());
        ports.keySet().forEach(this::start);
    }

    void closeSsh() {
        try {
            ssh.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ServerSocket greeting(int port) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(HERE, port));
            Thread.ofVirtual().start(() -> greet(server));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void greet(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket guest = server.accept()) {
                guest.getOutputStream().write("SSH-2.0-played\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
    }

    private static HttpServer ready(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(HERE, port), 0);
            server.createContext("/actuator/health/readiness", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        die();
    }
}
