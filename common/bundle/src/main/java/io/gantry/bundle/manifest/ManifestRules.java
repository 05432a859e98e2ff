package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no single field can say: whether the fields fit together. */
final class ManifestRules {
    /** Below this an engine starts nothing that is of use. */
    private static final Memory LEAST_MEMORY = Memory.mebibytes(16);

    /** The platform waits for two minutes until an instance is gone; one that is given up runs on, and nobody knows of it. */
    private static final TimeSpan LONGEST_STOP = TimeSpan.seconds(90);

    /** Far beyond that are lengths that no clock and no engine can be told. */
    private static final TimeSpan LONGEST = new TimeSpan(Duration.ofHours(24));

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
        times(manifest);
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

    private void times(Manifest manifest) {
        refuseLonger(LONGEST, manifest.health().interval(), "/health/interval");
        refuseLonger(LONGEST, manifest.health().timeout(), "/health/timeout");
        refuseLonger(LONGEST, manifest.health().gracePeriod(), "/health/gracePeriod");
        refuseLonger(LONGEST_STOP, manifest.stop().timeout(), "/stop/timeout");
        refuseLonger(LONGEST, manifest.stop().drain(), "/stop/drain");
    }

    private void refuseLonger(TimeSpan most, TimeSpan asked, String pointer) {
        refuse(asked.value().compareTo(most.value()) > 0, pointer, "%s is too long: at most %s".formatted(asked, most));
    }

    private void refuse(boolean wrong, String pointer, String message) {
        if (wrong) {
            problems.add(new BundleProblem(pointer, message));
        }
    }
}
