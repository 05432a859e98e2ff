package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.terminal.Terminal;

/** While a deployment is followed: a person who presses Ctrl-C is told that it goes on. */
final class LettingGo implements AutoCloseable {
    private final Thread notice;

    private LettingGo(Thread notice) {
        this.notice = notice;
    }

    static LettingGo onInterrupt(Terminal terminal, String token) {
        var notice = Thread.ofPlatform().unstarted(() -> {
            terminal.say("Let go: deployment %s goes on.".formatted(token));
            terminal.say("Follow it with: gantry deployment %s --wait. End it with: gantry cancel %s"
                    .formatted(token, token));
        });
        Runtime.getRuntime().addShutdownHook(notice);
        return new LettingGo(notice);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(notice);
        } catch (IllegalStateException interrupted) {
            // The process is ending: the notice is being told.
        }
    }
}
