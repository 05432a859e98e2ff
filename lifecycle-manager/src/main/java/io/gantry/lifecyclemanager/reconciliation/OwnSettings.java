package io.gantry.lifecyclemanager.reconciliation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the lifecycle manager of a fleet is told by whoever starts it.
 *
 * @param machine the name of the one that it runs on
 * @param platformImage of the platform's own services, where the fleet does not say another
 * @param secrets the file of the fleet's secrets
 * @param access what the fleet lets in at first
 * @param provider how machines are made
 * @param reconciliation how the fleet is looked at
 */
@ConfigurationProperties("lifecycle-manager")
record OwnSettings(
        @DefaultValue("") String machine,
        @DefaultValue("") String platformImage,
        @DefaultValue("/run/gantry/fleet-secrets.json") Path secrets,
        @DefaultValue Access access,
        @DefaultValue Provision provider,
        @DefaultValue Reconciliation reconciliation) {
    record Access(@DefaultValue FirstKey firstKey) {}

    /** @param sha256 of the whole key */
    record FirstKey(
            @DefaultValue("") String id, @DefaultValue("") String sha256) {}

    /**
     * @param localEngine that local machines are containers of: {@code unix:///run/gantry-provider/docker.sock}
     * @param localImage of a local machine
     * @param azureResourceManager another than Azure's own
     * @param azureCertificates in which that one is believed, a file in PEM
     */
    record Provision(
            @Nullable String localEngine,
            @DefaultValue("gantry/vm-docker:1") String localImage,
            @Nullable URI azureResourceManager,
            @Nullable Path azureCertificates) {}

    /**
     * @param every the fleet is looked at, though nothing is to be done
     * @param soon it is looked at again while something is to be done
     * @param answersWithin how long a machine, or a service, may take to say how it is
     * @param declareLostAfter a machine that is off, or whose engine and SSH server have not answered for so long since the first
     *     question that was not answered in time: what ran there goes elsewhere
     * @param engineAwayFor the same where only its engine does not answer, which is mended meanwhile, or where it is our own
     * @param bootsWithin a machine that was switched on, and has not answered since, is not restarted because it is lost
     * @param databaseAwayFor the database has to be away, before its machine is switched on
     */
    record Reconciliation(
            @DefaultValue("5s") Duration every,
            @DefaultValue("500ms") Duration soon,
            @DefaultValue("4s") Duration answersWithin,
            @DefaultValue("10s") Duration declareLostAfter,
            @DefaultValue("30s") Duration engineAwayFor,
            @DefaultValue("5m") Duration bootsWithin,
            @DefaultValue("10s") Duration databaseAwayFor) {}
}
