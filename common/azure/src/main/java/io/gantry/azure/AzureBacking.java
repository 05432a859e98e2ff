package io.gantry.azure;

import io.gantry.fleet.BackingService;
import io.gantry.fleet.BackingService.Elsewhere;
import io.gantry.fleet.Fleet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Something of Azure's that the fleet stands on and that lets in its platform's identity. It was there before, and stays.
 *
 * @param host at which it answers
 */
record AzureBacking(Kind kind, String host) {
    /** To read, write and delete, where a registry's permissions are by repository. */
    private static final String IN_REPOSITORIES = "Container Registry Repository Contributor";

    enum Kind {
        CONTAINER_REGISTRY(
                "containerRegistry", "container registry", "Microsoft.ContainerRegistry/registries", "az acr show"),
        STORAGE_ACCOUNT(
                "blobStorage", "storage account", "Microsoft.Storage/storageAccounts", "az storage account show");

        private final String field;
        private final String word;
        private final String type;
        private final String shownBy;

        Kind(String field, String word, String type, String shownBy) {
            this.field = field;
            this.word = word;
            this.type = type;
            this.shownBy = shownBy;
        }

        /** Of fleet.yaml. */
        String field() {
            return field;
        }

        /** For people. */
        String word() {
            return word;
        }

        String type() {
            return type;
        }

        /** What people type to see one. */
        String shownBy() {
            return shownBy;
        }
    }

    static List<AzureBacking> of(Fleet fleet) {
        return Stream.concat(
                        of(Kind.CONTAINER_REGISTRY, fleet.containerRegistry()),
                        of(Kind.STORAGE_ACCOUNT, fleet.blobStorage()))
                .toList();
    }

    private static Stream<AzureBacking> of(Kind kind, BackingService backing) {
        return backing instanceof Elsewhere elsewhere && elsewhere.byIdentity()
                ? Stream.of(new AzureBacking(kind, host(elsewhere.address())))
                : Stream.empty();
    }

    private static String host(String address) {
        return address.contains("://")
                ? Objects.requireNonNull(URI.create(address).getHost(), "An address has a host")
                : address;
    }

    /** Azure's own; a registry's address may have a hash after it. */
    String name() {
        return host.split("[.-]", 2)[0];
    }

    /** What the platform's identity needs there, and nothing else. Who may push may pull. */
    List<String> roles() {
        return switch (kind) {
            case CONTAINER_REGISTRY -> List.of("AcrPush", "AcrDelete");
            case STORAGE_ACCOUNT -> List.of("Storage Blob Data Contributor");
        };
    }

    /** @param properties its own; a registry says in them by which roles it goes */
    List<String> roles(Map<?, ?> properties) {
        return "AbacRepositoryPermissions".equals(properties.get("roleAssignmentMode"))
                ? List.of(IN_REPOSITORIES)
                : roles();
    }

    /** A registry may have changed its mind. */
    List<String> allRoles() {
        return kind == Kind.CONTAINER_REGISTRY
                ? Stream.concat(roles().stream(), Stream.of(IN_REPOSITORIES)).toList()
                : roles();
    }
}
