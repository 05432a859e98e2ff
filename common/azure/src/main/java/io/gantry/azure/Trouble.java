package io.gantry.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.polling.PollResult;
import com.azure.core.management.serializer.SerializerFactory;
import com.azure.core.util.serializer.SerializerEncoding;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What Azure refused, in the words of whoever has to do something about it: which field, which remedy. */
final class Trouble {
    private static final int UNAUTHORIZED = 401;
    private static final int ABSENT = 404;
    private static final int TOO_MANY = 429;
    private static final int FIRST_OF_THEIRS = 500;

    private Trouble() {}

    /** @param what as in "create vm-1" */
    static MachineFailure of(String what, AzureSettings settings, RuntimeException thrown) {
        if (thrown instanceof MachineFailure told) {
            return told;
        }
        String said = said(thrown);
        String advice = advice(settings, thrown);
        return new MachineFailure(
                mendsItself(thrown) ? Reason.PROVIDER_BUSY : Reason.PROVIDER_REFUSED,
                "Azure could not %s: %s %s"
                        .formatted(what, sentence(said), advice)
                        .strip(),
                thrown);
    }

    /** Of an operation that did not end well, what Azure says of it. */
    static ManagementException ended(String status, PollResult.@Nullable Error error) {
        String body = error == null ? null : error.getResponseBody();
        return new ManagementException(
                "It ended as " + status, null, body == null ? new ManagementError(status, "") : errorIn(status, body));
    }

    private static ManagementError errorIn(String status, String body) {
        try {
            ManagementError error = SerializerFactory.createDefaultManagementSerializerAdapter()
                    .deserialize(body, ManagementError.class, SerializerEncoding.JSON);
            return error == null || error.getCode() == null ? new ManagementError(status, body) : error;
        } catch (IOException unreadable) {
            return new ManagementError(status, body);
        }
    }

    static boolean isAbsent(RuntimeException thrown) {
        return status(thrown) == ABSENT && !code(thrown).startsWith("Subscription");
    }

    /** Whoever asked may not; somebody else may. */
    static boolean isForbidden(RuntimeException thrown) {
        return switch (code(thrown)) {
            case "AuthorizationFailed", "LinkedAuthorizationFailed", "ScopeLocked", "RequestDisallowedByPolicy" -> true;
            default -> false;
        };
    }

    /** Not there where the machine is; one that is given back to Azure comes to where it is to be had. */
    static boolean isBoundToItsPlace(RuntimeException thrown) {
        return code(thrown).equals("OperationNotAllowed") && said(thrown).contains("current hardware cluster");
    }

    /** By Azure's code for it; empty if it has none. */
    static String code(RuntimeException thrown) {
        if (thrown instanceof ManagementException refused && refused.getValue() != null) {
            return Objects.requireNonNullElse(innermost(refused.getValue()).getCode(), "");
        }
        return "";
    }

    /** Azure wraps what went wrong into what was tried. */
    private static ManagementError innermost(ManagementError error) {
        var details = error.getDetails();
        return details == null || details.isEmpty() || details.getFirst().getCode() == null
                ? error
                : innermost(details.getFirst());
    }

    private static int status(RuntimeException thrown) {
        return thrown instanceof HttpResponseException refused && refused.getResponse() != null
                ? refused.getResponse().getStatusCode()
                : 0;
    }

    private static String said(RuntimeException thrown) {
        if (thrown instanceof ManagementException refused && refused.getValue() != null) {
            ManagementError error = innermost(refused.getValue());
            return "%s, %s".formatted(error.getCode(), oneLine(error.getMessage()));
        }
        return oneLine(thrown.getMessage());
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }

    private static String sentence(String said) {
        return said.endsWith(".") ? said : said + ".";
    }

