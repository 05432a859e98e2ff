package io.gantry.deployer.neighbour;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;

/** All that a deployer talks with: who asks it, whom it asks, and who listens. */
@TestConfiguration(proxyBeanMethods = false)
@Import({Courier.class, PretendedLoadBalancer.class, PretendedNodeManager.class, Requests.class, Told.class})
public class Neighbours {
    /** The machine may have other work to do. */
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }
}
