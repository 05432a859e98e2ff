package io.gantry.acceptance;

import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.JavaExample;
import io.gantry.acceptance.driver.WithGantry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Every runtime, every kind. */
@WithGantry
class RuntimesIT {
    @Test
    void a_node_service_gets_its_npm_packages(Gantry gantry) {
        var app = gantry.app("node");
        app.run(Bundle.ofExample("hello-node"));
        assertThat(app.awaitAnswer("Hello from " + app.name())).contains("up for");
    }

    @Test
    void changed_code_does_not_install_the_packages_again(Gantry gantry) {
        var app = gantry.app("cache");
        var example = Bundle.ofExample("hello-node");
        app.run(example);

        app.upload(example.replacing("server.js", "Hello from", "Welcome to"));
        var deployment = app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        app.awaitAnswer("Welcome to");
        await("The log comes by another way than the end")
                .untilAsserted(() -> assertThat(gantry.buildLog(deployment, "app-server"))
                        .contains("Using cache", "Successfully built")
                        .doesNotContain("added 1 package"));
    }

    @Test
    void a_jar_runs(Gantry gantry) throws IOException, InterruptedException {
        var app = gantry.app("java");
        app.run(Bundle.ofFolder(JavaExample.built("hello-java")));
        assertThat(app.awaitAnswer("Hello from " + app.name())).contains("on Java 25");
    }

    @Test
    void files_are_served_as_they_are(Gantry gantry) {
        var app = gantry.app("site");
        app.run(Bundle.ofExample("site"));
        app.awaitAnswer("<h1>Harbour</h1>");
    }

    @Test
    void a_developer_s_own_dockerfile_is_built(Gantry gantry) {
        var app = gantry.app("own");
        app.run(Bundle.ofConfig("""
                        {"port": 8000, "health": {"path": "/greeting.txt"}}
                        """).with("Dockerfile", """
                        FROM gantry/python:1
                        RUN mkdir -p /files && echo 'Built my own way' > /files/index.html && touch /files/greeting.txt
                        WORKDIR /files
                        EXPOSE 8000
                        CMD ["python3", "-m", "http.server", "8000"]
                        """));
        app.awaitAnswer("Built my own way");
    }

    @Test
    void a_worker_runs_without_a_port(Gantry gantry) {
        var app = gantry.app("worker");
        app.upload("counter", Bundle.ofPython("""
                        {"name": "counter", "kind": "worker", "runtime": "python"}
                        """, """
                        import time
                        print("counting", flush=True)
                        while True:
                            time.sleep(1)
                        """));
        var deployment = app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        assertThat(deployment.url()).isNull();
        assertThat(deployment.onlyService().instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.port()).isNull());
        await().untilAsserted(() -> assertThat(app.log()).contains("counting"));
    }

    @Test
    void a_job_runs_to_its_end_once(Gantry gantry) {
        var app = gantry.app("job");
        app.upload("report", Bundle.ofPython("""
                        {"name": "report", "kind": "job", "runtime": "python"}
                        """, """
                        print("report written", flush=True)
                        """));
        app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        await().untilAsserted(() -> assertThat(app.instances())
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("state").asString()).isEqualTo("COMPLETED")));
    }
}
