package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.runs.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackMetabaseTest {
    @TempDir
    Path folder;

    @Test
    @Tag("TR-06")
    void the_report_says_that_metabase_was_left_out_and_why() throws Exception {
        assertThat(report("")).containsExactly("Metabase: left as it is, since the backup holds none");
        Files.createFile(folder.resolve(Artifact.METABASE_DUMP));
        assertThat(report("metabase=skip")).containsExactly("Metabase: left as it is, as was asked");
    }

    private Iterable<String> report(String trigger) throws Exception {
        Path file = Files.writeString(folder.resolve("now.restore"), trigger);
        Run run = Run.begin(Trigger.read(file), Instant.EPOCH);
        MetabaseData untouched = new MetabaseData(new MetabaseStack(null, null, null, folder), Map.of());
        RestoreRun restore = RestoreRun.begin(run, BackupContents.begin(folder, Optional.empty()));
        return new UnpackMetabase(untouched).run(restore, Meter.NONE).details();
    }
}
