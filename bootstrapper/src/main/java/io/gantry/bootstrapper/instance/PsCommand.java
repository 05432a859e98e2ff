package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.NODE_MANAGER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.contract.registry.Instance;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry ps}. */
@Command(name = "ps", description = "List what runs: every instance, where it is reached, how it is.")
public final class PsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "Of this app only.")
    private @Nullable String app;

    private record Listed(List<Instance> instances) {}

    public PsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(NODE_MANAGER, "instances").with("app", app);
        return session.show(session.platform().get(route), Listed.class, listed -> tell(listed.instances()));
    }

    private void tell(List<Instance> instances) {
        if (instances.isEmpty()) {
            session.terminal().say(app == null ? "Nothing runs." : "Nothing of %s runs.".formatted(app));
            return;
        }
        var table = new Table("APP", "SERVICE", "VERSION", "STATE", "NODE", "ADDRESS", "AGE", "INSTANCE");
        for (Instance one : instances) {
            table.row(
                    one.app(),
                    one.service(),
                    one.version(),
                    one.detail() == null ? one.state() : one.state() + " (" + one.detail() + ")",
                    one.node(),
                    one.port() == null ? null : one.address() + ":" + one.port(),
                    session.age(one.startedAt()),
                    one.id());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
