package io.gantry.bootstrapper;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Verbs that stand together in the help. */
record VerbGroup(String heading, List<CommandLine> verbs) {
    /** @param commands annotated objects, or command lines with verbs of their own */
    static VerbGroup of(String heading, Object... commands) {
        return new VerbGroup(heading, Stream.of(commands).map(VerbGroup::verb).toList());
    }

    private static CommandLine verb(Object command) {
        return command instanceof CommandLine ready ? ready : new CommandLine(command);
    }

    static void addTo(CommandLine gantry, List<VerbGroup> groups) {
        groups.stream()
                .flatMap(group -> group.verbs().stream())
                .forEach(verb -> gantry.addSubcommand(verb.getCommandName(), verb));
        var sections = gantry.getHelpSectionMap();
        sections.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        sections.put(
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                help -> groups.stream().map(group -> group.page(help)).collect(Collectors.joining()));
    }

    private String page(Help help) {
        return verbs.stream()
                .map(verb -> line(verb, help))
                .collect(Collectors.joining("", "%n%s:%n".formatted(heading), ""));
    }

    private static String line(CommandLine verb, Help help) {
        String summary = verb.getCommandSpec().usageMessage().description()[0];
        String name = "%-13s".formatted(verb.getCommandName());
        return "  %s %s%n".formatted(help.colorScheme().commandText(name), summary);
    }
}
