package io.gantry.testkit.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields as a form or a query has them; one may be there more than once. */
final class Form {
    private Form() {}

    static Map<String, List<String>> of(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> decoded(pair[0]),
                        Collectors.mapping(pair -> pair.length == 2 ? decoded(pair[1]) : "", Collectors.toList())));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
