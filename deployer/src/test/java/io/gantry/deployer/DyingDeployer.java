package io.gantry.deployer;

import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.testkit.DeathBeforeCommit;
import java.time.InstantSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A deployer that dies when a leg would end, right before that is committed. */
final class DyingDeployer {
    private static final String ENDED = "select exists (select from leg where ended)";

    private DyingDeployer() {}

    public static void main(String[] args) {
        DeployerApplication.builder()
                .initializers(context -> prepare((GenericApplicationContext) context))
                .run(args);
    }

    private static void prepare(GenericApplicationContext beans) {
        Deployers.pretend(beans, new BundleShelf(), new PretendedBuilder(), new PretendedHost(InstantSource.system()));
        beans.registerBean(
                DeathBeforeCommit.class, () -> new DeathBeforeCommit(beans.getBean(JdbcClient.class), ENDED));
    }
}
