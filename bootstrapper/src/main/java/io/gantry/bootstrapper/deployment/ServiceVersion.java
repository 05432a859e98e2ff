package io.gantry.bootstrapper.deployment;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code SERVICE} or {@code SERVICE=VERSION}, as typed. */
record ServiceVersion(String service, @Nullable Integer version) {
    static final class Converter implements ITypeConverter<ServiceVersion> {
        @Override
        public ServiceVersion convert(String typed) {
            int equals = typed.indexOf('=');
            return equals < 0
                    ? new ServiceVersion(typed, null)
                    : new ServiceVersion(typed.substring(0, equals), number(typed.substring(equals + 1)));
        }

        private static int number(String typed) {
            try {
                return Integer.parseInt(typed);
            } catch (NumberFormatException notANumber) {
                throw new TypeConversionException("'" + typed + "' is no version: versions are whole numbers from 1");
            }
        }
    }

    DeploymentRequest.Service requested() {
        return new DeploymentRequest.Service(service, version);
    }
}
