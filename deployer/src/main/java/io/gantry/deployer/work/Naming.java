package io.gantry.deployer.work;

import io.gantry.messaging.Tokens;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Naming {
    private static final int LETTERS = 4;

    @Bean
    DeployerName deployerName(Tokens tokens) {
        return new DeployerName(host() + "-" + tokens.next().substring(0, LETTERS));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "deployer";
        }
    }
}
