package io.gantry.bundle;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A bundle is not taken. The developer must change it. */
public final class BundleRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;
    private final transient List<BundleProblem> problems;

    private BundleRefused(Refusal refusal, String message, List<BundleProblem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
        this.problems = List.copyOf(problems);
    }

    static BundleRefused zip(Refusal refusal, String message) {
        return new BundleRefused(refusal, message, List.of(), null);
    }

    static BundleRefused zip(Refusal refusal, String message, Throwable cause) {
        return new BundleRefused(refusal, message, List.of(), cause);
    }

    /** @param complaint goes on after the entry's name */
    static BundleRefused entry(Refusal refusal, String name, String complaint) {
        return new BundleRefused(refusal, EntryName.shown(name) + " " + complaint, List.of(), null);
    }

    static BundleRefused entry(Refusal refusal, String name, String complaint, Throwable cause) {
        return new BundleRefused(refusal, EntryName.shown(name) + " " + complaint, List.of(), cause);
    }

    /** @param problems with a pointer into config.json each */
    public static BundleRefused manifest(Refusal refusal, List<BundleProblem> problems) {
        List<BundleProblem> sorted = problems.stream().sorted().toList();
        String message = sorted.stream()
                .map(problem -> (problem.pointer() + " " + problem.message()).strip())
                .collect(Collectors.joining("; "));
        return new BundleRefused(refusal, message, sorted, null);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** In the manifest, in the order of their pointers; none where the zip itself is refused. */
    public List<BundleProblem> problems() {
        return problems;
    }
}
