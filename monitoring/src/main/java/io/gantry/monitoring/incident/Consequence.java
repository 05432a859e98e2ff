package io.gantry.monitoring.incident;

import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.monitoring.alert.Alert;

/** What an incident brings about besides its next phase. */
sealed interface Consequence {
    record Ask(RecoveryRequest request) implements Consequence {}

    record Tell(Alert alert) implements Consequence {}
}
