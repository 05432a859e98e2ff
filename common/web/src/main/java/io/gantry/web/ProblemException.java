package io.gantry.web;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request that can't be answered as asked; rendered as RFC 9457 {@code application/problem+json}. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final String detail;
    private final transient List<FieldProblem> errors;

    /**
     * @param code stable, upper case with underscores: what programs act on
     * @param detail a sentence for people that says what to do next
     */
    public ProblemException(HttpStatus status, String code, String detail) {
        this(status, code, detail, List.of());
    }

    public ProblemException(HttpStatus status, String code, String detail, List<FieldProblem> errors) {
        super(detail);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    public static ProblemException notFound(String code, String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, code, detail);
    }

    public static ProblemException badRequest(String code, String detail, FieldProblem... errors) {
        return new ProblemException(HttpStatus.BAD_REQUEST, code, detail, List.of(errors));
    }

    /** The same problem, with its place in what was sent; see {@link FieldProblem#pointer()}. */
    public ProblemException at(String pointer) {
        return new ProblemException(status, code, detail, List.of(new FieldProblem(pointer, detail)));
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldProblem> errors() {
        return errors;
    }
}
