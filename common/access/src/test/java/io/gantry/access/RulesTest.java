package io.gantry.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.fleet.ApiKey.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;

/** Every rule, with requests that it decides. */
class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "GET,    /actuator/health,",
        "GET,    /actuator/health/readiness,",
        "GET,    /actuator/prometheus,                          DEVELOPER",
        "GET,    /v3/api-docs,                                  DEVELOPER",
        "GET,    /api/v1/apps,                                  DEVELOPER",
        "POST,   /api/v1/apps/shop/deployments,                 DEVELOPER",
        "POST,   /api/v1/apps/shop/services/web/versions,       DEVELOPER",
        "PUT,    /api/v1/apps/shop/services/web/scale,          DEVELOPER",
        "DELETE, /api/v1/apps/shop,                             DEVELOPER",
        "POST,   /api/v1/deployments/abcdefgh12345678/cancel,   DEVELOPER",
        "POST,   /api/v1/models/llm/restart,                    DEVELOPER",
        "GET,    /api/v1/nodes,                                 DEVELOPER",
        "GET,    /api/v1/fleet,                                 DEVELOPER",
        "PUT,    /api/v1/fleet,                                 OPERATOR",
        "POST,   /api/v1/machines/vm-1/restart,                 OPERATOR",
        "POST,   /api/v1/services/scheduler/restart,            OPERATOR",
        "POST,   /api/v1/meltdown/over,                         OPERATOR",
        "GET,    /api/v1/keys,                                  OPERATOR",
        "HEAD,   /api/v1/keys,                                  OPERATOR",
        "GET,    /api/v1/%6Beys,                                OPERATOR",
        "DELETE, /api/v1/keys/k7m2x9qd,                         OPERATOR",
        "GET,    /api/v1/dead-letters,                          OPERATOR",
        "GET,    /api/v1/dead-letters/node-manager.nodes-0-17,  OPERATOR",
        "POST,   /api/v1/dead-letters/node-manager.nodes-0-17/replay, OPERATOR",
        "POST,   /api/v1/appsuite,                              OPERATOR",
        "POST,   /somewhere/new,                                OPERATOR",
    })
    void a_request_wants_a_role(String method, String path, Role role) {
        assertThat(Rules.wanted(method, PathContainer.parsePath(path)).orElse(null))
                .isEqualTo(role);
    }
}
