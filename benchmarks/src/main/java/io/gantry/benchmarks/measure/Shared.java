package io.gantry.benchmarks.measure;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is dear to make: one for all benchmarks of a run that need it, made for the first of them. */
public final class Shared<T extends Closeable> implements Closeable {
    private final Maker<T> maker;
    private @Nullable T made;

    /** Makes one that is ready to be used. */
    @FunctionalInterface
    public interface Maker<T> {
        T make(Progress progress) throws Exception;
    }

    public Shared(Maker<T> maker) {
        this.maker = maker;
    }

    public T get(Progress progress) throws Exception {
        T there = made;
        if (there == null) {
            there = maker.make(progress);
            made = there;
        }
        return there;
    }

    /** Whoever asks for it afterwards gets a new one. */
    @Override
    public void close() throws IOException {
        T there = made;
        made = null;
        if (there != null) {
            there.close();
        }
    }
}
