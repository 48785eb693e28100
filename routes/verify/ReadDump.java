package verify;

import dolmen.metadata.MetadataDumpReader;
import dolmen.model.Artifact;
import dolmen.model.DumpSummary;
import dolmen.model.Examination;
import dolmen.model.StepFailure.Damaged;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads the metadata dump from its head to its end marker. */
public final class ReadDump extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:read-dump")
                .routeId("read-dump")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Examination.class, ReadDump::read);
    }

    private static Examination read(Examination backup) {
        DumpSummary dump = MetadataDumpReader.read(backup.file(Artifact.METADATA_DUMP), segment -> {});
        backup.manifest()
                .filter(manifest -> !manifest.tables().equals(dump.rows()))
                .ifPresent(manifest -> {
                    throw new Damaged(
                            "the dump of " + backup.name() + " has the rows " + dump.rows() + ", its manifest says "
                                    + manifest.tables(),
                            "Use another backup; dump and manifest are not of the same run.");
                });
        return backup.withDump(dump);
    }
}
