package io.gantry.database;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;

/**
 * A password that is a token of Azure's. Asked for with each new connection; whoever gives tokens keeps one until shortly before its end.
 * Connections that are there outlive it.
 */
final class TokenPassword implements HikariCredentialsProvider {
    private static final TokenRequestContext FOR_POSTGRESQL =
            new TokenRequestContext().addScopes("https://ossrdbms-aad.database.windows.net/.default");

    private final String user;
    private final String name;
    private final TokenCredential identity;

    /** @param name of the identity, for people */
    TokenPassword(String user, String name, TokenCredential identity) {
        this.user = user;
        this.name = name;
        this.identity = identity;
    }

    @Override
    public Credentials getCredentials() {
        return Credentials.of(user, token());
    }

    private String token() {
        try {
            return identity.getTokenSync(FOR_POSTGRESQL).getToken();
        } catch (RuntimeException none) {
            throw new IllegalStateException(
                    "Azure does not say who we are, so the database can't be signed in to: see whether this machine has the identity \"%s\" (az vm identity show). %s"
                            .formatted(name, none.getMessage()),
                    none);
        }
    }
}
