package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineImageBuilderTest {
    /** As Docker Engine 20.10 says them while images of the same code were built and removed side by side. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No such image: sha256:069e11d69372a7d183a2703d03c10a825cc59b6202fdc984572e752fc04c0141",
                "failed to get destination image \"sha256:f4e58488385ba6c755554fc02c9146dadcd84f473ff3932b818bec953a7c3162\":"
                        + " No such image: sha256:f4e58488385ba6c755554fc02c9146dadcd84f473ff3932b818bec953a7c3162",
                "failed to export image: failed to create image: failed to set parent sha256:9f2c: unknown parent image ID sha256:9f2c",
                "failed to export image: failed to create image: failed to get layer sha256:9f2c: layer does not exist",
                "failed to get layer for image sha256:9f2c: layer does not exist",
                "unable to find image \"sha256:069e11d69372a7d183a2703d03c10a825cc59b6202fdc984572e752fc04c0141\"",
                "unknown parent image ID sha256:9f2c",
                "failed to get digest sha256:9f2c: open /var/lib/docker/image/overlay2/imagedb/content/sha256/9f2c: no such file",
            })
    void a_layer_that_was_removed_meanwhile_is_no_fault_of_the_build(String reason) {
        assertThat(EngineImageBuilder.isLossOfCache(reason)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No such image: python:4",
                "unable to find image \"python:4\"",
                "pull access denied for gone, repository does not exist or may require 'docker login'",
                "The command '/bin/sh -c echo No such image: sha256:1; exit 1' returned a non-zero code: 1",
                "COPY failed: file not found in build context or excluded by .dockerignore: stat app.py: file does not exist",
            })
    void a_build_that_can_not_succeed_is_not_taken_for_one(String reason) {
        assertThat(EngineImageBuilder.isLossOfCache(reason)).isFalse();
    }
}
