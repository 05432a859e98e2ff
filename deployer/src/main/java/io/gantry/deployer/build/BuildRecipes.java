package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.Sha256;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.Manifest;
import io.gantry.deployer.ledger.Recipes;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** A recipe names the bundle, what its manifest says about the image, the base image, and the edition of our templates. */
@Component
class BuildRecipes implements Recipes {
    /** Counted up when a change of the templates is to reach images that are built already. */
    private static final int EDITION = 1;

    private static final JsonMapper JSON = new JsonMapper();

    private final BuildSettings settings;

    BuildRecipes(BuildSettings settings) {
        this.settings = settings;
    }

    private record Recipe(int edition, String bundle, String base, List<String> command, String stopSignal) {}

    @Override
    public String of(Release release) {
        Manifest manifest = release.manifest();
        Recipe recipe = new Recipe(
                EDITION,
                release.bundle().sha256(),
                settings.baseImage(manifest.runtime()),
                manifest.command(),
                manifest.stop().signal());
        return Sha256.of(JSON.writeValueAsString(recipe).getBytes(UTF_8));
    }
}
