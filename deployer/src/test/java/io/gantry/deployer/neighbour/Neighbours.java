package io.gantry.deployer.neighbour;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;

/** All that a deployer talks with: who asks it, whom it asks, and who listens. */
@TestConfiguration(proxyBeanMethods = false)
@Import({Courier.class, PretendedLoadBalancer.class, PretendedNodeManager.class, Requests.class, Told.class})
public class Neighbours {}
