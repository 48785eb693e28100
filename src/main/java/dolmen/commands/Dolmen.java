package dolmen.commands;

import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dolmen}: the options that all commands have, and the settings that they lead to. */
@Command(
        name = "dolmen",
        description = "Backs up, verifies and restores an Apache Druid stack: metadata, segments and Metabase.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            InitCommand.class,
            DoctorCommand.class,
            RunCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            PlanCommand.class,
            VerifyCommand.class,
            AdoptCommand.class,
            ExportCommand.class,
            PruneCommand.class,
            UploadCommand.class,
            FetchCommand.class,
            CopyCommand.class,
            ListCommand.class,
            ShowCommand.class,
            AcceptCommand.class,
            RetryCommand.class,
            RecoverCommand.class,
            StatusCommand.class,
            NotifyTestCommand.class
        })
public final class Dolmen implements Runnable {
    private static final String SETTINGS_FILE = "config/application.properties";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "The settings file; else DOLMEN_CONFIG, ./config/application.properties, or the one beside bin/.")
    private Path config;

    @Spec
    private CommandSpec spec;

    private SettingsSource source;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** The settings; unknown keys and wrong values are refused here, before anything is begun. */
    public Settings settings() {
        source = new SettingsSource(file(), System.getenv(), System.getProperties());
        return Settings.from(source);
    }

    /** What the settings were read from, without secrets; only after {@link #settings()}. */
    public Map<String, String> shown() {
        return source.shown();
    }

    /** The settings of the environment and the system properties alone. */
    Settings settingsWithoutFile() {
        return Settings.from(new SettingsSource(new Properties(), System.getenv(), System.getProperties()));
    }

    /** The file that the settings are read from, or would be if it were there. */
    Path settingsFile() {
        return named().or(this::existing).orElseGet(() -> home().resolve(SETTINGS_FILE));
    }

    private Properties file() {
        return named().or(this::existing).map(SettingsSource::read).orElseGet(Properties::new);
    }

    private Optional<Path> named() {
        return Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(System.getenv("DOLMEN_CONFIG")).map(Path::of));
    }

    private Optional<Path> existing() {
        return Stream.of(Path.of("."), home())
                .map(folder -> folder.resolve(SETTINGS_FILE))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path home() {
        return Path.of(System.getProperty("dolmen.home", "."));
    }
}
