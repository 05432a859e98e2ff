package io.gantry.fleet.file;

import io.gantry.fleet.BackingService;
import java.util.regex.Pattern;

/** Whether the addresses of what backs a fleet can be used. What is refused is not repeated: there may be a password in it. */
final class AddressRules {
    private static final String HOST =
            "([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?";
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST);
    private static final Pattern WEB = Pattern.compile("https?://" + HOST + "(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern POSTGRESQL = Pattern.compile("postgresql://" + HOST + "/[A-Za-z0-9_-]{1,63}");
    private static final Pattern CREDENTIAL = Pattern.compile("@|[?&;](sig|password|user|AccountKey)=");

    private AddressRules() {}

    static void check(WrittenFleet fleet, Problems problems) {
        check("/containerRegistry", fleet.containerRegistry(), HOST_AND_PORT, "myregistry.azurecr.io", problems);
        check("/blobStorage", fleet.blobStorage(), WEB, "https://account.blob.core.windows.net", problems);
        check("/database", fleet.database(), POSTGRESQL, "postgresql://10.0.0.6:5432/gantry", problems);
    }

    private static void check(
            String pointer, BackingService backing, Pattern shape, String example, Problems problems) {
        if (backing instanceof BackingService.Elsewhere elsewhere) {
            check(pointer + "/address", elsewhere.address(), shape, example, problems);
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
