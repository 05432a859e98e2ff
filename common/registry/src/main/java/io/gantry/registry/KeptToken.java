package io.gantry.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A token that is fetched when it is first needed, and again shortly before it ends or when it was refused. However many need it at
 * that time, it is fetched once, and all have what came of that, a failure too.
 */
final class KeptToken {
    /** A token is renewed as long before its end, or a tenth of its life before it, if that is shorter. */
    private static final Duration BEFORE_END = Duration.ofMinutes(5);

    private final Function<Instant, Token> source;
    private final InstantSource clock;
    private final ReentrantLock one = new ReentrantLock();
    private @Nullable Token kept;
    private Instant renewal = Instant.MIN;
    private @Nullable CompletableFuture<Token> underWay;

    /** @param source given the time of now */
    KeptToken(Function<Instant, Token> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    Token current() {
        Instant now = clock.instant();
        CompletableFuture<Token> fetching;
        boolean mine = false;
        one.lock();
        try {
            if (kept != null && now.isBefore(renewal)) {
                return kept;
            }
            if (underWay == null) {
                underWay = new CompletableFuture<>();
                mine = true;
            }
            fetching = underWay;
        } finally {
            one.unlock();
        }
        if (mine) {
            fetch(fetching, now);
        }
        return awaited(fetching);
    }

    private static Token awaited(CompletableFuture<Token> fetching) {
        try {
            return fetching.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void fetch(CompletableFuture<Token> fetching, Instant now) {
        try {
            Token fetched = source.apply(now);
            end(fetched, renewalOf(fetched, now));
            fetching.complete(fetched);
        } catch (RuntimeException | Error failed) {
            orTheFormer(fetching, now, failed);
        }
    }

    private static Instant renewalOf(Token token, Instant now) {
        Duration tenth = Duration.between(now, token.ends()).dividedBy(10);
        return token.ends().minus(tenth.compareTo(BEFORE_END) < 0 ? tenth : BEFORE_END);
    }

    /** One that is to be renewed is still good for a while: what stands in the way may be gone by then. */
    private void orTheFormer(CompletableFuture<Token> fetching, Instant now, Throwable failed) {
        Token former = former(now);
        if (former == null) {
            fetching.completeExceptionally(failed);
        } else {
            fetching.complete(former);
        }
    }

    private @Nullable Token former(Instant now) {
        one.lock();
        try {
            underWay = null;
            return kept != null && now.isBefore(kept.ends()) ? kept : null;
        } finally {
            one.unlock();
        }
    }

    private void end(Token fetched, Instant fetchAgain) {
        one.lock();
        try {
            kept = fetched;
            renewal = fetchAgain;
            underWay = null;
        } finally {
            one.unlock();
        }
    }

    /** Fetches another next time, unless that was done since. */
    void forget(Token refused) {
        one.lock();
        try {
            if (refused.equals(kept)) {
                kept = null;
            }
        } finally {
            one.unlock();
        }
    }
}
