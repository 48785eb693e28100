package dolmen.examination;

import dolmen.druid.PartitionSets;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.DumpSummary;
import dolmen.model.HeapNeed;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;

/** Reads the metadata dump from its head to its end marker. */
public final class ReadDump implements MeteredStep<BackupContents, BackupContents> {
    private final MetadataDumps dumps;

    public ReadDump(MetadataDumps dumps) {
        this.dumps = dumps;
    }

    @Override
    public BackupContents run(BackupContents backup, Meter meter) {
        Path file = backup.file(Artifact.METADATA_DUMP);
        meter.expect(file.toFile().length());
        PartitionSets sets = new PartitionSets();
        DumpSummary dump = dumps.read(file, meter, sets::add);
        HeapNeed.require(dump.usedSegments());
        backup.manifest()
                .filter(manifest -> !manifest.tables().equals(dump.rows()))
                .ifPresent(manifest -> {
                    throw new Damaged(
                            "the dump of " + backup.name() + " has the rows " + dump.rows() + ", its manifest says "
                                    + manifest.tables(),
                            "Use another backup; dump and manifest are not of the same run.");
                });
        BackupContents read = backup.withDump(dump);
        for (String line : sets.lines()) {
            read = read.note("warning: " + line);
        }
        return read;
    }
}
