package dolmen.catalog;

import dolmen.model.Ahead;
import dolmen.model.Backup;
import dolmen.model.Label;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which backups may be the default of anything: the newest one, a fresh one, a base, a reason to remove others. A suspicious or
 * damaged one never is, nor is one of the future. Everything that chooses among backups asks here.
 */
public record GoodBackups(Ahead ahead) {
    /** Whether this one counts. */
    public boolean counts(Backup backup) {
        return backup.state().isVerified() && !ahead.is(backup.manifest());
    }

    /** Those that count, the newest first, each read when it is asked for; what cannot be read is passed over by the reader. */
    public Stream<Backup> newestFirst(Collection<Label> labels, Function<Label, Optional<Backup>> reader) {
        return ahead.without(labels).stream()
                .sorted(Comparator.reverseOrder())
                .flatMap(label -> reader.apply(label).stream())
                .filter(this::counts);
    }
}
