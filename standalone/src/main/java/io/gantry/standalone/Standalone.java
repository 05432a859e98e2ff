package io.gantry.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the platform on this machine until it is told to stop. */
@Command(
        name = "standalone",
        description = "Runs the whole platform on this machine, in one process, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class Standalone implements Callable<Integer> {
    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${env:GANTRY_STATE_DIR:-${sys:user.home}/.gantry}",
            description = "Keeps everything that survives a restart. Default: ${DEFAULT-VALUE}")
    private Path stateDirectory = Path.of(".gantry");

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            defaultValue = "${env:GANTRY_PORT_BASE:-" + Ports.USUAL_BASE + "}",
            description = "Where the platform's ports begin: the scheduler has the next one. Default: ${DEFAULT-VALUE}")
    private int portBase;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Standalone())
                .setExecutionExceptionHandler((failure, _, _) -> explain(failure))
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var progress = new Progress(System.err, System::nanoTime);
        var ports = new Ports(portBase);
        StateDirectory state = StateDirectory.open(stateDirectory);
        logTo(state.resolve("log/gantry.log"));
        var platform = new Platform(state, ports, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
        platform.start();
        System.out.printf("Gantry is ready at http://127.0.0.1:%d (%.1f s)%n", ports.scheduler(), progress.seconds());
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /** Logging is set up once, by logback.xml; no service's context may set it up anew. */
    private static void logTo(Path file) {
        System.setProperty("gantry.log", file.toString());
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static int explain(Exception failure) {
        if (failure instanceof CannotStart) {
            System.err.println(failure.getMessage());
        } else {
            failure.printStackTrace();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
