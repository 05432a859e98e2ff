package io.gantry.deployer.build;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** One instruction of a Dockerfile, read as the engine's builder reads it: lines, comments, continuations. */
record Instruction(String name, String rest) {
    static List<Instruction> parse(String dockerfile) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        for (String line : dockerfile.split("\r?\n", -1)) {
            String trimmed = line.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            if (trimmed.endsWith("\\")) {
                logical.append(trimmed, 0, trimmed.length() - 1);
                continue;
            }
            logical.append(trimmed);
            String[] parts = logical.toString().split("[\t\u000b\f\r ]+", 2);
            instructions.add(new Instruction(parts[0], parts[1]));
            logical.setLength(0);
        }
        return instructions;
    }

    /** Of the exec form. */
    List<String> words() {
        return List.of(new JsonMapper().readValue(rest, String[].class));
    }
}
