package io.gantry.bootstrapper.platform;

/**
 * One server-sent event.
 *
 * @param id of the newest event that carried one; empty if none did
 * @param name {@code message} where the event has none
 */
public record ServerEvent(String id, String name, String data) {}
