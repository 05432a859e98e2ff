package io.gantry.lifecyclemanager.platform;

import java.net.http.HttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReadinessHttp {
    @Bean(destroyMethod = "close")
    HttpClient readinessClient(PlatformSettings settings) {
        return HttpClient.newBuilder().connectTimeout(settings.answersWithin()).build();
    }
}
