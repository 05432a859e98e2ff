package io.gantry.scheduler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.storage.InMemoryBlobStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SchedulerTest
class AppTest {
    private static final AppName SHOP = new AppName("shop");
    private static final ServiceName APP_SERVER = new ServiceName("app-server");
    private static final DeploymentToken TOKEN = new DeploymentToken("0123456789abcdef");

    @Autowired
    Api api;

    @Autowired
    PlayedDeployer deployer;

    @Autowired
    InMemoryBlobStore blobs;

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        jdbc.sql("delete from app").update();
        jdbc.sql("delete from instance").update();
        blobs.keys().forEach(blobs::delete);
    }

    @Test
    void an_app_is_shown_with_its_versions_and_what_runs() {
        upload("shop", "app-server", "1");
        upload("shop", "app-server", "2");
        upload("shop", "worker-api", "1");
        tell(instance("app-server", 0, 20002));
        tell(instance("worker-api", 0, 20001));
        await().untilAsserted(() ->
                assertThat(shop().at("/services/1/instances/0/id")).isEqualTo("shop-worker-api-0123456789abcdef-0"));
        assertThat(shop().at("/url")).isEqualTo("http://127.0.0.1:20002/");
        assertThat(shop().at("/state")).isEqualTo("ACTIVE");
        assertThat(shop().json().at("/services/0/newest").asInt()).isEqualTo(2);
        assertThat(shop().json().at("/services/0/versions")).hasSize(2);
        assertThat(api.get("/api/v1/apps").json()).containsExactly(shop().json());
    }

    @Test
    void an_instance_that_is_gone_is_shown_no_more() {
        upload("shop", "app-server", "1");
        Instance instance = instance("app-server", 1, 20003);
        tell(instance);
        await().untilAsserted(() ->
                assertThat(shop().json().at("/services/0/instances")).hasSize(1));
        transaction.executeWithoutResult(
                _ -> outbox.tombstone(Topics.INSTANCES, instance.id().value()));
        await().untilAsserted(() ->
                assertThat(shop().json().at("/services/0/instances")).isEmpty());
        assertThat(shop().json().at("/url").isNull()).isTrue();
    }

    @Test
    void what_a_deployment_has_brought_up_is_known_with_its_end_though_the_registry_has_not_told_of_it() {
        upload("shop", "app-server", "1");
        DeploymentToken run = run();
        succeed(run);
        assertThat(shop().at("/url")).isEqualTo("http://127.0.0.1:20004/");
        assertThat(shop().at("/services/0/instances/0/id"))
                .isEqualTo(InstanceId.of(SHOP, APP_SERVER, run, 0).value());
    }

    @Test
    void an_instance_that_was_gone_before_its_deployment_ended_does_not_come_back_with_the_end() {
        upload("shop", "app-server", "1");
        DeploymentToken run = run();
        String instance = InstanceId.of(SHOP, APP_SERVER, run, 0).value();
        transaction.executeWithoutResult(_ -> outbox.tombstone(Topics.INSTANCES, instance));
        await().until(() -> jdbc.sql("select exists (select from instance where id = ?)")
                .param(instance)
                .query(Boolean.class)
                .single());
        succeed(run);
        assertThat(shop().json().at("/services/0/instances")).isEmpty();
        assertThat(shop().json().at("/url").isNull()).isTrue();
    }

    private DeploymentToken run() {
        return new DeploymentToken(
                api.post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}").at("/token"));
    }

    private void succeed(DeploymentToken run) {
        deployer.finish(SHOP, run, Mode.RUN, Outcome.SUCCEEDED, PlayedDeployer.running(SHOP, APP_SERVER, run, 20_004));
        await().untilAsserted(() ->
                assertThat(api.get("/api/v1/deployments/" + run).at("/state")).isEqualTo("SUCCEEDED"));
    }

    @Test
    void the_only_service_with_a_port_is_the_one_users_call() {
        upload("shop", "web", "1");
        tell(instance("web", 0, 20005));
        await().untilAsserted(() -> assertThat(shop().at("/url")).isEqualTo("http://127.0.0.1:20005/"));
    }

    @Test
    void an_app_that_is_not_there_is_not_found() {
        assertThat(api.get("/api/v1/apps/none").code()).isEqualTo("APP_NOT_FOUND");
        assertThat(api.delete("/api/v1/apps/none").code()).isEqualTo("APP_NOT_FOUND");
    }

    @Test
    void an_app_is_gone_when_all_of_it_has_stopped() {
        upload("shop", "app-server", "1");
        upload("shop", "app-server", "2");
        upload("other", "app-server", "2");
        Answer deleting = api.delete("/api/v1/apps/shop");
        assertThat(deleting.status()).isEqualTo(202);
        assertThat(deleting.at("/state")).isEqualTo("DELETING");
        DeploymentToken stop = stop(deleting);
        assertThat(deployer.await(stop)).isInstanceOf(DeployerCommand.Stop.class);
        assertThat(blobs.keys()).hasSize(2);
        deployer.finish(SHOP, stop, Mode.STOP, Outcome.SUCCEEDED);
        await().untilAsserted(
                        () -> assertThat(api.get("/api/v1/apps/shop").status()).isEqualTo(404));
        await().untilAsserted(() -> assertThat(blobs.keys()).hasSize(1));
        await().untilAsserted(() -> assertThat(deployer.heard(stop))
                .last()
                .isEqualTo(new DeployerCommand.Discard(stop, SHOP, List.of(APP_SERVER))));
        assertThat(api.get("/api/v1/apps/other").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/deployments/" + stop).at("/state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void its_name_is_free_with_the_success_of_the_stop_even_if_its_bundles_can_not_be_removed_yet() {
        upload("shop", "app-server", "1");
        DeploymentToken stop = stop(api.delete("/api/v1/apps/shop"));
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('bundle ' || sha256, 0)) from version")
                    .query((_, _) -> true)
                    .list();
            CompletableFuture.runAsync(() -> deployer.finish(SHOP, stop, Mode.STOP, Outcome.SUCCEEDED))
                    .join();
            await().untilAsserted(() -> assertThat(
                            api.get("/api/v1/deployments/" + stop).at("/state"))
                    .isEqualTo("SUCCEEDED"));
            assertThat(api.upload("shop", "app-server", zip("2")).status()).isEqualTo(201);
        });
        await().untilAsserted(() -> assertThat(blobs.keys()).hasSize(1));
    }

    @Test
    void meanwhile_nothing_new_is_taken() {
        upload("shop", "app-server", "1");
        Answer deleting = api.delete("/api/v1/apps/shop");
        assertThat(stop(api.delete("/api/v1/apps/shop"))).isEqualTo(stop(deleting));
        assertThat(api.post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}")
                        .code())
                .isEqualTo("APP_IS_BEING_DELETED");
        assertThat(api.upload("shop", "app-server", zip("9")).code()).isEqualTo("APP_IS_BEING_DELETED");
        assertThat(api.post("/api/v1/apps/shop/schedules", "{\"mode\": \"RUN\", \"cron\": \"@daily\"}")
                        .code())
                .isEqualTo("APP_IS_BEING_DELETED");
    }

    @Test
    void an_app_that_cannot_be_stopped_stays() {
        upload("shop", "app-server", "1");
        DeploymentToken stop = stop(api.delete("/api/v1/apps/shop"));
        deployer.finish(SHOP, stop, Mode.STOP, Outcome.FAILED);
        await().untilAsserted(() -> assertThat(shop().at("/state")).isEqualTo("ACTIVE"));
        assertThat(deployer.heard(stop)).hasOnlyElementsOfType(DeployerCommand.Stop.class);
        assertThat(stop(api.delete("/api/v1/apps/shop"))).isNotEqualTo(stop);
    }

    private Answer shop() {
        return api.get("/api/v1/apps/shop");
    }

    private void upload(String app, String service, String text) {
        assertThat(api.upload(app, service, zip(text)).status()).isIn(200, 201);
    }

    private Path zip(String text) {
        return Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("app.py", "print('%s')".formatted(text))
                .done();
    }

    private void tell(Instance instance) {
        transaction.executeWithoutResult(
                _ -> outbox.send(Topics.INSTANCES, instance.id().value(), instance));
    }

    private static DeploymentToken stop(Answer deleting) {
        String location = deleting.header("Location").orElseThrow();
        return new DeploymentToken(location.substring(location.lastIndexOf('/') + 1));
    }

    private static Instance instance(String service, int ordinal, int port) {
        ServiceName name = new ServiceName(service);
        return new Instance(
                InstanceId.of(SHOP, name, TOKEN, ordinal),
                SHOP,
                name,
                1,
                Kind.SERVICE,
                "registry/shop@sha256:1",
                TOKEN,
                new NodeId("local"),
                "127.0.0.1",
                port,
                new Resources(0.5, Memory.mebibytes(256), 256),
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                InstanceState.RUNNING,
                null);
    }
}
