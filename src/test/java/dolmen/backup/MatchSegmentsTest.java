package dolmen.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarInspector;
import dolmen.deepstorage.local.Fixture;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.CountingMeter;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchSegmentsTest {
    private static final Path GOOD = Path.of("src/test/resources/backups/script-backup");
    private static final Label LABEL = new Label("20261124-020000");

    @TempDir
    Path staging;

    @Test
    void the_dump_that_is_read_for_the_used_segments_is_counted() throws Exception {
        Path dump = Files.copy(GOOD.resolve(Artifact.METADATA_DUMP), staging.resolve(Artifact.METADATA_DUMP));
        try (MemberIndex.Writer index = MemberIndex.create(staging.resolve(Artifact.SEGMENT_INDEX))) {
            TarInspector.digest(
                    GOOD.resolve(Artifact.SEGMENT_ARCHIVE),
                    (member, sum) -> sum.ifPresent(found ->
                            index.accept(new Member(member.name(), member.size(), found, LABEL, member.offset()))));
            index.finish();
        }
        CountingMeter meter = new CountingMeter();
        Run run = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), Instant.EPOCH);
        BackupRun matched = new MatchSegments(Fixture.PATHS, 1, new PostgresDumps())
                .run(BackupRun.begin(run, LABEL, staging, null), meter);
        assertThat(matched.coverage().orElseThrow().complete()).isTrue();
        assertThat(meter.expected()).isEqualTo(Files.size(dump));
        assertThat(meter.done()).isEqualTo(Files.size(dump));
    }
}
