package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.API;
import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.app.Programs.HELLO;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.neighbour.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From a bundle to a running instance, and to its end. */
@DeployerIT
class RunningIT {
    private static final String SIGTERM = "15";
    private static final String SIGKILL = "9";

    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    LocalEngine engine;

    @Test
    void a_python_service_is_built_run_and_answers_until_it_is_stopped() throws Exception {
        ServiceReport report = requests.bringUp(programs.hello());
        assertThat(Page.of(report.instances().getFirst())).isEqualTo("Hello from " + app);
        assertThat(requests.report(requests.stop(WEB)).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(engine.containers()).isEmpty();
        assertThat(engine.networks()).isEmpty();
    }

    @Test
    void a_static_site_is_served_without_its_manifest() throws Exception {
        ServiceReport report = requests.bringUp(programs.of(
                new Zip().with("index.html", "<h1>" + app + "</h1>").with("config.json", "{\"port\": 8000}")));
        InstanceAddress at = report.instances().getFirst();
        assertThat(Page.of(at)).contains(app.name().value());
        assertThat(Page.of(at, "/config.json")).doesNotContain("8000");
    }

    @Test
    void services_of_an_app_reach_each_other_by_name() throws Exception {
        String caller = """
                import os, urllib.request
                from http.server import BaseHTTPRequestHandler, HTTPServer

                class Caller(BaseHTTPRequestHandler):
                    def do_GET(self):
                        answer = urllib.request.urlopen("http://worker-api:9000/").read()
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(b"They say: " + answer)

                HTTPServer(("", int(os.environ["PORT"])), Caller).serve_forever()
                """;
        Release api = programs.python(API, HELLO, "{\"port\": 9000, \"health\": {\"path\": \"/\"}}");
        Release web = programs.python(caller, "{\"port\": 8000, \"health\": {\"path\": \"/\"}}");
        DeployerEvent.Finished answer = requests.answer(requests.buildAndRun(web, api));
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        InstanceAddress at = answer.services().stream()
                .filter(report -> report.service().equals(WEB))
                .findFirst()
                .orElseThrow()
                .instances()
                .getFirst();
        assertThat(Page.of(at)).isEqualTo("They say: Hello from " + app);
    }

    @Test
    void a_program_that_does_not_listen_to_its_signal_is_killed_in_time() throws Exception {
        ServiceReport report = requests.bringUp(programs.python(
                HELLO.replace("sys.exit(0)", "None"),
                "{\"port\": 8000, \"health\": {\"path\": \"/\"}, \"stop\": {\"timeout\": \"1s\"}}"));
        try (var signals = engine.signalsTo(report.instances().getFirst().id())) {
            assertThat(requests.report(requests.stop(WEB)).state()).isEqualTo(ServiceState.STOPPED);
            await().untilAsserted(() -> assertThat(signals.sent()).containsKeys(SIGTERM, SIGKILL));
            assertThat(Duration.between(
                            signals.sent().get(SIGTERM), signals.sent().get(SIGKILL)))
                    .as("by the engine's clock; it waits for ten seconds where nothing else is said")
                    .isLessThan(Duration.ofSeconds(9));
        }
        assertThat(engine.containers()).isEmpty();
    }
}
