package io.gantry.web;

import io.gantry.tracing.Traces;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Every error of a REST surface, as {@code application/problem+json} with a stable {@code code}. No stack trace leaves. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String CODE = "code";
    private static final String ERRORS = "errors";
    private static final String TRACE_ID = "traceId";
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Traces traces;

    Problems(Traces traces) {
        this.traces = traces;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ProblemException problem) {
        return ResponseEntity.status(problem.status())
                .body(body(problem.status(), problem.code(), problem.getMessage(), problem.errors()));
    }

    /** The value of a path or query parameter is no name, no number, no member of an enumeration. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(MethodArgumentTypeMismatchException mismatch) {
        String message = deepestMessage(mismatch);
        return ResponseEntity.badRequest()
                .body(body(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_PARAMETER",
                        "The value of \"%s\" is not valid: %s".formatted(mismatch.getName(), message),
                        List.of(new FieldProblem(mismatch.getName(), message))));
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        NonTransientDataAccessResourceException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ProblemDetail> onOutage(RuntimeException outage) {
        log.warn("The database does not answer: {}", outage.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(body(HttpStatus.SERVICE_UNAVAILABLE, "DATABASE_UNAVAILABLE", sentence(outage), List.of()));
    }

    /** Where no transaction began nothing was changed; of a commit in which the connection broke nobody heard what became. */
    private static String sentence(RuntimeException outage) {
        return outage instanceof CannotCreateTransactionException
                ? "The platform's database does not answer; nothing was changed. Try again in a few seconds."
                : "The platform's database does not answer; if something was to be changed, it is not known whether it was."
                        + " Try again in a few seconds.";
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RuntimeException bug) {
        log.error("A request failed for a reason nobody foresaw", bug);
        return ResponseEntity.internalServerError()
                .body(body(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "INTERNAL",
                        "Something went wrong inside the platform; its log says what.",
                        List.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail body = unreadable.getCause() instanceof JacksonException json
                ? body(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_BODY",
                        "The body is not what this request takes.",
                        fieldOf(json))
                : body(HttpStatus.BAD_REQUEST, "INVALID_BODY", "The body can't be read: send JSON.", List.of());
        return handleExceptionInternal(unreadable, body, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> errors = invalid.getFieldErrors().stream()
                .map(error -> new FieldProblem(
                        "/" + error.getField().replace('.', '/'), String.valueOf(error.getDefaultMessage())))
                .toList();
        return handleExceptionInternal(
                invalid,
                body(HttpStatus.BAD_REQUEST, "INVALID_BODY", "The body is not what this request takes.", errors),
                headers,
                status,
                request);
    }

    /** A parameter of the right type whose value is out of bounds. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> errors = invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldProblem(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return handleExceptionInternal(
                invalid,
                body(HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", "The value of a parameter is not valid.", errors),
                headers,
                status,
                request);
    }

    /** Also what a browser asks for that was pointed at a service. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException absent, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail body = body(
                HttpStatus.NOT_FOUND,
                HttpStatus.NOT_FOUND.name(),
                "There is nothing at /%s. What there is, /v3/api-docs says.".formatted(absent.getResourcePath()),
                List.of());
        return handleExceptionInternal(absent, body, headers, status, request);
    }

    /** The framework's own errors get a code too: the name of their status. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> response = super.handleExceptionInternal(failure, body, headers, status, request);
        if (response != null
                && response.getBody() instanceof ProblemDetail detail
                && (detail.getProperties() == null || !detail.getProperties().containsKey(CODE))) {
            HttpStatus known = HttpStatus.resolve(status.value());
            detail.setProperty(CODE, known == null ? "HTTP_" + status.value() : known.name());
        }
        return response;
    }

    private ProblemDetail body(HttpStatus status, String code, @Nullable String detail, List<FieldProblem> errors) {
        ProblemDetail body = ProblemDetail.forStatus(status);
        body.setDetail(detail);
        body.setProperty(CODE, code);
        if (!errors.isEmpty()) {
            body.setProperty(ERRORS, errors);
        }
        String traceId = traces.traceId();
        if (traceId != null) {
            body.setProperty(TRACE_ID, traceId);
        }
        return body;
    }

    private static List<FieldProblem> fieldOf(JacksonException json) {
        String pointer = json.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() != null ? step.getPropertyName() : step.getIndex()))
                .collect(Collectors.joining());
        return List.of(new FieldProblem(pointer, deepestMessage(json)));
    }

    private static String deepestMessage(Throwable failure) {
        Throwable deepest = Stream.iterate(failure, cause -> cause.getCause() != null, Throwable::getCause)
                .map(Throwable::getCause)
                .reduce(failure, (outer, inner) -> inner);
        String message = deepest instanceof JacksonException json ? json.getOriginalMessage() : deepest.getMessage();
        return message == null ? "not valid" : message;
    }
}
