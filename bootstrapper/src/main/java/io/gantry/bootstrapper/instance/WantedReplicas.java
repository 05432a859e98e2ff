package io.gantry.bootstrapper.instance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code SERVICE=N}, as typed. */
record WantedReplicas(String service, int replicas) {
    private static final Pattern TYPED = Pattern.compile("(.+)=([0-9]{1,6})");

    static final class Converter implements ITypeConverter<WantedReplicas> {
        @Override
        public WantedReplicas convert(String typed) {
            Matcher parts = TYPED.matcher(typed);
            if (!parts.matches()) {
                throw new TypeConversionException("'" + typed + "' is not SERVICE=N, as in app-server=3");
            }
            return new WantedReplicas(parts.group(1), Integer.parseInt(parts.group(2)));
        }
    }
}
