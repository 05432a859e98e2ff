package io.gantry.nodemanager.node;

import io.gantry.contract.manifest.Memory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Lets settings say {@code 4Gi}. */
@Component
@ConfigurationPropertiesBinding
class MemoryConverter implements Converter<String, Memory> {
    @Override
    public Memory convert(String text) {
        return Memory.parse(text);
    }
}
