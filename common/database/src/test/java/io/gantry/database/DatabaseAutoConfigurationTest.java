package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DatabaseAutoConfigurationTest {
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class))
            .withBean(HikariDataSource.class, DatabaseAutoConfigurationTest::pool);

    private static HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setUsername("gantry");
        pool.setPassword("a password");
        return pool;
    }

    @Test
    void where_an_identity_is_named_the_pool_signs_in_by_it() {
        service.withPropertyValues("gantry.database.identity=machine")
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getCredentialsProvider())
                        .isInstanceOf(TokenPassword.class));
    }

    @Test
    void where_none_is_named_the_pool_has_its_password() {
        service.run(
                context -> assertThat(context.getBean(HikariDataSource.class).getPassword())
                        .isEqualTo("a password"));
    }
}
