package io.gantry.machines.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DaemonSettingsTest {
    private final DaemonSettings settings = new DaemonSettings(PreparationSettings.forRegistry("10.0.0.1:5000"));

    @Test
    void a_new_engine_gets_all_settings() {
        assertThat(settings.completed("")).isEqualToIgnoringWhitespace("""
                {"live-restore": true,
                 "log-driver": "json-file",
                 "log-opts": {"max-size": "10m", "max-file": "3"},
                 "insecure-registries": ["10.0.0.1:5000"]}""");
    }

    @Test
    void what_was_completed_once_is_complete() {
        assertThat(settings.completed(String.valueOf(settings.completed("")))).isNull();
    }

    @Test
    void its_owner_s_settings_stay() {
        assertThat(settings.completed("""
                {"data-root": "/data", "log-driver": "journald", "insecure-registries": ["old:5000"]}""")).isEqualToIgnoringWhitespace("""
                        {"data-root": "/data",
                         "log-driver": "journald",
                         "insecure-registries": ["old:5000", "10.0.0.1:5000"],
                         "live-restore": true}""");
    }

    @Test
    void without_a_registry_of_ours_none_is_trusted() {
        assertThat(new DaemonSettings(PreparationSettings.forRegistry(null)).completed(""))
                .doesNotContain("insecure-registries");
    }

    @Test
    void a_file_that_can_t_be_read_is_not_replaced() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.completed("{\"debug\": tru"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.completed("[1]"));
    }
}
