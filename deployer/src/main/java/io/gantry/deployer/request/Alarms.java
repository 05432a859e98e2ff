package io.gantry.deployer.request;

import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.work.Chore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for legs whose deadlines have passed. The deadlines are stored with the legs, so no death of ours loses one. */
@Configuration(proxyBeanMethods = false)
class Alarms {
    private static final Logger log = LoggerFactory.getLogger(Alarms.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Bean
    Chore alarmChore(LegTable table, Legs legs, InstantSource clock) {
        return new Chore("alarms", EVERY, () -> table.due(clock.instant()).forEach(leg -> ring(legs, leg)));
    }

    /** One leg that can't be taken forward keeps no other from its alarm. */
    private static void ring(Legs legs, LegId leg) {
        try {
            legs.advance(leg, new Input.Alarm());
        } catch (RuntimeException failed) {
            log.error("The alarm of {} could not be heard; again in {} s", leg, EVERY.toSeconds(), failed);
        }
    }
}
