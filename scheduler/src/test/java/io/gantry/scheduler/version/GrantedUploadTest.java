package io.gantry.scheduler.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where nobody but the platform reaches the storage. */
@SchedulerTest
class GrantedUploadTest {
    private static final String UPLOADS = "/api/v1/apps/shop/services/app-server/uploads";

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Test
    void it_is_said_that_nothing_is_granted_here_and_what_to_do_instead() {
        Answer answer = api.post(UPLOADS, "{\"size\": 1000}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("UPLOAD_NOT_DIRECT");
        assertThat(answer.at("/detail")).contains("send the zip to .../versions");
        assertThat(jdbc.sql("select count(*) from granted_upload")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_body_that_says_too_little_is_refused_by_its_field() {
        for (String body : new String[] {"{}", "{\"size\": 0}", "{\"size\": null}"}) {
            Answer answer = api.post(UPLOADS, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.pointers()).containsExactly("/size");
        }
        Answer answer = api.post(UPLOADS + "/abc/done", "{\"sha256\": \"ABC\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointers()).containsExactly("/sha256");
    }

    @Test
    void an_upload_that_nobody_was_granted_is_not_found() {
        Answer answer = api.post(UPLOADS + "/abc/done", "{\"sha256\": \"%s\"}".formatted("0".repeat(64)));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("UPLOAD_NOT_FOUND");
    }
}
