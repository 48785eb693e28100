package dolmen.backup;

import dolmen.archive.Sums;
import dolmen.catalog.Catalog;
import dolmen.catalog.Shrinkage;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Checksum;
import dolmen.model.DumpSummary;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.Step;
import dolmen.model.Versions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what the backup holds and what was proven about it, and the sums of its files. */
public final class WriteManifest implements Step<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(WriteManifest.class);

    private final Catalog catalog;
    private final Function<StackIdentity, Optional<Backup>> lastGood;
    private final String version;
    private final String metabase;
    private final Clock clock;

    /**
     * {@code lastGood} finds the backup of the same stack that this one is compared with; {@code metabase} is the name of
     * the service that runs Metabase.
     */
    public WriteManifest(
            Catalog catalog,
            Function<StackIdentity, Optional<Backup>> lastGood,
            String version,
            String metabase,
            Clock clock) {
        this.catalog = catalog;
        this.lastGood = lastGood;
        this.version = version;
        this.metabase = metabase;
        this.clock = clock;
    }

    @Override
    public BackupRun run(BackupRun made) {
        BackupRun done = write(made);
        LOG.info("wrote the manifest of backup {}", done.label());
        return done;
    }

    private BackupRun write(BackupRun made) {
        // what shrank is found by the manifest that the backup would have without these warnings
        BackupRun backup =
                made.warn(Shrinkage.warnings(lastGood.apply(made.stack()).map(Backup::manifest), manifest(made)));
        Manifest manifest = manifest(backup);
        Map<String, Checksum> sums = new TreeMap<>();
        backup.artifacts().forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        sums.put(Artifact.MANIFEST, catalog.write(backup.staging(), manifest).sha256());
        Sums.write(backup.staging(), sums);
        return backup.withManifest(manifest);
    }

    private Manifest manifest(BackupRun backup) {
        DumpSummary dump = backup.dump().orElseThrow();
        Versions versions = new Versions(
                version,
                backup.druid().map(druid -> druid.version()),
                dump.serverVersion(),
                dump.clientVersion(),
                Optional.ofNullable(backup.stack().containers().get(metabase)).map(container -> container.image()));
        return new Manifest(
                Manifest.FORMAT,
                backup.label(),
                backup.kind(),
                backup.run().begun(),
                clock.instant(),
                backup.stack(),
                Layout.TAR,
                versions,
                backup.artifacts(),
                dump.rows(),
                dump.datasources(),
                dump.loadSpecs(),
                backup.coverage().orElseThrow(),
                backup.druid(),
                backup.metabase(),
                backup.segments().orElseThrow().transport(),
                backup.segments().orElseThrow().archives(),
                backup.warnings(),
                backup.reasons().isEmpty() ? Manifest.VERIFIED : Manifest.SUSPICIOUS,
                backup.reasons());
    }
}
