package io.gantry.fleet.file;

import java.util.List;
import java.util.stream.Collectors;

/** A fleet.yaml is not taken. Whoever wrote it must change it; the message has a line a problem. */
public final class FleetRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final transient List<FleetProblem> problems;

    FleetRefused(String file, List<FleetProblem> problems) {
        super(problems.stream().map(problem -> line(file, problem)).collect(Collectors.joining("\n")));
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    private static String line(String file, FleetProblem problem) {
        String field = problem.pointer().isEmpty() ? "" : problem.pointer() + ": ";
        return "%s:%d:%d: %s%s"
                .formatted(file, problem.line(), problem.column(), field, problem.message())
                .replaceAll("\\p{Cntrl}", "?");
    }

    /** As it was called when it was read. */
    public String file() {
        return file;
    }

    /** All of them, in the order of their lines. */
    public List<FleetProblem> problems() {
        return problems;
    }
}
