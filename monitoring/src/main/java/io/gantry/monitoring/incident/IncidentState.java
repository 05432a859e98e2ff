package io.gantry.monitoring.incident;

/** What outsiders are told of how far an incident has come. */
public enum IncidentState {
    /** Down; the next try comes after a pause, or when healing goes on. */
    WAITING,
    /** Down; it is being brought back. */
    TRYING,
    /** Up again, and watched. */
    SETTLING,
    /** Down as often as it was brought back: left down. */
    CRASH_LOOP,
    CLOSED
}
