package io.gantry.deployer.leg;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.util.regex.Pattern;

/** Names one leg: one service's way through one request. */
public record LegId(AppName app, ServiceName service, DeploymentToken token) {
    private static final Pattern TOKEN_AND_ORDINAL = Pattern.compile("-[a-z0-9]{16}-[0-9]{1,3}");

    public InstanceId instance(int ordinal) {
        return InstanceId.of(app, service, token, ordinal);
    }

    /** Whether the instance is one of this service's, whichever request started it. */
    public boolean concerns(InstanceId instance) {
        String prefix = app + "-" + service;
        return instance.value().startsWith(prefix)
                && TOKEN_AND_ORDINAL
                        .matcher(instance.value().substring(prefix.length()))
                        .matches();
    }

    @Override
    public String toString() {
        return app + "/" + service + "/" + token;
    }
}
