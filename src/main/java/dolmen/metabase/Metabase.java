package dolmen.metabase;

import dolmen.model.ApplicationDatabase;
import dolmen.model.ApplicationDatabase.Kind;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings;
import dolmen.stack.Host;
import dolmen.stack.Service;
import dolmen.stack.StoppedServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Metabase's application database in a stack: where it is, out of it, and what a backup of it means for it. */
public final class Metabase {
    private final MetabaseSettings settings;
    private final Host host;
    private final StoppedServices stopped;
    private final Supplier<Meter> meters;

    public Metabase(MetabaseSettings settings, Host host, StoppedServices stopped) {
        this(settings, host, stopped, () -> Meter.NONE);
    }

    /** The same; the bytes of archives that are made, opened and staged are counted. */
    public Metabase(MetabaseSettings settings, Host host, StoppedServices stopped, Supplier<Meter> meters) {
        this.settings = settings;
        this.host = host;
        this.stopped = stopped;
        this.meters = meters;
    }

    /** Where Metabase keeps its data, from the environment of its container. */
    public Located locate() {
        return new MetabaseLocator(settings, host).locate();
    }

    /** What is known of the database before it is copied; a dump of PostgreSQL is added with {@code with}. */
    public ApplicationDatabase describe(Located located) {
        Optional<Service> service = located instanceof NoDatabase ? Optional.empty() : host.find(settings.service());
        return new ApplicationDatabase(
                kind(located),
                located.foundBy(),
                place(located),
                Optional.empty(),
                List.of(),
                new TreeMap<>(),
                Optional.empty(),
                service.map(Service::image).orElse(""),
                service.map(EncryptionKey::fingerprint).orElse(EncryptionKey.UNKNOWN),
                located instanceof H2Location h2 ? h2.warnings() : List.of(),
                Optional.empty());
    }

    /**
     * Archives the H2 files into the folder as {@code metabase_data.tar}, stopping Metabase for the copy only, and opens
     * the copy. Throws {@code Failed} when there is no file, {@code Damaged} when the copy does not open.
     */
    public ApplicationDatabase archive(H2Location location, Path folder, String run) {
        Meter meter = meters.get();
        if (!location.present()) {
            throw new StepFailure.Failed(
                    "Metabase has no H2 file " + location.file() + " (" + location.foundBy() + ")", location.hint());
        }
        Artifact artifact = new H2Backup(host, stopped, meter).copy(location, folder, run);
        H2Archive.Contents contents = open(folder.resolve(artifact.name()), location.base(), folder, meter);
        if (!contents.sha256().equals(artifact.sha256())) {
            throw new StepFailure.Damaged(
                    artifact.name() + " is not on disk as it was written",
                    "Check the disk, and make the backup again.");
        }
        return filled(describe(location), contents, Optional.of(artifact));
    }

    /** What an archive of H2 files holds, ours or a script's; the scratch folder needs room for the database once. */
    public ApplicationDatabase examine(Path tar, Path scratch) {
        H2Archive.Contents contents = open(tar, base(), scratch, Meter.NONE);
        ApplicationDatabase bare = new ApplicationDatabase(
                Kind.H2,
                "the archive",
                "/" + contents.members().database().replaceFirst("\\.mv\\.db$", ""),
                Optional.empty(),
                List.of(),
                new TreeMap<>(),
                Optional.empty(),
                "",
                EncryptionKey.UNKNOWN,
                List.of(),
                Optional.empty());
        return filled(bare, contents, Optional.empty());
    }

    /** Exchanges the H2 files at this place. */
    public H2Restore restore(H2Location location) {
        return new H2Restore(location, host, stopped, settings, meters);
    }

    /** What stands against restoring this database into the stack as it is now. */
    public Comparison compare(ApplicationDatabase held) {
        Located located = locate();
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (held.kind() != kind(located)) {
            refusals.add("the backup holds Metabase's data as " + held.kind().word() + ", the stack uses "
                    + kind(located).word() + " (" + located.foundBy() + ")");
        }
        if (located instanceof H2Location h2 && !h2.mounted()) {
            refusals.add("Metabase's H2 file lies on no volume, so it cannot be exchanged");
        }
        host.find(settings.service()).ifPresent(service -> {
            EncryptionKey.difference(held.encryptionKey(), service).ifPresent(warnings::add);
            MetabaseVersion.compare(held.image(), service.image(), refusals, warnings);
        });
        return new Comparison(refusals, warnings);
    }

    /** Reasons not to restore, and what to know before. Both empty: nothing stands against it. */
    public record Comparison(List<String> refusals, List<String> warnings) {
        public Comparison {
            refusals = List.copyOf(refusals);
            warnings = List.copyOf(warnings);
        }
    }

    private H2Archive.Contents open(Path tar, String base, Path scratch, Meter meter) {
        return new H2Archive(tar, base, settings.user(), settings.password(), meter).open(scratch);
    }

    private String base() {
        return settings.file()
                .map(file -> Path.of(file).getFileName().toString().replaceFirst("\\.mv\\.db$", ""))
                .orElse("metabase.db");
    }

    private static ApplicationDatabase filled(
            ApplicationDatabase bare, H2Archive.Contents contents, Optional<Artifact> artifact) {
        ApplicationDatabase whole = new ApplicationDatabase(
                bare.kind(),
                bare.foundBy(),
                bare.location(),
                artifact,
                contents.members().names(),
                contents.counts(),
                Optional.of(contents.format()),
                bare.image(),
                bare.encryptionKey(),
                bare.warnings(),
                bare.said());
        return whole.warned(warnings(contents.format(), contents.counts()));
    }

    private static List<String> warnings(String format, SortedMap<String, Long> counts) {
        if (!format.equals(H2File.READABLE)) {
            String writer = format.equals("1") ? "H2 1.x" : "H2 2.2 or later";
            return List.of("Metabase's file was written by " + writer + ": it is kept, but it was not opened");
        }
        return counts.getOrDefault("core_user", 0L) > 0 ? List.of() : List.of("Metabase's database has no user yet");
    }

    private static Kind kind(Located located) {
        if (located instanceof H2Location) {
            return Kind.H2;
        }
        return located instanceof PostgresLocation ? Kind.POSTGRES : Kind.NONE;
    }

    private static String place(Located located) {
        if (located instanceof H2Location h2) {
            return h2.path();
        }
        return located instanceof PostgresLocation postgres ? postgres.database() : "";
    }
}
