package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.json.JsonMapper;

/** A log as JSON, an object a line: the same objects as in the events of a log that is followed. */
record JsonSink(Writer writer, JsonMapper json) implements LogSink {
    @Override
    public void line(LogLine line) throws IOException {
        write(line);
    }

    @Override
    public void problem(InstanceId instance, String sentence) throws IOException {
        write(new LogProblem(instance, SafeText.of(sentence)));
    }

    private void write(Object content) throws IOException {
        writer.append(json.writeValueAsString(content)).append('\n');
    }
}
