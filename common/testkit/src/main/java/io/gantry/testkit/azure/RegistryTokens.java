package io.gantry.testkit.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokens that a registry believes: JSON web tokens, signed with the key that its certificate is for. */
final class RegistryTokens {
    static final String ISSUER = "a registry for tests";
    static final String SERVICE = "registry-for-tests";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIFE = Duration.ofHours(3);

    private final ServerKeys keys;
    private final InstantSource clock;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();

    RegistryTokens(ServerKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    String refresh() {
        String token = signed(claims().put("grant_type", "refresh_token"));
        refreshTokens.add(token);
        return token;
    }

    boolean isGood(String refresh) {
        return refreshTokens.contains(refresh);
    }

    void takeBack() {
        refreshTokens.clear();
    }

    /** @param scopes as in {@code repository:shop/web:pull,push} */
    String access(List<String> scopes) {
        ObjectNode claims = claims();
        ArrayNode access = claims.putArray("access");
        for (String scope : scopes) {
            String[] parts = scope.split(":", 3);
            ArrayNode actions = access.addObject()
                    .put("type", parts[0])
                    .put("name", parts[1])
                    .putArray("actions");
            Arrays.stream(parts[2].split(",", -1)).forEach(actions::add);
        }
        return signed(claims);
    }

    private ObjectNode claims() {
        long now = clock.instant().getEpochSecond();
        return JSON.createObjectNode()
                .put("iss", ISSUER)
                .put("aud", SERVICE)
                .put("sub", "whoever it is")
                .put("jti", Integer.toString(numbers.incrementAndGet()))
                .put("iat", now)
                .put("nbf", now - 60)
                .put("exp", now + LIFE.toSeconds());
    }

    private String signed(ObjectNode claims) {
        try {
            String certificate =
                    Base64.getEncoder().encodeToString(keys.certificate().getEncoded());
            String head = JSON.writeValueAsString(Map.of("typ", "JWT", "alg", "ES384", "x5c", List.of(certificate)));
            String said = part(head.getBytes(UTF_8)) + "."
                    + part(JSON.writeValueAsString(claims).getBytes(UTF_8));
            Signature signature = Signature.getInstance("SHA384withECDSAinP1363Format");
            signature.initSign(keys.privateKey());
            signature.update(said.getBytes(UTF_8));
            return said + "." + part(signature.sign());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
