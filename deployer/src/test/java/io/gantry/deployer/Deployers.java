package io.gantry.deployer;

import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;

import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.Neighbours;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.storage.BlobStore;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts deployers, one after another. The database, the broker, the bundles and the engine outlive each of them. */
final class Deployers implements AutoCloseable {
    final BundleShelf shelf = new BundleShelf();
    final PretendedBuilder builder = new PretendedBuilder();
    final ShiftedClock clock = new ShiftedClock();
    final PretendedHost host = new PretendedHost(clock);
    private final TestDatabase database = TestDatabase.create();
    private final TestBroker broker = TestBroker.start();

    /** @param settings beside those of every deployer here */
    ConfigurableApplicationContext start(String... settings) {
        return DeployerApplication.builder()
                .sources(Neighbours.class, OwnApp.class)
                .initializers(context -> pretend((GenericApplicationContext) context, shelf, builder, host, clock))
                .run(Stream.concat(arguments().stream(), Stream.of(settings)).toArray(String[]::new));
    }

    /** The one node there is. */
    static void announceNode(ApplicationContext deployer) {
        deployer.getBean(PretendedNodeManager.class).announceNode(NODE);
    }

    static void pretend(
            GenericApplicationContext beans,
            BundleShelf shelf,
            PretendedBuilder builder,
            PretendedHost host,
            ShiftedClock clock) {
        beans.registerBean("shelf", BlobStore.class, () -> shelf.store, bean -> bean.setPrimary(true));
        beans.registerBean(PretendedBuilder.class, () -> builder, bean -> bean.setPrimary(true));
        beans.registerBean(PretendedHost.class, () -> host, bean -> bean.setPrimary(true));
        beans.registerBean(ShiftedClock.class, () -> clock);
    }

    List<String> arguments() {
        return List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--gantry.storage.connection-string=UseDevelopmentStorage=true",
                "--gantry.messaging.partitions=1",
                "--gantry.deployer.work.heartbeat=500ms");
    }

    @Override
    public void close() {
        host.reset();
        builder.reset();
        broker.close();
    }
}
