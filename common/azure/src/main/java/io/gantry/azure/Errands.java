package io.gantry.azure;

import io.gantry.azure.Footing.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people have to do, as whoever asks may not: in words, with what to type. */
final class Errands {
    private final AzureSettings settings;
    private final Footing footing;
    private final Leave leave;

    Errands(AzureSettings settings, Footing footing, Leave leave) {
        this.settings = settings;
        this.footing = footing;
        this.leave = leave;
    }

    /** A sentence each, and in the lines below it the commands. */
    List<String> all() {
        Optional<String> principal = footing.principal();
        return Stream.concat(
                        settings.backings().stream().flatMap(backing -> errand(backing, principal).stream()),
                        Stream.ofNullable(settings.database()).map(database -> errand(database, principal)))
                .toList();
    }

    /** Only the database itself knows whom it lets in, and it is asked by nobody but the platform. */
    private String errand(AzureDatabase database, Optional<String> principal) {
        return "database: whoever administers %s by Microsoft Entra has to let %s in as %s, unless it was done before%s:\n  %s"
                .formatted(
                        database.host(),
                        footing.identity(),
                        database.user(),
                        when(principal),
                        database.command(principal.orElse(askedFor())));
    }

    private static String when(Optional<String> principal) {
        return principal.isPresent() ? "" : ", as soon as it is there (up goes on meanwhile)";
    }

    private Optional<String> errand(AzureBacking backing, Optional<String> principal) {
        return footing.find(backing)
                .map(place -> where(place, principal))
                .orElseGet(() -> Optional.of(nowhere(backing, principal)));
    }

    private String nowhere(AzureBacking backing, Optional<String> principal) {
        return errand(
                backing,
                "there is no %s %s in the subscription %s, or you may not see it; where it is, unless it was done before,"
                        .formatted(
                                backing.kind().word(),
                                backing.host(),
                                settings.where().subscription()),
                backing.roles(),
                "$(%s -n %s --query id -o tsv)".formatted(backing.kind().shownBy(), backing.name()),
                principal);
    }

    private Optional<String> where(Place place, Optional<String> principal) {
        if (leave.toGiveOn(place)) {
            return Optional.empty();
        }
        List<String> missing =
                principal.map(known -> footing.missing(place, known)).orElse(place.roles());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(errand(
                        place.backing(),
                        "you may not give roles on the %s %s; somebody who may has to"
                                .formatted(
                                        place.backing().kind().word(),
                                        place.backing().host()),
                        missing,
                        "/" + place.scope(),
                        principal));
    }

    private String errand(
            AzureBacking backing, String why, List<String> roles, String scope, Optional<String> principal) {
        return roles.stream()
                .map(role -> "\n  " + command(role, scope, principal.orElse(askedFor())))
                .collect(Collectors.joining(
                        "",
                        "%s: %s give %s its rights%s:"
                                .formatted(backing.kind().field(), why, footing.identity(), when(principal)),
                        ""));
    }

    static String command(String role, String scope, String principal) {
        return "az role assignment create --role '%s' --scope %s --assignee-object-id %s --assignee-principal-type ServicePrincipal"
                .formatted(role, scope, principal);
    }

    /** By whoever types it, once it is there. */
    private String askedFor() {
        return "$(az identity show --subscription %s -g %s -n %s --query principalId -o tsv)"
                .formatted(settings.where().subscription(), settings.group(), footing.identity());
    }
}
