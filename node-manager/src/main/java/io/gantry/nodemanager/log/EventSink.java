package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A log as server-sent events: {@code line} and {@code problem}. The id of a line is its time. */
record EventSink(SseEmitter emitter) implements LiveSink {
    @Override
    public void line(LogLine line) throws IOException {
        emitter.send(SseEmitter.event().id(line.at().toString()).name("line").data(line, MediaType.APPLICATION_JSON));
    }

    @Override
    public void problem(InstanceId instance, String sentence) throws IOException {
        emitter.send(SseEmitter.event()
                .name("problem")
                .data(new LogProblem(instance, SafeText.of(sentence)), MediaType.APPLICATION_JSON));
    }

    @Override
    public void stillHere() throws IOException {
        emitter.send(SseEmitter.event().comment("still here"));
    }
}
