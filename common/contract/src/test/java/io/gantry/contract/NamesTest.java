package io.gantry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "shop", "app-server", "0", "a1-b2", "x--y"})
    void a_dns_label_is_a_name(String name) {
        assertThat(new AppName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "a-",
                "-a",
                "Shop",
                "a b",
                "a;id",
                "$(id)",
                "a\nid",
                "a.b",
                "a/b",
                "..",
                "ä",
                "--privileged"
            })
    void anything_else_is_refused_with_what_a_name_may_be(String name) {
        assertThatThrownBy(() -> new ServiceName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("service name")
                .hasMessageContaining("1 to 63 lower-case letters, digits and hyphens");
    }

    @Test
    void a_name_of_300_characters_is_refused_without_being_repeated_in_full() {
        assertThatThrownBy(() -> new AppName("a".repeat(300)))
                .hasMessageContaining("...")
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void a_name_of_63_characters_is_the_longest() {
        assertThat(Names.isValid("a".repeat(63))).isTrue();
        assertThat(Names.isValid("a".repeat(64))).isFalse();
    }

    @Test
    void control_characters_of_a_refused_name_reach_no_log() {
        assertThatThrownBy(() -> new AppName("a\u001b[31m\r\nb")).message().doesNotContain("\u001b", "\r", "\n");
    }

    @Test
    void an_instance_id_follows_from_the_request() {
        assertThat(InstanceId.of(
                        new AppName("shop"), new ServiceName("app-server"), new DeploymentToken("k3j5h2a9q0w8e7r6"), 2))
                .hasToString("shop-app-server-k3j5h2a9q0w8e7r6-2");
    }
}
