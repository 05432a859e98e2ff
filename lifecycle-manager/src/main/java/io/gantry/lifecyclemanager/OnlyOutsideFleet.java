package io.gantry.lifecyclemanager;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** There only where the platform runs on one machine that nobody looks after: standalone, by compose, from an IDE. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(
        prefix = "lifecycle-manager.fleet",
        name = "enabled",
        havingValue = "false",
        matchIfMissing = true)
public @interface OnlyOutsideFleet {}
