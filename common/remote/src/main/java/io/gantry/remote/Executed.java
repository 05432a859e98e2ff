package io.gantry.remote;

/**
 * What became of a command on another machine.
 *
 * @param exitCode of the command; -1 where a signal ended it
 * @param out what it wrote to standard output, cut after 1 MiB
 * @param err what it wrote to standard error, cut after 1 MiB
 */
public record Executed(int exitCode, String out, String err) {
    public boolean succeeded() {
        return exitCode == 0;
    }
}
