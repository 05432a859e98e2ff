package io.gantry.lifecyclemanager;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Where no key is wanted, they can be made all the same. */
@LifecycleManagerTest
class OpenKeysTest {
    @Autowired
    RestTestClient rest;

    @Test
    void keys_can_be_seen_by_anybody_on_a_computer_of_ones_own() {
        rest.get()
                .uri("/api/v1/keys")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.keys")
                .isEmpty();
    }
}
