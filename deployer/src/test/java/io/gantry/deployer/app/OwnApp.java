package io.gantry.deployer.app;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.context.event.BeforeTestMethodEvent;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** The app that a test is about. Every test has its own, so that none meets what another has left. */
@TestComponent
public class OwnApp {
    public static final ServiceName WEB = new ServiceName("app-server");
    public static final ServiceName API = new ServiceName("worker-api");

    private volatile @Nullable AppName name;

    @BeforeTestMethod
    void rename(BeforeTestMethodEvent begun) {
        String test = begun.getTestContext().getTestMethod().toString();
        name = new AppName("app-" + Integer.toHexString(test.hashCode()));
    }

    public AppName name() {
        return Objects.requireNonNull(name, "No test is under way");
    }

    @Override
    public String toString() {
        return name().value();
    }
}
