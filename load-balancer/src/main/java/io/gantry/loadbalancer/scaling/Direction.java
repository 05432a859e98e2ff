package io.gantry.loadbalancer.scaling;

/** Whether an instance is added or removed. */
enum Direction {
    UP,
    DOWN;

    Direction other() {
        return this == UP ? DOWN : UP;
    }
}
