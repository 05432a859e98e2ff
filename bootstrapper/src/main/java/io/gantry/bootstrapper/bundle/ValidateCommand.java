package io.gantry.bootstrapper.bundle;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.bundle.manifest.BundleManifest;
import io.gantry.contract.Names;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry validate}. */
@Command(name = "validate", description = "Check a service or app as the platform would, without sending anything.")
public final class ValidateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|ZIP",
            defaultValue = ".",
            description = "The service or app (default: this folder).")
    private Path path = Path.of("");

    private record Checked(List<BundleManifest> services) {}

    public ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<BundleManifest> services = new ArrayList<>();
        for (Source source : Sources.in(path, null)) {
            services.add(checked(source));
        }
        return session.show(session.tree(new Checked(services)), Checked.class, _ -> services.forEach(this::tell));
    }

    private static BundleManifest checked(Source source) throws IOException {
        try (Source.Zip zip = source.zip();
                BundleFile bundle = BundleFile.open(zip.path(), BundleLimits.DEFAULT)) {
            bundle.verify();
            return BundleManifest.read(bundle, name(source));
        }
    }

    private static ServiceName name(Source source) {
        if (!Names.isValid(source.service())) {
            throw new GaveUpException(ExitCode.USAGE, Names.problem("service", source.service()), "");
        }
        return new ServiceName(source.service());
    }

    private void tell(BundleManifest read) {
        Manifest manifest = read.manifest();
        session.terminal()
                .data("%s is valid: %s%s, %s"
                        .formatted(
                                manifest.name(),
                                manifest.runtime().name().toLowerCase(Locale.ROOT),
                                manifest.port() == null ? "" : " on port " + manifest.port(),
                                manifest.command().isEmpty()
                                        ? "started as its image says"
                                        : String.join(" ", manifest.command())));
        read.inferred().forEach(sentence -> session.terminal().say("  " + sentence));
    }
}
