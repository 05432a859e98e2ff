package io.gantry.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param names by which the platform is reached where nobody needs an API key, besides localhost and addresses */
@ConfigurationProperties("gantry.web")
record WebSettings(@DefaultValue List<String> names) {
    WebSettings {
        names = List.copyOf(names);
    }
}
