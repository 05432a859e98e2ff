package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import java.io.IOException;
import java.io.Writer;

/**
 * A log as plain text.
 *
 * @param named whether each line begins with the instance that wrote it
 */
record TextSink(Writer writer, boolean named) implements LogSink {
    @Override
    public void line(LogLine line) throws IOException {
        if (named) {
            writer.append(line.instance().value()).append(" | ");
        }
        writer.append(line.text()).append('\n');
    }

    @Override
    public void problem(InstanceId instance, String sentence) throws IOException {
        writer.append("(")
                .append(instance.value())
                .append(": ")
                .append(SafeText.of(sentence))
                .append(")\n");
    }
}
