package io.gantry.messaging;

import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.ExponentialBackOffWithMaxRetries;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What happens to a message that can't be handled. One that can't be read, or that fails again and again, goes to the
 * topic's dead letters with the reason, and the next one has its turn. While the database is away no message is to
 * blame: each is tried until it is back.
 */
final class DeadLetters {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private DeadLetters() {}

    /** @param kafka takes records of {@link SettingAside#LARGEST_RECORD} */
    static CommonErrorHandler errorHandler(KafkaTemplate<String, Object> kafka, int tries) {
        var handler = new DefaultErrorHandler(new SettingAside(kafka), bounded(tries));
        BackOff untilItIsBack = unbounded();
        handler.setBackOffFunction((record, failure) -> isOutage(failure) ? untilItIsBack : null);
        return handler;
    }

    private static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof NonTransientDataAccessResourceException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException) {
                return true;
            }
        }
        return false;
    }

    private static BackOff bounded(int tries) {
        var backOff = new ExponentialBackOffWithMaxRetries(tries - 1);
        backOff.setInitialInterval(FIRST_PAUSE_MILLIS);
        backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
        return backOff;
    }

    private static BackOff unbounded() {
        var backOff = new ExponentialBackOff();
        backOff.setInitialInterval(FIRST_PAUSE_MILLIS);
        backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
        return backOff;
    }
}
