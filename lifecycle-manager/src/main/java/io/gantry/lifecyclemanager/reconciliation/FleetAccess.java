package io.gantry.lifecyclemanager.reconciliation;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param fleet whose lifecycle manager this is
 * @param sshKey file with the private key that machines let in
 */
@ConfigurationProperties("gantry")
record FleetAccess(
        @DefaultValue("local") String fleet,
        @DefaultValue("/run/gantry/id_ed25519") Path sshKey) {}
