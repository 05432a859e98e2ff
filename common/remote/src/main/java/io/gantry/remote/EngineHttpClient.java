package io.gantry.remote;

import static io.gantry.remote.Unreachable.Reason.BUSY;
import static io.gantry.remote.Unreachable.Reason.LOST;
import static io.gantry.remote.Unreachable.Reason.TIMED_OUT;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Carries docker-java's calls to one engine over pooled connections, and says plainly what is wrong when it can't. */
final class EngineHttpClient implements DockerHttpClient {
    private static final HttpHost ENGINE = new HttpHost("http", InetAddress.getLoopbackAddress(), "docker", 80);

    private final Endpoint endpoint;
    private final EngineSockets sockets;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient http;
    private final Deadlines deadlines;
    private final Runnable doubt;

    /** @param doubt run when a call showed that the engine may not be the one it was */
    EngineHttpClient(Endpoint endpoint, EngineSockets sockets, Deadlines deadlines, Runnable doubt) {
        this.endpoint = endpoint;
        this.sockets = sockets;
        this.connections = EngineConnections.pool(sockets);
        this.http = EngineConnections.client(connections);
        this.deadlines = deadlines;
        this.doubt = doubt;
    }

    @Override
    public Response execute(Request request) {
        HttpUriRequestBase call = callOf(request);
        AtomicBoolean late = new AtomicBoolean();
        try (var _ = deadlines.start(call, late)) {
            ClassicHttpResponse answer = http.executeOpen(ENGINE, call, null);
            if (answer.getCode() == HttpStatus.SC_BAD_REQUEST) {
                doubt.run();
            }
            return new EngineResponse(call, answer);
        } catch (ConnectionRequestTimeoutException allInUse) {
            throw new Unreachable(BUSY, "All connections to " + endpoint + " are in use", allInUse);
        } catch (IOException broken) {
            doubt.run();
            connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
            throw late.get() ? timedOut(call, broken) : lost(call, broken);
        }
    }

    private static HttpUriRequestBase callOf(Request request) {
        if (request.hijackedInput() != null) {
            throw new UnsupportedOperationException("A container's standard input is not offered");
        }
        var call = new HttpUriRequestBase(request.method(), URI.create(request.path()));
        request.headers().forEach(call::addHeader);
        call.setEntity(bodyOf(request));
        return call;
    }

    private static @Nullable HttpEntity bodyOf(Request request) {
        byte[] bytes = request.bodyBytes();
        if (bytes != null) {
            return new ByteArrayEntity(bytes, null);
        }
        InputStream stream = request.body();
        return stream == null ? null : new InputStreamEntity(stream, null);
    }

    private Unreachable timedOut(HttpUriRequestBase call, IOException cause) {
        return new Unreachable(
                TIMED_OUT,
                "The Docker Engine at %s did not answer %s within %d s"
                        .formatted(endpoint, named(call), Deadlines.PATIENCE.toSeconds()),
                cause);
    }

    private Unreachable lost(HttpUriRequestBase call, IOException cause) {
        return new Unreachable(
                LOST,
                "The connection to the Docker Engine at %s broke during %s (%s)"
                        .formatted(endpoint, named(call), cause.getMessage()),
                cause);
    }

    private static String named(HttpUriRequestBase call) {
        return call.getMethod() + " " + call.getPath().replaceFirst("\\?.*", "");
    }

    @Override
    public void close() throws IOException {
        http.close();
        sockets.close();
    }
}
