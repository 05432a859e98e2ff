package io.gantry.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.UrlBuilder;

/** The client leaves two slashes in an address where a resource has no parent; Azure writes one. */
final class SingleSlashes extends HttpPipelineSyncPolicy {
    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        HttpRequest request = context.getHttpRequest();
        UrlBuilder address = UrlBuilder.parse(request.getUrl());
        request.setUrl(
                address.setPath(address.getPath().replaceAll("/{2,}", "/")).toString());
    }
}
