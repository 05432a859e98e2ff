package io.gantry.bootstrapper;

import io.gantry.bootstrapper.access.ContextCommand;
import io.gantry.bootstrapper.access.KeysCommand;
import io.gantry.bootstrapper.app.AppCommand;
import io.gantry.bootstrapper.app.AppsCommand;
import io.gantry.bootstrapper.bundle.ValidateCommand;
import io.gantry.bootstrapper.deadletter.DltCommand;
import io.gantry.bootstrapper.deployment.BuildCommand;
import io.gantry.bootstrapper.deployment.CancelCommand;
import io.gantry.bootstrapper.deployment.DeleteCommand;
import io.gantry.bootstrapper.deployment.DeployCommand;
import io.gantry.bootstrapper.deployment.DeploymentCommand;
import io.gantry.bootstrapper.deployment.DeploymentsCommand;
import io.gantry.bootstrapper.deployment.RunCommand;
import io.gantry.bootstrapper.deployment.StopCommand;
import io.gantry.bootstrapper.fleet.BackupCommand;
import io.gantry.bootstrapper.fleet.DownCommand;
import io.gantry.bootstrapper.fleet.MachinesCommand;
import io.gantry.bootstrapper.fleet.RecoverCommand;
import io.gantry.bootstrapper.fleet.ServicesCommand;
import io.gantry.bootstrapper.fleet.StatusCommand;
import io.gantry.bootstrapper.fleet.UpCommand;
import io.gantry.bootstrapper.healing.HealthCommand;
import io.gantry.bootstrapper.healing.IncidentsCommand;
import io.gantry.bootstrapper.healing.RestartCommand;
import io.gantry.bootstrapper.instance.DecisionsCommand;
import io.gantry.bootstrapper.instance.LogsCommand;
import io.gantry.bootstrapper.instance.NodesCommand;
import io.gantry.bootstrapper.instance.PsCommand;
import io.gantry.bootstrapper.instance.ScaleCommand;
import io.gantry.bootstrapper.instance.WhyCommand;
import io.gantry.bootstrapper.local.DemoCommand;
import io.gantry.bootstrapper.local.DevCommand;
import io.gantry.bootstrapper.local.ImagesCommand;
import io.gantry.bootstrapper.local.TestCommand;
import io.gantry.bootstrapper.schedule.ScheduleCommand;
import io.gantry.bootstrapper.session.Complaints;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.contract.manifest.TimeSpan;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every verb there is, in the order and under the headings that help shows them. */
final class Verbs {
    private static final int HELP_WIDTH = 100;

    /** What was typed can't be relied on to be understood as far as this option. */
    private static final String JSON = "--json";

    private static final OptionSpec HELP = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("Say how it is used.")
            .build();

    private static final OptionSpec VERSION = OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version.")
            .build();

    private Verbs() {}

    static CommandLine of(Session session) {
        CommandLine gantry = new CommandLine(new Root()).addMixin("session", session);
        List<VerbGroup> groups = List.of(
                VerbGroup.of(
                        "This machine",
                        new DemoCommand(session),
                        new DevCommand(session),
                        new ImagesCommand(),
                        new TestCommand()),
                VerbGroup.of(
                        "A fleet",
                        new UpCommand(session),
                        new StatusCommand(session),
                        new MachinesCommand(session),
                        new ServicesCommand(session),
                        new BackupCommand(session),
                        new RecoverCommand(session),
                        new DownCommand(session)),
                VerbGroup.of(
                        "Deploy",
                        new ValidateCommand(session),
                        new DeployCommand(session),
                        new BuildCommand(session),
                        new RunCommand(session),
                        new StopCommand(session),
                        new ScaleCommand(session),
                        RestartCommand.of(session),
                        ScheduleCommand.of(session),
                        new CancelCommand(session),
                        new DeleteCommand(session)),
                VerbGroup.of(
                        "Look",
                        new AppsCommand(session),
                        new AppCommand(session),
                        new PsCommand(session),
                        new LogsCommand(session),
                        new NodesCommand(session),
                        new DeploymentsCommand(session),
                        new DeploymentCommand(session),
                        new DecisionsCommand(session),
                        new WhyCommand(session),
                        new HealthCommand(session),
                        new IncidentsCommand(session),
                        DltCommand.of(session)),
                VerbGroup.of("Access", KeysCommand.of(session), ContextCommand.of(session)),
                VerbGroup.of(
                        "This command line",
                        new CompletionCommand(session, gantry),
                        new VersionCommand(session),
                        new HelpCommand(session, gantry)));
        gantry.getCommandSpec().addOption(HELP).addOption(VERSION).versionProvider(VersionCommand::line);
        VerbGroup.addTo(gantry, groups);
        return dressed(gantry, session);
    }

    private static CommandLine dressed(CommandLine gantry, Session session) {
        Terminal terminal = session.terminal();
        return gantry.setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(TimeSpan.class, Verbs::timeSpan)
                .setExecutionExceptionHandler((failure, _, _) -> new Complaints(session).about(failure))
                .setParameterExceptionHandler(
                        (misuse, args) -> misused(misuse, List.of(args), new Complaints(session)));
    }

    private static TimeSpan timeSpan(String typed) {
        try {
            return TimeSpan.parse(typed);
        } catch (IllegalArgumentException unreadable) {
            throw new TypeConversionException("'%s': %s".formatted(typed, unreadable.getMessage()));
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static int misused(ParameterException misuse, List<String> args, Complaints complaints) {
        CommandLine verb = misuse.getCommandLine();
        if (args.contains(JSON)) {
            return complaints.misuse(String.valueOf(misuse.getMessage()), helpOf(verb));
        }
        PrintWriter err = verb.getErr();
        err.println(misuse.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(misuse, err)) {
            err.println(helpOf(verb));
        }
        return ExitCode.USAGE.number();
    }

    private static String helpOf(CommandLine verb) {
        return "Try: " + verb.getCommandSpec().qualifiedName() + " --help";
    }
}
