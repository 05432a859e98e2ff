package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached before Gantry has its own way in.
 *
 * @param user one who may become root
 * @param keyFile on the computer where {@code gantry up} runs: the private key
 * @param hostKey as in a known_hosts line without the host; none: the one that it shows the first time
 */
@JsonInclude(Include.NON_NULL)
public record Ssh(
        String user, int port, String keyFile, @Nullable String hostKey) {}
