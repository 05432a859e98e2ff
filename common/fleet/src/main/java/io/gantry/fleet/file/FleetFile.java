package io.gantry.fleet.file;

import io.gantry.fleet.Fleet;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file in which a user says what a fleet is to be. Whatever it leaves out has a default. */
public final class FleetFile {
    /** What the file is called where nobody says otherwise. */
    public static final String USUAL_NAME = "fleet.yaml";

    private static final int LARGEST = 256 << 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private FleetFile() {}

    /** The fleet where there is no file: local, of three machines. */
    public static Fleet standard() {
        return parse(USUAL_NAME, "");
    }

    /**
     * @throws FleetRefused with all that is wrong with it
     * @throws IOException if there is no such file, or it can't be read
     */
    public static Fleet read(Path file) throws IOException {
        String name = file.toString();
        if (Files.size(file) > LARGEST) {
            throw refused(name, "The file is larger than %d bytes".formatted(LARGEST));
        }
        try {
            return parse(name, Files.readString(file));
        } catch (CharacterCodingException notText) {
            throw refused(name, "The file is not text in UTF-8");
        }
    }

    /**
     * @param name what the file is called in problems
     * @throws FleetRefused with all that is wrong with it
     */
    public static Fleet parse(String name, String text) {
        if (text.length() > LARGEST) {
            throw refused(name, "The file is larger than %d bytes".formatted(LARGEST));
        }
        Problems problems = new Problems(name);
        ObjectNode root = YamlText.read(withoutMark(text), problems);
        FleetSchema.check(root, problems);
        Defaults.fillIn(root, problems);
        WrittenFleet written = JSON.treeToValue(root, WrittenFleet.class);
        MachineRules.check(written, problems);
        AzureRules.check(written, problems);
        PoolRules.check(written, problems);
        AddressRules.check(written, problems);
        ServiceRules.check(written, problems);
        problems.refuse();
        return written.complete();
    }

    /** A file that says all about a fleet; read again, it is the same fleet. */
    public static String show(Fleet fleet) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setIndent(2)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(JSON.convertValue(fleet, Map.class));
    }

    /** Some editors begin a file with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static FleetRefused refused(String name, String message) {
        Problems problems = new Problems(name);
        problems.add("", message);
        return problems.refused();
    }
}
