package io.gantry.nodemanager;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.messaging.Tokens;
import java.security.SecureRandom;
import java.time.Instant;

/** Instances to test with. */
public final class Sample {
    public static final NodeId NODE = new NodeId("local");
    public static final AppName APP = new AppName("shop");
    public static final ServiceName SERVICE = new ServiceName("app-server");
    public static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

    private static final TimeSpan GRACE = TimeSpan.seconds(1);
    private static final Tokens TOKENS = new Tokens(new SecureRandom());

    private Sample() {}

    /** Never the same twice. */
    public static DeploymentToken token() {
        return new DeploymentToken(TOKENS.next());
    }

    /** A running service of an app, never the same twice. */
    public static Instance instance() {
        return instance(APP, Kind.SERVICE);
    }

    public static Instance instance(AppName app, Kind kind) {
        return instance(app, kind, NODE);
    }

    public static Instance instance(AppName app, Kind kind, NodeId node) {
        return instance(app, kind, node, GRACE);
    }

    /** One that may be unhealthy for so long after its start. */
    public static Instance withGrace(TimeSpan grace) {
        return instance(APP, Kind.SERVICE, NODE, grace);
    }

    private static Instance instance(AppName app, Kind kind, NodeId node, TimeSpan grace) {
        DeploymentToken token = token();
        return new Instance(
                InstanceId.of(app, SERVICE, token, 1),
                app,
                SERVICE,
                3,
                kind,
                "gantry/python:1",
                token,
                node,
                "127.0.0.1",
                kind == Kind.JOB ? null : 20_001,
                new Resources(0.5, Memory.mebibytes(64), 64),
                kind == Kind.JOB ? null : new Health("/healthz", TimeSpan.seconds(1), TimeSpan.seconds(2), grace, 1, 3),
                STARTED,
                InstanceState.RUNNING,
                null);
    }
}
