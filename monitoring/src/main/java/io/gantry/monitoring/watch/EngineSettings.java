package io.gantry.monitoring.watch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param sshKey file with the private key that machines and nodes let in; needed only where they are reached over SSH */
@ConfigurationProperties("gantry")
record EngineSettings(@Nullable Path sshKey) {}
