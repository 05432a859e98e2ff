package io.gantry.acceptance.driver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives a class, and those nested in it, one {@link Fleet}. It is described when it is first asked for, and gone with the class. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedFleet.class)
public @interface WithFleet {}
