package io.gantry.fleet.file;

import io.gantry.fleet.BackingService;
import io.gantry.fleet.Provider;
import java.util.regex.Pattern;

/** Whether the addresses of what backs a fleet can be used. What is refused is not repeated: there may be a password in it. */
final class AddressRules {
    private static final String HOST =
            "([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?";
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST);
    private static final Pattern WEB = Pattern.compile("https?://" + HOST + "(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern POSTGRESQL = Pattern.compile("postgresql://" + HOST + "/[A-Za-z0-9_-]{1,63}");
    private static final Pattern ACR = Pattern.compile("[A-Za-z0-9]{5,50}(-[A-Za-z0-9]+)?\\.azurecr\\.io");
    private static final Pattern BLOBS = Pattern.compile("https://[a-z0-9]{3,24}\\.blob\\.core\\.windows\\.net/?");
    private static final Pattern AZURES_POSTGRESQL =
            Pattern.compile("postgresql://[^/:]+\\.postgres\\.database\\.azure\\.com[:/].*");
    private static final Pattern CREDENTIAL = Pattern.compile("@|[?&;](sig|password|user|AccountKey)=");

    private AddressRules() {}

    static void check(WrittenFleet fleet, Problems problems) {
        check("/containerRegistry", fleet.containerRegistry(), HOST_AND_PORT, "myregistry.azurecr.io", problems);
        check("/blobStorage", fleet.blobStorage(), WEB, "https://account.blob.core.windows.net", problems);
        checkSignIn(
                "/containerRegistry",
                fleet.containerRegistry(),
                fleet.provider(),
                ACR,
                "myregistry.azurecr.io",
                problems);
        checkSignIn(
                "/blobStorage",
                fleet.blobStorage(),
                fleet.provider(),
                BLOBS,
                "https://account.blob.core.windows.net",
                problems);
        checkSignIn(
                "/database",
                fleet.database(),
                fleet.provider(),
                AZURES_POSTGRESQL,
                "postgresql://server.postgres.database.azure.com:5432/gantry",
                problems);
        checkUser(fleet.database(), problems);
        checkTls(fleet.database(), problems);
        check("/database", fleet.database(), POSTGRESQL, "postgresql://10.0.0.6:5432/gantry", problems);
    }

    private static void check(
            String pointer, BackingService backing, Pattern shape, String example, Problems problems) {
        if (backing instanceof BackingService.Elsewhere elsewhere) {
            check(pointer + "/address", elsewhere.address(), shape, example, problems);
        }
    }

    private static void checkTls(BackingService database, Problems problems) {
        if (database instanceof BackingService.Elsewhere elsewhere
                && !elsewhere.overTls()
                && AZURES_POSTGRESQL.matcher(elsewhere.address()).matches()) {
            problems.add("/database", "Azure Database for PostgreSQL is spoken to over TLS: write tls: true");
        }
    }

    private static void checkUser(BackingService database, Problems problems) {
        if (!(database instanceof BackingService.Elsewhere elsewhere)) {
            return;
        }
        if (elsewhere.byIdentity() && elsewhere.user() == null && !problems.tells("/database/user")) {
            problems.add(
                    "/database",
                    "It has to be said as which of the database's users the identity signs in: write user:, as in user: gantry-platform");
        } else if (!elsewhere.byIdentity() && elsewhere.user() != null) {
            problems.add(
                    "/database/user",
                    "The user stands in the file with the credential: leave user: out, or write signIn: azure");
        }
    }

    /** A token of Azure's lets in whoever has it: it is sent to nobody but Azure. */
    private static void checkSignIn(
            String pointer,
            BackingService backing,
            Provider provider,
            Pattern azures,
            String example,
            Problems problems) {
        if (!(backing instanceof BackingService.Elsewhere elsewhere) || !elsewhere.byIdentity()) {
            return;
        }
        if (elsewhere.credentialFile() != null) {
            problems.add(pointer + "/signIn", "There is a credentialFile: too. Leave out one of the two");
        } else if (provider == Provider.LOCAL) {
            problems.add(
                    pointer + "/signIn",
                    "Machines of the provider local have no identity in Azure: name a file with the credential under credentialFile:");
        } else if (!azures.matcher(elsewhere.address()).matches()) {
            problems.add(
                    pointer + "/address",
                    "Azure's identities are let in by Azure alone: write an address like %s, or leave signIn: out"
                            .formatted(example));
        }
    }

    private static void check(String pointer, String address, Pattern shape, String example, Problems problems) {
        if (CREDENTIAL.matcher(address).find()) {
            problems.add(
                    pointer,
                    "There is a credential in this address: put it into a file, and name that under credentialFile:");
        } else if (!shape.matcher(address).matches()) {
            problems.add(pointer, "This is no address to be used here: write one like " + example);
        }
    }
}
