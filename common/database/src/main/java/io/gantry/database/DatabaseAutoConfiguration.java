package io.gantry.database;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.identity.AzureIdentity;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Has a service sign in to the central database by an identity in Azure, where settings name one; else by its password, as ever. */
@AutoConfiguration
@ConditionalOnProperty(DatabaseAutoConfiguration.IDENTITY)
class DatabaseAutoConfiguration {
    static final String IDENTITY = "gantry.database.identity";

    @Bean
    static BeanPostProcessor databaseSignIn(Environment environment) {
        return new SignIn(environment.getRequiredProperty(IDENTITY));
    }

    /** Before the pool makes its first connection, and so before anything is migrated. */
    private record SignIn(String identity) implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof HikariDataSource pool) {
                String user = Objects.requireNonNull(
                        pool.getUsername(), "An identity signs in as a user: name it in spring.datasource.username");
                pool.setCredentialsProvider(new TokenPassword(user, identity, AzureIdentity.ofMachine(identity)));
            }
            return bean;
        }
    }
}
