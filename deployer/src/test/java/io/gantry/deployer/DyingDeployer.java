package io.gantry.deployer;

import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.testkit.DeathBeforeCommit;
import java.time.Duration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A deployer of a later time that dies when a leg would end, right before that is committed. */
final class DyingDeployer {
    static final Duration LATER = Duration.ofMinutes(11);
    private static final String ENDED = "select exists (select from leg where ended)";

    private DyingDeployer() {}

    public static void main(String[] args) {
        DeployerApplication.builder()
                .initializers(context -> prepare((GenericApplicationContext) context))
                .run(args);
    }

    private static void prepare(GenericApplicationContext beans) {
        var clock = new ShiftedClock();
        clock.putForward(LATER);
        Deployers.pretend(beans, new BundleShelf(), new PretendedBuilder(), new PretendedHost(clock), clock);
        beans.registerBean(
                DeathBeforeCommit.class, () -> new DeathBeforeCommit(beans.getBean(JdbcClient.class), ENDED));
    }
}
