package io.gantry.monitoring.deadletter;

import io.gantry.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Looks for letters that nobody has seen. Any number of monitors may do so. */
@Component
class DeadLetterWatch implements SchedulingConfigurer {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterWatch.class);

    private final DeadLetters letters;
    private final Marks marks;
    private final DeadLetterAlarm alarm;
    private final DeadLetterSettings settings;

    DeadLetterWatch(DeadLetters letters, Marks marks, DeadLetterAlarm alarm, DeadLetterSettings settings) {
        this.letters = letters;
        this.marks = marks;
        this.alarm = alarm;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::lookIfKafkaAnswers, settings.every());
    }

    private void lookIfKafkaAnswers() {
        try {
            look();
        } catch (ProblemException away) {
            log.info("Whether there are new dead letters is asked again in {}", settings.every());
        }
    }

    void look() {
        letters.growth(marks.all()).forEach(alarm::raise);
    }
}
