package io.gantry.azure;

import io.gantry.fleet.BackingService;
import io.gantry.fleet.BackingService.Elsewhere;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An Azure Database for PostgreSQL that lets in the platform's identity. Whom it lets in, it knows by itself: no role of Azure's says so.
 *
 * @param name of the database on that server
 * @param user as whom the identity signs in
 */
record AzureDatabase(String host, int port, String name, String user) {
    private static final int USUAL_PORT = 5432;

    static @Nullable AzureDatabase of(BackingService backing) {
        return backing instanceof Elsewhere elsewhere && elsewhere.byIdentity() ? of(elsewhere) : null;
    }

    private static AzureDatabase of(Elsewhere elsewhere) {
        URI address = URI.create(elsewhere.address());
        return new AzureDatabase(
                Objects.requireNonNull(address.getHost(), "An address has a host"),
                address.getPort() < 0 ? USUAL_PORT : address.getPort(),
                address.getPath().substring(1),
                Objects.requireNonNull(elsewhere.user(), "An identity signs in as somebody"));
    }

    /** What its administrator types. The function is known in the database {@code postgres} alone. */
    String command(String principal) {
        return "PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken -o tsv) psql \"host=%s port=%d dbname=postgres user=$(az ad signed-in-user show --query userPrincipalName -o tsv) sslmode=require\""
                        .formatted(host, port)
                + " -c \"select pgaadauth_create_principal_with_oid('%s', '%s', 'service', false, false)\""
                        .formatted(user, principal)
                + " -c 'grant create on database \"%s\" to \"%s\"'".formatted(name, user);
    }
}
