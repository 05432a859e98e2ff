package io.gantry.deployer.build;

import io.gantry.contract.Failure;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.leg.LegId;
import io.gantry.messaging.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Says live what builds print. */
@Component
class BuildLogs {
    private static final int LINES_A_MESSAGE = 100;

    private final Outbox outbox;
    private final TransactionTemplate transaction;

    BuildLogs(Outbox outbox, TransactionTemplate transaction) {
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /** The log of one build, from its first line; it takes the place of what an earlier try has said. */
    final class Writer {
        private final LegId leg;
        private final Deque<String> last = new ArrayDeque<>();
        private int written;

        private Writer(LegId leg) {
            this.leg = leg;
        }

        void write(List<String> lines) {
            if (!lines.isEmpty()) {
                transaction.executeWithoutResult(status -> send(lines));
                written += lines.size();
                lines.forEach(this::remember);
            }
        }

        private void send(List<String> lines) {
            for (int from = 0; from < lines.size(); from += LINES_A_MESSAGE) {
                List<String> some = List.copyOf(lines.subList(from, Math.min(from + LINES_A_MESSAGE, lines.size())));
                send(written + from, some, null);
            }
        }

        private void send(int firstLine, List<String> lines, @Nullable Boolean ended) {
            outbox.send(
                    Topics.BUILD_LOGS,
                    leg.token().value(),
                    new BuildLog(leg.token(), leg.app(), leg.service(), firstLine, lines, ended));
        }

        /** Said before the build's end is: who hears of that knows whether to wait for lines. */
        void end() {
            transaction.executeWithoutResult(status -> send(written, List.of(), true));
        }

        private void remember(String line) {
            last.add(line);
            if (last.size() > Failure.LOG_LINES) {
                last.remove();
            }
        }

        /** As many as a failure tells. */
        List<String> lastLines() {
            return List.copyOf(last);
        }
    }

    Writer of(LegId leg) {
        return new Writer(leg);
    }
}
