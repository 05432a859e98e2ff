package io.gantry.benchmarks.hop;

import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

/** The smallest service that sends and receives messages as all others do; its parts are named in {@code META-INF/spring}. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration
class HopService {
    @Bean
    CommandListener commandListener() {
        return new CommandListener();
    }

    static final class CommandListener {
        private volatile Arrivals arrivals = new Arrivals(0);

        void deliverTo(Arrivals newArrivals) {
            arrivals = newArrivals;
        }

        @KafkaListener(id = "benchmark.commands", topics = Topics.DEPLOYER_COMMANDS)
        void on(DeployerCommand command) {
            arrivals.arrived(Integer.parseInt(command.token().value()));
        }
    }
}
