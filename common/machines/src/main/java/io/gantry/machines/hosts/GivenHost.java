package io.gantry.machines.hosts;

import io.gantry.machines.WantedMachine;
import io.gantry.remote.SshTarget;

/**
 * A host that its owner gives to a fleet.
 *
 * @param machine what it is to be called, how large it is, its labels
 * @param login a user there who is root or may become it without a password, and the host key to know it by
 */
public record GivenHost(WantedMachine machine, SshTarget login) {}
