package dolmen.metabase;

import dolmen.archive.Digests;
import dolmen.archive.SafeFiles;
import dolmen.database.postgres.DumpReader;
import dolmen.database.postgres.EarlierRuns;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.RestoreScript;
import dolmen.database.postgres.ServerInfo;
import dolmen.model.ApplicationDatabase;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Metabase's application database, H2 or PostgreSQL, for the steps: archived into a backup, and staged, swapped in,
 * swapped back or dropped by a restore. Every method is repeatable and looks at the stack anew.
 */
public final class MetabaseData {
    private final Metabase metabase;
    private final Host host;
    private final MetabaseSettings settings;
    private final Path scratch;
    private final Supplier<Meter> meters;

    /** {@code scratch} is a folder of this machine for copies that are opened. */
    public MetabaseData(Metabase metabase, Host host, MetabaseSettings settings, Path scratch) {
        this(metabase, host, settings, scratch, () -> Meter.NONE);
    }

    /** The same; the bytes of dumps that are made and loaded are counted, those of H2 files by {@link Metabase}. */
    public MetabaseData(Metabase metabase, Host host, MetabaseSettings settings, Path scratch, Supplier<Meter> meters) {
        this.metabase = metabase;
        this.host = host;
        this.settings = settings;
        this.scratch = scratch;
        this.meters = meters;
    }

    /** Whether the stack has a Metabase whose data can be saved. */
    public boolean isThere() {
        return !(metabase.locate() instanceof NoDatabase);
    }

    /** Copies or dumps the database into the staging folder of a backup; nothing when Metabase has none. */
    public ApplicationDatabase archive(Path staging, String run) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            return metabase.archive(h2, staging, run);
        }
        if (located instanceof PostgresLocation postgres) {
            Path file = staging.resolve(Artifact.METABASE_DUMP);
            List<String> warnings = new ArrayList<>();
            DumpSummary dump = store(postgres).dump(file, warnings::add);
            return metabase.describe(located)
                    .with(Digests.artifact(file), dump.rows())
                    .warned(warnings);
        }
        return metabase.describe(located);
    }

    /** The file of Metabase's data in a backup, if it has one. */
    public static Optional<Path> fileOf(BackupContents backup) {
        return Stream.of(Artifact.METABASE_ARCHIVE, Artifact.METABASE_DUMP)
                .map(backup::file)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** What the backup holds of Metabase: as its manifest says, else as its file does. */
    public Optional<ApplicationDatabase> held(BackupContents backup) {
        return fileOf(backup)
                .map(file -> backup.manifest()
                        .flatMap(manifest -> manifest.metabase())
                        .orElseGet(() -> file.endsWith(Artifact.METABASE_ARCHIVE)
                                ? metabase.examine(file, scratch())
                                : dumped(file)));
    }

    /** Reasons not to restore it here, and what to know before. */
    public Metabase.Comparison compare(ApplicationDatabase held) {
        return metabase.compare(held);
    }

    /** Reasons for which PostgreSQL would not take a dump of Metabase's database; none for H2. */
    public List<String> objections(Path file) {
        List<String> objections = new ArrayList<>();
        if (metabase.locate() instanceof PostgresLocation postgres && file.endsWith(Artifact.METABASE_DUMP)) {
            ServerInfo server = store(postgres).server();
            if (!server.mayCreateDatabases()) {
                objections.add("the user of Metabase's PostgreSQL may not replace database " + postgres.database()
                        + ": it must own it, and may create databases (ALTER ROLE ... CREATEDB)");
            }
            try {
                new RestoreScript(server).check(DumpReader.read(file, new MetabaseProfile(), Meter.NONE));
            } catch (Refused older) {
                objections.add("Metabase: " + older.getMessage());
            }
        }
        return objections;
    }

    /** Ends what earlier runs left at the server of its database, as {@link EarlierRuns} does. */
    public void endEarlierRuns() {
        if (metabase.locate() instanceof PostgresLocation postgres) {
            new EarlierRuns(host, settings(postgres)).end();
        }
    }

    /** Where Metabase's data are in the stack, for a person. */
    public String place() {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            return h2.file() + " of " + h2.service();
        }
        return located instanceof PostgresLocation postgres ? "database " + postgres.database() : "nothing";
    }

    /** The service that runs Metabase. */
    public String service() {
        return settings.service();
    }

    /** Lays the backup's data beside the present one. */
    public void stage(Path file, String mark) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            metabase.restore(h2).stage(file, mark, scratch());
        } else if (located instanceof PostgresLocation postgres) {
            PostgresDatabase store = store(postgres);
            String side = store.names().fresh(mark);
            store.createSide(side);
            Meter meter = meters.get();
            meter.expect(file.toFile().length());
            store.loadSide(side, file, DumpReader.read(file, new MetabaseProfile(), meter));
        }
    }

    /** Exchanges the two; Metabase does not run meanwhile. */
    public void swapIn(String mark) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            metabase.restore(h2).swapIn(mark);
        } else if (located instanceof PostgresLocation postgres) {
            PostgresDatabase store = store(postgres);
            store.swap(store.names().fresh(mark), store.names().old(mark));
        }
    }

    /** Puts the old data back, however far the restore came; what had replaced it is kept aside. */
    public void swapBack(String mark) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            metabase.restore(h2).swapBack(mark);
        } else if (located instanceof PostgresLocation postgres) {
            PostgresDatabase store = store(postgres);
            if (store.exists(store.names().old(mark))) {
                store.swapBack(store.names().old(mark), store.names().aside(mark));
            }
        }
    }

    /** Removes for good what the restore had brought, once the old data are back. */
    public void dropNew(String mark) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            metabase.restore(h2).dropOld(mark);
        } else if (located instanceof PostgresLocation postgres) {
            PostgresDatabase store = store(postgres);
            store.drop(store.names().aside(mark));
            store.drop(store.names().fresh(mark));
        }
    }

    /** Removes for good what the restore replaced. */
    public void drop(String mark) {
        Located located = metabase.locate();
        if (located instanceof H2Location h2) {
            metabase.restore(h2).dropOld(mark);
        } else if (located instanceof PostgresLocation postgres) {
            PostgresDatabase store = store(postgres);
            store.drop(store.names().old(mark));
        }
    }

    private ApplicationDatabase dumped(Path file) {
        DumpSummary dump = DumpReader.read(file, new MetabaseProfile(), Meter.NONE);
        return new ApplicationDatabase(
                ApplicationDatabase.Kind.POSTGRES,
                "the dump",
                "",
                Optional.empty(),
                List.of(),
                dump.rows(),
                Optional.empty(),
                "",
                "unknown",
                List.of(),
                Optional.empty());
    }

    private PostgresDatabase store(PostgresLocation location) {
        return new PostgresDatabase(host, settings(location), new MetabaseProfile(), meters);
    }

    private MetadataSettings settings(PostgresLocation location) {
        return new MetadataSettings(
                location.service(),
                location.database(),
                location.user(),
                location.password(),
                location.host(),
                location.port(),
                settings.limit());
    }

    private Path scratch() {
        return SafeFiles.folder(scratch);
    }
}
