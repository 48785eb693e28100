package dolmen.commands;

import dolmen.model.BackupChoice;
import dolmen.model.Label;
import dolmen.model.StepFailure.Unusable;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which backup a command is about: a label, a folder, or the newest good one. */
final class Selection {
    @Mixin
    private LabelOnly only;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "A folder with druid_metadata_dump.sql, druid_shared.tar and, where there is one, "
                    + "metabase_data.tar or metabase_dump.sql.")
    private Path from;

    /** The backup that is meant. */
    BackupChoice backup() {
        return new BackupChoice(label(), from());
    }

    Optional<Label> label() {
        if (only.label().isPresent() && from != null) {
            throw new Unusable("both a label and --from were given", "Name one of them.");
        }
        return only.label();
    }

    Optional<String> from() {
        return Optional.ofNullable(from)
                .map(folder -> folder.toAbsolutePath().normalize().toString());
    }
}
