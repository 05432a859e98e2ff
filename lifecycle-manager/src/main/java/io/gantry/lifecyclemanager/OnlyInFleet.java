package io.gantry.lifecyclemanager;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** There only where this is the lifecycle manager of a fleet; standalone has no machines to look after. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(prefix = "lifecycle-manager.fleet", name = "enabled", havingValue = "true")
public @interface OnlyInFleet {}
