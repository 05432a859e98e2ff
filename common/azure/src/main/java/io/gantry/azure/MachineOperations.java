package io.gantry.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.polling.PollResult;
import com.azure.core.util.Context;
import com.azure.core.util.polling.SyncPoller;
import io.gantry.azure.Operations.Waits;
import io.gantry.machines.Patience;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Operations on machines take minutes, and what keeps them may die meanwhile: each is written down for as long as it goes on. */
final class MachineOperations {
    private static final Set<String> OVER = Set.of("Succeeded", "Failed", "Canceled");
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int FIRST_OF_THEIRS = 500;

    private final AzureClients azure;
    private final Operations operations;
    private final Ongoing ongoing;
    private final Patience patience;

    MachineOperations(AzureClients azure, Operations operations, Ongoing ongoing, InstantSource clock, Waits waits) {
        this.azure = azure;
        this.operations = operations;
        this.ongoing = ongoing;
        this.patience = new Patience(clock, waits.operation(), waits.poll());
    }

    /** As {@link Operations#make}. */
    <T> T make(String machine, String what, Supplier<SyncPoller<PollResult<T>, T>> begin) {
        try {
            return operations.make(what, () -> noted(machine, what, begin));
        } finally {
            ongoing.ended(machine);
        }
    }

    /** As {@link Operations#carryOut}. */
    void carryOut(String machine, String what, Supplier<SyncPoller<PollResult<Void>, Void>> begin) {
        try {
            operations.carryOut(what, () -> noted(machine, what, begin));
        } finally {
            ongoing.ended(machine);
        }
    }

    private <P> P noted(String machine, String what, Supplier<P> begin) {
        azure.heard().forget(machine);
        P begun = begin.get();
        azure.heard().address(machine).ifPresent(address -> ongoing.begun(machine, what, address));
        return begun;
    }

    /** What another began is over afterwards. How it ended is seen by looking at the machine. */
    void awaitFormer(String machine) {
        ongoing.of(machine).ifPresent(address -> {
            patience.await(() -> isOver(machine, address) ? Optional.of(machine) : Optional.empty());
            ongoing.ended(machine);
        });
    }

    /** Azure forgets after a while what is over. */
    private boolean isOver(String machine, URI address) {
        return operations.ask("say what became of what was begun with " + machine, () -> {
            try (HttpResponse answer = azure.compute()
                    .getHttpPipeline()
                    .sendSync(new HttpRequest(HttpMethod.GET, address.toString()), Context.NONE)) {
                int status = answer.getStatusCode();
                return status == OK
                        ? OVER.contains(String.valueOf(
                                answer.getBodyAsBinaryData().toObject(Map.class).get("status")))
                        : status != TOO_MANY && status < FIRST_OF_THEIRS;
            }
        });
    }
}
