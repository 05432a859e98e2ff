package io.gantry.lifecyclemanager.platform;

/** A service of the platform, and how it is now. */
record PlatformService(String name, String address, int port, State state) {
    enum State {
        READY,
        /** It answers, and says that it is not ready. */
        NOT_READY,
        UNREACHABLE
    }
}
