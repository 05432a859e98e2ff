package io.gantry.nodemanager;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Instances to test with. */
public final class Sample {
    public static final NodeId NODE = new NodeId("local");
    public static final AppName APP = new AppName("shop");
    public static final ServiceName SERVICE = new ServiceName("app-server");
    public static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Sample() {}

    /** Never the same twice. */
    public static DeploymentToken token() {
        return new DeploymentToken("test%012d".formatted(COUNT.incrementAndGet()));
    }

    /** A running service of an app, never the same twice. */
    public static Instance instance() {
        return instance(APP, Kind.SERVICE);
    }

    public static Instance instance(AppName app, Kind kind) {
        DeploymentToken token = token();
        return new Instance(
                InstanceId.of(app, SERVICE, token, 1),
                app,
                SERVICE,
                3,
                kind,
                "registry:5000/shop/app-server@sha256:0123",
                token,
                NODE,
                "127.0.0.1",
                kind == Kind.JOB ? null : 20_001,
                new Resources(0.5, Memory.mebibytes(64), 64),
                STARTED,
                InstanceState.RUNNING,
                null);
    }
}
