package io.gantry.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where what was begun with a machine is asked after: the client hears it, and does not tell. */
final class Heard extends HttpPipelineSyncPolicy {
    private static final HttpHeaderName ADDRESS = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final Pattern MACHINE = Pattern.compile("(?i)/virtualMachines/([^/]+)");

    private final Map<String, URI> addresses = new ConcurrentHashMap<>();

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        String address = response.getHeaderValue(ADDRESS);
        Matcher machine = MACHINE.matcher(context.getHttpRequest().getUrl().getPath());
        if (address != null && context.getHttpRequest().getHttpMethod() != HttpMethod.GET && machine.find()) {
            addresses.put(machine.group(1), URI.create(address));
        }
        return response;
    }

    void forget(String machine) {
        addresses.remove(machine);
    }

    /** Of what was begun last; told once. */
    Optional<URI> address(String machine) {
        return Optional.ofNullable(addresses.remove(machine));
    }
}
