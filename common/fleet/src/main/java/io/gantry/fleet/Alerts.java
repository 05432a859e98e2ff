package io.gantry.fleet;

/**
 * How people are told what needs them.
 *
 * @param webhookFile on the computer where {@code gantry up} runs: a file with the address that alerts are posted to. Such an address
 *     lets in whoever knows it, so it is a credential
 */
public record Alerts(String webhookFile) {}
