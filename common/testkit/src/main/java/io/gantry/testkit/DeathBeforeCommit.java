package io.gantry.testkit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Kills the process at the worst of moments: all of a transaction is done, and nothing is committed. A bean of the service that
 * is to die; the service runs in an {@link OwnProcess}.
 *
 * @param when SQL that answers whether it is the transaction to die in
 */
public record DeathBeforeCommit(JdbcClient jdbc, String when) implements TransactionExecutionListener {
    public static final int EXIT_CODE = 86;

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (jdbc.sql(when).query(Boolean.class).single()) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
