package io.gantry.fleet;

import java.net.URI;

/**
 * Where the platform's services send what they did, step by step.
 *
 * @param endpoint where a collector takes traces by OTLP over HTTP, reached from the fleet's machines
 * @param sampled the part of the traces that is recorded, 0 to 1
 */
public record Tracing(URI endpoint, double sampled) {}
