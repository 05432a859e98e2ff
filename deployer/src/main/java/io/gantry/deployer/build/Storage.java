package io.gantry.deployer.build;

import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.StorageSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class Storage {
    @Bean
    BlobStore blobStore(Environment environment) {
        return new AzureBlobStore(Binder.get(environment)
                .bind("gantry.storage", StorageSettings.class)
                .orElseThrow(() -> new IllegalStateException("Say where bundles are stored: gantry.storage")));
    }
}
