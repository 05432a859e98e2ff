package io.gantry.remote;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine's answer; its body may go on for as long as a container runs. */
record EngineResponse(HttpUriRequestBase call, ClassicHttpResponse answer) implements DockerHttpClient.Response {
    private static final Logger LOG = LoggerFactory.getLogger(EngineResponse.class);

    @Override
    public int getStatusCode() {
        return answer.getCode();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return Arrays.stream(answer.getHeaders())
                .collect(Collectors.groupingBy(
                        Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    }

    @Override
    public InputStream getBody() {
        try {
            return answer.getEntity() == null
                    ? InputStream.nullInputStream()
                    : answer.getEntity().getContent();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What was not read is not waited for: the connection is cut. One that was read to its end is in the pool already. */
    @Override
    public void close() {
        call.abort();
        try {
            answer.close();
        } catch (IOException cutShort) {
            LOG.trace("An answer was not read to its end", cutShort);
        }
    }
}
