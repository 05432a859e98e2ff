package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no single field can say: whether the fields fit together. */
final class ManifestRules {
    /** Below this an engine starts nothing that is of use. */
    private static final Memory LEAST_MEMORY = Memory.mebibytes(16);

    private final List<BundleProblem> problems = new ArrayList<>();

    private ManifestRules() {}

    static void refuseContradictions(Manifest manifest, @Nullable ServiceName service) {
        ManifestRules rules = new ManifestRules();
        rules.check(manifest, service);
        if (!rules.problems.isEmpty()) {
            throw BundleRefused.manifest(Refusal.INVALID_MANIFEST, rules.problems);
        }
    }

    private void check(Manifest manifest, @Nullable ServiceName service) {
        boolean listens = manifest.kind() == Kind.SERVICE || manifest.kind() == Kind.MODEL;
        refuse(
                service != null && !manifest.name().equals(service),
                "/name",
                "The bundle is of the service \"%s\", but it was given for \"%s\"".formatted(manifest.name(), service));
        refuse(
                !listens && manifest.port() != null,
                "/port",
                "A worker or job listens on no port: leave it out, or say \"kind\": \"service\"");
        refuse(
                manifest.port() == null && manifest.health().path() != null,
                "/health/path",
                "A worker or job listens on no port, so it can't be asked: leave the path out");
        refuse(
                manifest.resources().memory().bytes() < LEAST_MEMORY.bytes(),
                "/resources/memory",
                "%s is too little memory: at least %s"
                        .formatted(manifest.resources().memory(), LEAST_MEMORY));
        refuse(
                manifest.scale().min() > manifest.scale().max(),
                "/scale/max",
                "The most instances, %d, are less than the least, %d"
                        .formatted(manifest.scale().max(), manifest.scale().min()));
    }

    private void refuse(boolean wrong, String pointer, String message) {
        if (wrong) {
            problems.add(new BundleProblem(pointer, message));
        }
    }
}
