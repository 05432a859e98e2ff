package io.gantry.azure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a machine is told at its first boot, read as cloud-init reads it. */
final class CloudConfig {
    private CloudConfig() {}

    static Map<?, ?> read() {
        String text = new String(Base64.getDecoder().decode(CloudInit.customData()), StandardCharsets.UTF_8);
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** What stands in a file that is laid down. */
    static String script(String path) throws IOException {
        return ((List<?>) read().get("write_files"))
                .stream()
                        .map(file -> (Map<?, ?>) file)
                        .filter(file -> path.equals(file.get("path")))
                        .map(file -> String.valueOf(file.get("content")))
                        .findFirst()
                        .orElseThrow(() -> new IOException("No file " + path));
    }
}
