package io.gantry.monitoring.watch;

/**
 * What came of asking one unit.
 *
 * @param container what its engine says, if it is a service and silent
 */
record Sighting(Silence silence, ContainerWord container) {
    static final Sighting NONE = new Sighting(Silence.NOT_ASKED, new ContainerWord.NotKnown());

    static Sighting of(Silence silence) {
        return new Sighting(silence, new ContainerWord.NotKnown());
    }
}
