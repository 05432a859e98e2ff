package io.gantry.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps the fleet of a class where all that are nested in it find it; JUnit closes it with that class. */
final class SharedFleet implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace HERE = Namespace.create(SharedFleet.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    @Override
    public Fleet resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return fleet(test);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) throws IOException, InterruptedException {
        if (test.getExecutionException().isPresent()) {
            System.err.printf(
                    "The fleet at the failure of %s:%n%s%n",
                    test.getDisplayName(), fleet(test).told());
        }
    }

    private static Fleet fleet(ExtensionContext test) {
        return outermost(test).getStore(HERE).computeIfAbsent(Fleet.class, _ -> described(), Fleet.class);
    }

    private static ExtensionContext outermost(ExtensionContext test) {
        Optional<ExtensionContext> around =
                test.getParent().filter(parent -> parent.getTestClass().isPresent());
        return around.map(SharedFleet::outermost).orElse(test);
    }

    private static Fleet described() {
        try {
            return Fleet.described();
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
