package io.gantry.machines.platform;

/** Hears what happens to images, for people to see. */
@FunctionalInterface
public interface ImageProgress {
    /**
     * @param image its name
     * @param what {@code carried to ...}, {@code built}, {@code pushed}; or a step of its build
     */
    void says(String image, String what);
}
