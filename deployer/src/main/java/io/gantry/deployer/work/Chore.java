package io.gantry.deployer.work;

import java.time.Duration;

/** Something done again and again, by one deployer at a time. */
public record Chore(String name, Duration every, Runnable work) {}
