package io.gantry.contract.deployer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a build's log, in order. Keyed by deployment token.
 *
 * @param firstLine number of the first of these lines, from 0; a build that starts over begins at 0 again and replaces
 *     what was there
 * @param last true: the build has ended, and no line comes after these; none: more may come
 */
public record BuildLog(
        DeploymentToken token,
        AppName app,
        ServiceName service,
        int firstLine,
        List<String> lines,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean last) {}
