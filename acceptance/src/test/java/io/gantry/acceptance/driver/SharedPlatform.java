package io.gantry.acceptance.driver;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the platform for the first test that wants it, and stops it after the last: of a session, as Failsafe's forks execute each
 * class by itself.
 */
final class SharedPlatform implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace HERE = Namespace.create(SharedPlatform.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Gantry.class;
    }

    @Override
    public Gantry resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var platform = platform(test);
        return test.getStore(HERE).computeIfAbsent(Gantry.class, _ -> new Gantry(platform), Gantry.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            System.err.printf(
                    "The platform's log up to the failure of %s:%n%s%n",
                    test.getDisplayName(), platform(test).logTail());
        }
    }

    private static Platform platform(ExtensionContext test) {
        return test.getStore(StoreScope.LAUNCHER_SESSION, HERE)
                .computeIfAbsent(Start.class, _ -> Start.tried(), Start.class)
                .platform();
    }

    /** A start is tried once: if it fails, every test says so without delay. */
    private record Start(
            @Nullable Platform started, @Nullable Throwable failure) implements AutoCloseable {
        static Start tried() {
            try {
                requireImages();
                return new Start(Platform.start(), null);
            } catch (IOException | AssertionError failure) {
                return new Start(null, failure);
            }
        }

        Platform platform() {
            if (started == null) {
                throw new AssertionError("There is no platform to test", failure);
            }
            return started;
        }

        @Override
        public void close() throws IOException {
            if (started != null) {
                started.close();
            }
        }
    }

    private static void requireImages() {
        var missing = Platform.neededImages().stream()
                .filter(image -> !Engine.HERE.hasImage(image))
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("The engine has no %s: run images/build".formatted(String.join(", ", missing)));
        }
    }
}
