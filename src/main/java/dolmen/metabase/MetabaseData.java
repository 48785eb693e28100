package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.stack.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Metabase's data for the steps of a backup and of a restore, of whatever kind its database is. */
public final class MetabaseData {
    private final MetabaseStack stack;
    private final Map<String, DatabaseKind> kinds = new LinkedHashMap<>();

    /** {@code factories} make the kinds that can be saved, by the words of {@code dolmen.metabase.kind}. */
    public MetabaseData(MetabaseStack stack, Map<String, DatabaseKind.Factory> factories) {
        this.stack = stack;
        factories.forEach((word, factory) -> kinds.put(word, factory.in(stack)));
    }

    /** Where Metabase keeps its data, looked up anew at each call. */
    public ApplicationDatabase database() {
        return new MetabaseLocator(stack.settings(), stack.host(), kinds).locate();
    }

    /** Whether the stack has a Metabase whose data can be saved. */
    public boolean isThere() {
        return !database().place().isNone();
    }

    /** The name of the service that runs Metabase. */
    public String service() {
        return stack.settings().service();
    }

    /**
     * Copies the database into the staging folder of a backup, and counts what is read and written; of a stack without one the
     * result has no artifact.
     */
    public ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter) {
        ApplicationDatabase database = database();
        ApplicationDatabaseCopy copy = database.archive(staging, run, meter);
        return metabase()
                .filter(service -> !database.place().isNone())
                .map(metabase -> copy.ofMetabase(metabase.image(), EncryptionKey.fingerprint(metabase)))
                .orElse(copy);
    }

    /** The file of Metabase's data in a backup, if it has one. */
    public static Optional<Path> fileOf(BackupContents backup) {
        return Stream.of(Artifact.METABASE_ARCHIVE, Artifact.METABASE_DUMP)
                .map(backup::file)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** What the backup holds of Metabase: by its manifest, or by reading its file where it has no manifest. */
    public Optional<ApplicationDatabaseCopy> held(BackupContents backup) {
        return fileOf(backup)
                .map(file -> backup.manifest()
                        .flatMap(manifest -> manifest.metabase())
                        .orElseGet(() -> contents(file)));
    }

    /** Reads the backup's copy to its end, and returns its warnings. Throws {@code Damaged} when it is no such copy. */
    public List<String> read(BackupContents backup) {
        return fileOf(backup).map(file -> contents(file).warnings()).orElse(List.of());
    }

    private ApplicationDatabaseCopy contents(Path file) {
        return kinds.values().stream()
                .filter(kind -> kind.reads(file))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind of database reads " + file))
                .contents(file);
    }

    /**
     * Why the stack's database cannot take this file; a file of another kind is left to {@link #compare}. What is loaded for it is
     * counted.
     */
    public List<String> objections(Path file, Meter meter) {
        ApplicationDatabase database = database();
        return Optional.ofNullable(kinds.get(database.place().kind()))
                .filter(kind -> kind.reads(file))
                .map(kind -> database.objections(file, meter))
                .orElse(List.of());
    }

    /** Whether this copy fits the stack as it is now: kind of database, encryption key, version of Metabase. */
    public Comparison compare(ApplicationDatabaseCopy held) {
        Place place = database().place();
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (!held.kind().equals(place.kind())) {
            refusals.add("the backup holds Metabase's data as " + held.kind() + ", the stack uses " + place.kind()
                    + " (" + place.foundBy() + ")");
        }
        metabase().ifPresent(metabase -> {
            EncryptionKey.difference(held.encryptionKey(), metabase).ifPresent(warnings::add);
            MetabaseVersion.compare(held.image(), metabase.image(), refusals, warnings);
        });
        return new Comparison(refusals, warnings);
    }

    /** Why a restore is refused, and what a person should know before one; both may be empty. */
    public record Comparison(List<String> refusals, List<String> warnings) {
        public Comparison {
            refusals = List.copyOf(refusals);
            warnings = List.copyOf(warnings);
        }
    }

    private Optional<Service> metabase() {
        return stack.host().find(stack.settings().service());
    }
}
