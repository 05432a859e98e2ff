package io.gantry.bootstrapper.platform;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A resource of a service, under {@code /api/v1} or, for {@link #absolute}, at the top. */
public record Route(PlatformService service, List<String> segments, Map<String, String> query) {
    public static Route to(PlatformService service, String... segments) {
        return absolute(
                service,
                Stream.concat(Stream.of("api", "v1"), Stream.of(segments)).toArray(String[]::new));
    }

    public static Route absolute(PlatformService service, String... segments) {
        return new Route(service, List.of(segments), Map.of());
    }

    /** A resource of this one. */
    public Route below(String... more) {
        return new Route(
                service, Stream.concat(segments.stream(), Stream.of(more)).toList(), query);
    }

    /** Asks for it with this parameter; a parameter without a value is left out. */
    public Route with(String parameter, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new LinkedHashMap<>(query);
        more.put(parameter, value.toString());
        return new Route(service, segments, more);
    }

    /** @param address of the service */
    URI at(URI address) {
        String path = segments.stream().map(Route::encoded).collect(Collectors.joining("/", "/", ""));
        String asked = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return address.resolve(asked.isEmpty() ? path : path + "?" + asked);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
