package io.gantry.remote;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** How HttpClient is set up for an engine: many lasting connections, streams that may be silent for hours. */
final class EngineConnections {
    /** Every followed log and every stream of statistics holds one. */
    private static final int AT_MOST = 512;

    private static final Timeout A_FREE_ONE_WITHIN = Timeout.ofSeconds(10);

    private EngineConnections() {}

    static PoolingHttpClientConnectionManager pool(EngineSockets sockets) {
        var pool = new PoolingHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        plain(sockets),
                        DefaultSchemePortResolver.INSTANCE,
                        SystemDefaultDnsResolver.INSTANCE,
                        scheme -> null),
                null,
                null,
                null,
                null);
        pool.setMaxTotal(AT_MOST);
        pool.setDefaultMaxPerRoute(AT_MOST);
        pool.setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build());
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setValidateAfterInactivity(
                        sockets.lookBeforeReuse() ? TimeValue.ZERO_MILLISECONDS : TimeValue.NEG_ONE_MILLISECOND)
                .build());
        return pool;
    }

    static CloseableHttpClient client(PoolingHttpClientConnectionManager pool) {
        return HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(A_FREE_ONE_WITHIN)
                        .setResponseTimeout(Timeout.DISABLED)
                        .build())
                .setRetryStrategy(new DefaultHttpRequestRetryStrategy(1, TimeValue.ZERO_MILLISECONDS))
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    private static DetachedSocketFactory plain(EngineSockets sockets) {
        return new DetachedSocketFactory() {
            @Override
            public Socket create(@Nullable Proxy proxy) throws IOException {
                return sockets.open();
            }
        };
    }
}
