package io.gantry.testkit.azure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Something that was begun, and is done once it has been asked after often enough. */
final class Operation {
    private final Supplier<@Nullable JsonNode> doing;
    private final Runnable failing;
    private final Mishap.@Nullable FailsLater failure;
    private int polls;
    private boolean ended;
    private @Nullable JsonNode result;

    /** @param doing answers what the address of the result does */
    Operation(int polls, Supplier<@Nullable JsonNode> doing, Runnable failing, Mishap.@Nullable FailsLater failure) {
        this.polls = polls;
        this.doing = doing;
        this.failing = failing;
        this.failure = failure;
    }

    JsonNode poll() {
        if (polls > 0) {
            polls--;
            return status("InProgress");
        }
        end();
        if (failure == null) {
            return status("Succeeded");
        }
        ObjectNode failed = status("Failed");
        failed.putObject("error").put("code", failure.code()).put("message", failure.message());
        return failed;
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (failure == null) {
                result = doing.get();
            } else {
                failing.run();
            }
        }
    }

    boolean isOver() {
        if (!ended) {
            poll();
        }
        return ended;
    }

    @Nullable
    JsonNode result() {
        return result;
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }
}
