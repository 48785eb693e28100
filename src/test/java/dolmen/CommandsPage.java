package dolmen;

import dolmen.commands.Dolmen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/reference/commands.md}: every command with its options, as {@code --help} has them. */
final class CommandsPage {
    String text() {
        StringBuilder page = new StringBuilder("""
                # Commands

                `dolmen COMMAND --help` says the same; how they end is in [exit statuses](exit-statuses.md). `--help` and `--version`
                are left out below. Made from the code: `%s`.
                """.formatted(Page.MADE_BY));
        add(new CommandLine(new Dolmen()), page);
        return page.toString();
    }

    private static void add(CommandLine command, StringBuilder page) {
        CommandSpec spec = command.getCommandSpec();
        String synopsis = new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
        page.append("\n## ")
                .append(spec.qualifiedName())
                .append("\n\n")
                .append(String.join(" ", spec.usageMessage().description()))
                .append("\n\n```\n")
                .append(synopsis.strip().replaceAll("\\s+", " "))
                .append("\n```\n");
        List<List<String>> rows = rows(spec);
        if (!rows.isEmpty()) {
            page.append("\n").append(Page.table(List.of("", ""), rows));
        }
        command.getSubcommands().values().forEach(each -> add(each, page));
    }

    private static List<List<String>> rows(CommandSpec spec) {
        List<List<String>> rows = new ArrayList<>();
        spec.positionalParameters().forEach(each -> rows.add(row(each.paramLabel(), each)));
        Stream.of(spec.options())
                .flatMap(List::stream)
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .forEach(option -> rows.add(row(name(option), option)));
        return rows;
    }

    private static String name(OptionSpec option) {
        return option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }

    private static List<String> row(String name, ArgSpec argument) {
        return List.of("`" + name + "`", String.join(" ", argument.description()));
    }
}
