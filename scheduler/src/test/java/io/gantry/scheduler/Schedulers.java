package io.gantry.scheduler;

import io.gantry.bundle.Zips;
import io.gantry.storage.InMemoryBlobStore;
import io.gantry.testkit.DeathBeforeCommit;
import io.gantry.testkit.OwnProcess;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Schedulers that a test starts and ends itself, or has die. They share a database, a broker and a blob storage. */
public final class Schedulers implements AutoCloseable {
    private final TestDatabase database = TestDatabase.create();
    private final TestBroker broker = TestBroker.start();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final Path folder = folder();
    private final List<String> settings;

    public Schedulers(String... settings) {
        this.settings = List.of(settings);
    }

    public ConfigurableApplicationContext start() {
        return start(_ -> {});
    }

    /** @param parts adds beans */
    public ConfigurableApplicationContext start(Consumer<GenericApplicationContext> parts) {
        return run(arguments(), context -> {
            context.registerBean(InMemoryBlobStore.class, () -> blobs);
            parts.accept(context);
        });
    }

    /**
     * A scheduler in a process of its own, until it dies in the middle of a transaction.
     *
     * @param when SQL that answers whether it is the transaction to die in
     * @return its exit code
     */
    public int startDying(String when) throws IOException, InterruptedException {
        return OwnProcess.run(
                Dying.class,
                Stream.concat(Stream.of(when), arguments().stream()).toList());
    }

    /** The first version of a service. */
    public void upload(ConfigurableApplicationContext scheduler, String app, String service) {
        api(scheduler)
                .upload(
                        app,
                        service,
                        Zips.at(folder)
                                .file("config.json", "{\"port\": 1}")
                                .file("app.py", "")
                                .done());
    }

    public static Api api(ConfigurableApplicationContext scheduler) {
        return new Api(scheduler.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    /** While no scheduler is there; tables are named with their schema. */
    public JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
    }

    @Override
    public void close() throws IOException {
        broker.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    private List<String> arguments() {
        Stream<String> all = Stream.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--scheduler.upload.folder=" + folder);
        return Stream.concat(all, settings.stream()).toList();
    }

    private static ConfigurableApplicationContext run(
            List<String> arguments, Consumer<GenericApplicationContext> parts) {
        return SchedulerApplication.builder()
                .initializers(context -> parts.accept((GenericApplicationContext) context))
                .run(arguments.toArray(String[]::new));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("schedulers");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static final class Dying {
        private Dying() {}

        public static void main(String[] args) {
            run(Arrays.asList(args).subList(1, args.length), context -> {
                context.registerBean(InMemoryBlobStore.class, InMemoryBlobStore::new);
                context.registerBean(
                        DeathBeforeCommit.class,
                        () -> new DeathBeforeCommit(context.getBean(JdbcClient.class), args[0]));
            });
        }
    }
}
