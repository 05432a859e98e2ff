package io.gantry.monitoring.watch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param sshKey file with the private key that machines let in; needed only where there are machines */
@ConfigurationProperties("gantry")
record EngineSettings(@Nullable Path sshKey) {}
