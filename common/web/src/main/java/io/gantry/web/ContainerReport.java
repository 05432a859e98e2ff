package io.gantry.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Requests that the container refuses before it knows whom they are for: told like all other errors. Made by the container. */
public class ContainerReport extends ErrorReportValve {
    private record Problem(int status, String title, String detail, String code) {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status != null && status.isError() && response.getContentWritten() == 0 && response.setErrorReported()) {
            try {
                write(response, status);
            } catch (IOException gone) {
                container.getLogger().debug("Nobody is there any more to be told of an error", gone);
            }
        }
    }

    private static void write(Response response, HttpStatus status) throws IOException {
        String title = status.getReasonPhrase();
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getReporter()
                .write(JsonMapper.shared()
                        .writeValueAsString(new Problem(
                                status.value(), title, "The request can't be read: " + title + ".", status.name())));
        response.finishResponse();
    }
}
