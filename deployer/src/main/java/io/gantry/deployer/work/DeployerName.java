package io.gantry.deployer.work;

/**
 * What this deployer is called among others, in what is told of its work and in its leases: the name of its host, and some
 * letters that tell it from the one that was there before.
 */
public record DeployerName(String value) {}
