package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Bundle;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.Scale;
import io.gantry.contract.manifest.Stop;
import io.gantry.contract.manifest.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Small named fixtures. */
public final class Sample {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    public static final Instant DEADLINE = NOW.plus(Duration.ofMinutes(30));
    public static final Instant LATER = NOW.plus(Duration.ofMinutes(29));
    public static final LegId LEG =
            new LegId(new AppName("shop"), new ServiceName("web"), new DeploymentToken("aaaaaaaaaaaaaaaa"));
    public static final NodeId NODE = new NodeId("node-1");
    public static final NodeId OTHER_NODE = new NodeId("node-2");
    public static final AccessToken ACCESS = access(0);
    public static final Failure FAILURE = Failure.of(FailureKind.REQUEST, "BROKEN", "It is broken.");
    public static final Release RELEASE = release(Kind.SERVICE, 1);
    public static final Image IMAGE = new Image(RELEASE, "registry/shop/web@sha256:1");
    public static final Image JOB = new Image(release(Kind.JOB, 1), "registry/shop/web@sha256:2");
    public static final LocalImage LOCAL_IMAGE = new LocalImage("sha256:3", "recipe", "FROM x", null);

    private Sample() {}

    public static Release release(Kind kind, int scaleMin) {
        Manifest manifest = new Manifest(
                LEG.service(),
                kind,
                AppRuntime.PYTHON,
                List.of("python3", "app.py"),
                kind == Kind.JOB || kind == Kind.WORKER ? null : 8000,
                Map.of("MODE", "prod"),
                new Health("/healthz", TimeSpan.seconds(1), TimeSpan.seconds(2), TimeSpan.seconds(30), 1, 3),
                new Resources(0.5, Memory.mebibytes(256), 256),
                new Scale(scaleMin, 4, 70),
                new Stop("SIGTERM", TimeSpan.seconds(10), TimeSpan.seconds(5)),
                new Placement(Map.of(), true));
        return new Release(LEG.service(), 3, new Bundle("bundles/1.zip", "ab".repeat(32), 1234), manifest);
    }

    public static AccessToken access(int number) {
        return new AccessToken("access%010d".formatted(number));
    }

    public static Order order(Mode mode) {
        return switch (mode) {
            case BUILD, RUN, BUILD_AND_RUN -> Order.of(LEG, mode, RELEASE, DEADLINE);
            case STOP, SCALE_UP, SCALE_DOWN, RESTART -> Order.of(LEG, mode, null, DEADLINE);
            case REVIVE -> revival(Fault.DIED);
            case MOVE -> Order.move(standing(0).id(), LEG, DEADLINE);
        };
    }

    public static Order revival(Fault fault) {
        return Order.revive(standing(0).id(), fault, LEG, DEADLINE);
    }

    /** Access tokens count up from 0. */
    public static Moment at(Instant now, Facts facts) {
        return at(now, facts, 0);
    }

    /** Access tokens count up from there. */
    public static Moment at(Instant now, Facts facts, int firstAccess) {
        AtomicInteger drawn = new AtomicInteger(firstAccess);
        return new Moment(now, Limits.defaults(), () -> access(drawn.getAndIncrement()), () -> facts);
    }

    public static Facts runs(Standing... standing) {
        return new Facts(IMAGE, true, IMAGE, List.of(standing), List.of());
    }

    public static InstanceId instance(int ordinal) {
        return LEG.instance(ordinal);
    }

    public static InstanceAddress address(InstanceId instance) {
        return new InstanceAddress(instance, NODE, "10.0.0.1", 20_001);
    }

    /** Brought up by an earlier request; the higher the number, the younger. */
    public static Standing standing(int number) {
        InstanceId id = InstanceId.of(LEG.app(), LEG.service(), new DeploymentToken("bbbbbbbbbbbbbbbb"), number);
        return new Standing(address(id), 2, access(100 + number), NOW.minusSeconds(100L - number), true);
    }

    public static Standing dead(int number) {
        Standing once = standing(number);
        return new Standing(once.at(), once.version(), once.access(), once.startedAt(), false);
    }
}