    /** What is gone by itself, or when somebody else has done something there: the same is asked again later. */
    private static boolean mendsItself(RuntimeException thrown) {
        return switch (code(thrown)) {
            case "AllocationFailed",
                    "ZonalAllocationFailed",
                    "OverconstrainedAllocationRequest",
                    "OverconstrainedZonalAllocationRequest",
                    "Conflict",
                    "AnotherOperationInProgress",
                    "PrincipalNotFound",
                    "ResourceGroupBeingDeleted",
                    "NicReservedForAnotherVm",
                    "TooManyRequests",
                    "OperationTimedOut" -> true;
            default -> status(thrown) == TOO_MANY || status(thrown) >= FIRST_OF_THEIRS || isUnreachable(thrown);
        };
    }

    private static boolean isUnreachable(RuntimeException thrown) {
        return status(thrown) == 0
                && !(thrown instanceof ManagementException)
                && (thrown.getCause() instanceof IOException || thrown.getCause() instanceof TimeoutException);
    }

    private static String advice(AzureSettings settings, RuntimeException thrown) {
        if (thrown instanceof ClientAuthenticationException || status(thrown) == UNAUTHORIZED) {
            return "Sign in again: az login.";
        }
        return switch (code(thrown)) {
            case "SkuNotAvailable" ->
                "Take another size (machines[].azure.size), another zone (machines[].azure.zone) or another location than %s (azure.location)."
                        .formatted(settings.location());
            case "AllocationFailed",
                    "ZonalAllocationFailed",
                    "OverconstrainedAllocationRequest",
                    "OverconstrainedZonalAllocationRequest" ->
                "There is no room for this size in %s just now: say it again later, or take another size (machines[].azure.size) or zone (machines[].azure.zone)."
                        .formatted(settings.location());
            case "QuotaExceeded" -> quota(settings);
            case "OperationNotAllowed" -> notAllowed(settings, said(thrown).toLowerCase(Locale.ROOT));
            case "Conflict", "AnotherOperationInProgress", "NicReservedForAnotherVm" ->
                "Azure is still at something else there: say it again in a few minutes.";
            case "PrincipalNotFound" ->
                "An identity that was just made is not known everywhere yet: say it again in a few minutes.";
            case "ResourceGroupBeingDeleted" ->
                "The resource group %s is being deleted: wait until it is gone, or name another one (azure.resourceGroup)."
                        .formatted(settings.group());
            case "AuthorizationFailed", "LinkedAuthorizationFailed" ->
                "Give who you are the role that this takes: docs/azure.md, \"Who may what\".";
            case "SubscriptionNotFound", "InvalidSubscriptionId", "InvalidSubscription" ->
                "See that azure.subscription is yours: az account list.";
            case "LocationNotAvailableForResourceType", "InvalidLocation", "NoRegisteredProviderFound" ->
                "See that azure.location is one of: az account list-locations.";
            case "MissingSubscriptionRegistration" ->
                "Register it once: az provider register --namespace Microsoft.Compute (and Microsoft.Network, Microsoft.ManagedIdentity).";
            case "PlatformImageNotFound", "ImageNotFound" ->
                "See that azure.image is there in %s: az vm image list --all --publisher ..."
                        .formatted(settings.location());
            case "OSProvisioningTimedOut", "OSProvisioningClientError", "OSProvisioningInternalError" ->
                "The machine did not come up from its image (azure.image): delete it, and say it again.";
            case "RequestDisallowedByPolicy" -> "A policy of your organisation forbids it: ask who looks after it.";
            case "ScopeLocked" -> "Somebody locked it: remove the lock there, or on its resource group.";
            default -> mendsItself(thrown) ? "Say it again later." : "";
        };
    }

    private static String notAllowed(AzureSettings settings, String said) {
        if (said.contains("resource disk")) {
            return "Sizes with a temporary disk and those without do not become each other: take a size that is alike in this (machines[].azure.size), or add another machine and remove this one.";
        }
        return said.contains("quota") ? quota(settings) : "";
    }

    private static String quota(AzureSettings settings) {
        return "Ask for a higher quota (portal: Quotas, %s), or take less: machines[].size in fleet.yaml."
                .formatted(settings.location());
    }
}
