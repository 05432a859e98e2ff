package io.gantry.scheduler.version;

import io.gantry.bundle.manifest.ConfigSchema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a config.json may say, for editors. */
@RestController
class SchemaController {
    @GetMapping(path = "/api/v1/schema/config.json", produces = "application/schema+json")
    String config() {
        return ConfigSchema.text();
    }
}
