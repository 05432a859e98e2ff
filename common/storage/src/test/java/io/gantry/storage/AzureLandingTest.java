package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AzureLandingTest {
    private static final String AZURES =
            "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=aHVzaA==;EndpointSuffix=core.windows.net";
    private static final String OWN =
            "AccountName=gantry;AccountKey=aHVzaA==;BlobEndpoint=http://10.0.0.4:7081/gantry;";

    @Test
    void what_is_azures_is_reached_from_everywhere() {
        assertThat(of(AZURES, null)).isInstanceOf(AzureLanding.class);
        URI endpoint = URI.create("https://shop.blob.core.windows.net");
        assertThat(AzureLanding.of(new StorageSettings("", null, "bundles", endpoint, "machine", null)))
                .isInstanceOf(AzureLanding.class);
    }

    @Test
    void the_fleets_own_is_not() {
        assertThat(of(OWN, null)).isInstanceOf(NoLanding.class);
    }

    @Test
    void settings_know_better() {
        assertThat(of(OWN, true)).isInstanceOf(AzureLanding.class);
        assertThat(of(AZURES, false)).isInstanceOf(NoLanding.class);
    }

    @Test
    void who_can_not_sign_grants_nothing() {
        assertThat(of("BlobEndpoint=https://shop.blob.core.windows.net;SharedAccessSignature=sv=1&sig=x", null))
                .isInstanceOf(NoLanding.class);
        assertThat(of("", true)).isInstanceOf(NoLanding.class);
    }

    private static Landing of(String connectionString, @Nullable Boolean direct) {
        return AzureLanding.of(new StorageSettings(connectionString, null, "bundles", null, null, direct));
    }
}
