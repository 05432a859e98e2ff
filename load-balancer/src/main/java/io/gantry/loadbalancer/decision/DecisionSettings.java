package io.gantry.loadbalancer.decision;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keep how long a decision can be asked for */
@ConfigurationProperties("load-balancer.decisions")
record DecisionSettings(@DefaultValue("14d") Duration keep) {}
