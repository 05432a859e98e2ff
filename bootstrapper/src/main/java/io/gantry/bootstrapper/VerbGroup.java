package io.gantry.bootstrapper;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Verbs that stand together in the help. */
record VerbGroup(String heading, List<CommandLine> verbs) {
    private static final int INDENT = 2;
    private static final int NAME_WIDTH = 16;

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
        int width = help.commandSpec().usageMessage().width();
        TextTable lines = TextTable.forColumns(
                help.colorScheme(),
                new Column(NAME_WIDTH, INDENT, Column.Overflow.SPAN),
                new Column(width - NAME_WIDTH, 0, Column.Overflow.WRAP));
        verbs.forEach(verb -> lines.addRowValues(
                help.colorScheme().commandText(verb.getCommandName()),
                help.colorScheme().text(verb.getCommandSpec().usageMessage().description()[0])));
        return "%n%s:%n%s".formatted(heading, lines);
    }
}
