package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleRefused;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bundle's manifest in full.
 *
 * @param inferred what was not said and had to be inferred from the files, a sentence each
 */
public record BundleManifest(Manifest manifest, List<String> inferred) {
    public BundleManifest {
        inferred = List.copyOf(inferred);
    }

    /**
     * Reads config.json, infers what it leaves out, fills in the defaults and checks the whole.
     *
     * @param service what the service must be named; none: whatever config.json says
     * @throws BundleRefused with every problem found, each with a pointer into config.json
     */
    public static BundleManifest read(BundleFile bundle, @Nullable ServiceName service) throws IOException {
        Optional<ObjectNode> written = ConfigJson.of(bundle);
        ObjectNode config = written.orElseGet(ConfigJson::empty);
        ConfigSchema.refuseWhatDoesNotFit(config);
        Inference inference = new Inference(bundle, config, written.isPresent());
        inference.fillIn(service);
        ConfigSchema.fillInDefaults(config);
        Manifest manifest = ConfigJson.bind(config);
        ManifestRules.refuseContradictions(manifest, service);
        return new BundleManifest(manifest, inference.sentences());
    }
}
