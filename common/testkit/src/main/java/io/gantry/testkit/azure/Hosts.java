package io.gantry.testkit.azure;

import tools.jackson.databind.JsonNode;

/** What a virtual machine of the played Azure is made of. */
public interface Hosts {
    /**
     * @param vm as it was asked for
     * @return its address, both in its network and from outside
     */
    String make(String name, JsonNode vm);

    void switchOn(String name);

    void switchOff(String name);

    void delete(String name);

    /** @return what a script says there, run as root */
    String run(String name, String script);

    /** Nothing is there: a machine is its name, and has an address and a host key. */
    static Hosts imaginary() {
        return new Imaginary();
    }

    /** For {@link #imaginary()}. */
    final class Imaginary implements Hosts {
        /** The public half of no key that anyone has. */
        public static final String HOST_KEY =
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";

        private int machines = 3;

        private Imaginary() {}

        @Override
        public synchronized String make(String name, JsonNode vm) {
            machines++;
            return "10.42.0." + machines;
        }

        @Override
        public void switchOn(String name) {}

        @Override
        public void switchOff(String name) {}

        @Override
        public void delete(String name) {}

        @Override
        public String run(String name, String script) {
            return HOST_KEY + " root@" + name;
        }
    }
}
