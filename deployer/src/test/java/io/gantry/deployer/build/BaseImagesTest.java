package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.deployer.node.ImagePulls;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.registry.RegistryLogin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BaseImagesTest {
    private final BaseImages bases = new BaseImages(
            new BuildSettings(
                    URI.create("unix:///var/run/docker.sock"),
                    null,
                    "gantry/",
                    "1",
                    true,
                    true,
                    3,
                    Duration.ofHours(1),
                    Path.of("work")),
            new ContainerRegistry("10.0.0.4:7080", "gantry", "secret", true, null, "fleet"),
            new ImagePulls(RegistryLogin.none()));

    @Test
    void those_that_a_dockerfile_begins_from_are_found_once_each() {
        assertThat(bases.of("""
                # FROM gantry/static:1
                FROM --platform=linux/amd64 gantry/java:1 AS build
                RUN echo FROM gantry/postgres:1
                from gantry/python:1
                FROM gantry/java:1
                """)).containsExactly("gantry/java:1", "gantry/python:1");
    }

    @Test
    void images_of_others_are_none_of_ours() {
        assertThat(bases.of("FROM debian:13\nFROM build\nFROM mygantry/java:1\nFROM gantry/java@sha256:1\n"))
                .isEmpty();
    }
}
