package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.HostName;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.Verdict;
import dolmen.model.Verdict.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found out about a backup goes wherever it goes. */
class CarriedVerdictsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);
    private static final Verdict DOUBT =
            Verdict.of(Instant.parse("2026-11-29T12:00:00Z"), "here", Kind.SUSPICIOUS, List.of("two rows are gone"));
    private static final Verdict DAMAGE =
            Verdict.of(NOON.instant(), HostName.here(), Kind.DAMAGED, List.of("its archive has changed"));

    @TempDir
    Path folder;

    private ThreeBackups backups;

    @BeforeEach
    void a_bucket_and_three_backups() throws Exception {
        backups = new ThreeBackups(folder);
    }

    @AfterEach
    void ends() {
        backups.close();
    }

    @Test
    void an_upload_brings_them_there_and_a_later_one_those_that_came_since_and_a_fetch_back() {
        backups.upload(LAST);
        assertThat(backups.remote.verdicts().of(LAST)).isEmpty();
        Verdicts.add(home(LAST), DOUBT);
        backups.upload(LAST);
        assertThat(backups.remote.verdicts().of(LAST)).containsExactly(DOUBT);
        assertThat(backups.records.find(LAST).verdicts()).containsExactly(DOUBT);

        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        new BackupFetch(backups.remote, empty, request -> request.backup().label()).fetch(LAST, Meter.NONE);

        Backup fetched = empty.find(LAST);
        assertThat(fetched.verdicts()).containsExactly(DOUBT);
        FileCheck.check(BackupContents.begin(fetched.folder(), Optional.of(fetched.manifest())));
    }

    @Test
    void what_is_found_out_in_the_bucket_is_kept_there_until_a_whole_upload_proves_the_opposite() throws Exception {
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        backups.remote.verdicts().keepDamage(LAST, new Damaged("its archive has changed", "Use another."), NOON);
        Path scratch = folder.resolve("scratch");
        assertThat(newest(scratch)).isEqualTo(UNNEEDED);
        assertThat(new LastGood(new Catalog(folder.resolve("none")), backups.records, AnyStack.OWN).find())
                .hasValueSatisfying(good -> assertThat(good.manifest().label()).isEqualTo(UNNEEDED));
        Path archive = folder.resolve("s3/backups/stack/" + FULL + "/druid_shared.tar");
        byte[] content = Files.readAllBytes(archive);
        content[7] ^= 1;
        Files.write(archive, content);
        assertThat(backups.remote.verdicts().of(LAST)).containsExactly(DAMAGE);

        backups.upload(LAST);

        content[7] ^= 1;
        assertThat(archive).hasBinaryContent(content);
        assertThat(backups.remote.verdicts().of(LAST)).isEmpty();
        assertThat(newest(scratch)).isEqualTo(LAST);
    }

    @Test
    void a_copy_has_them_and_gets_those_that_came_since() {
        Path target = folder.resolve("copy");
        FileSender sender = (file, name, meter) -> send(file, target.resolve(name));
        BackupSender copy = new BackupSender(
                new CopyStore(ProvenFiles.ofCopies(backups.state, "there"), sender, "there"), Meter.NONE);
        copy.send(backups.catalog.find(LAST), backups.catalog.folder());
        Verdicts.add(home(LAST), DOUBT);

        assertThat(copy.send(backups.catalog.find(LAST), backups.catalog.folder())
                        .files())
                .isEqualTo(1);

        assertThat(new Catalog(target).find(LAST).verdicts()).containsExactly(DOUBT);
    }

    @Test
    void pruning_removes_them() {
        Verdicts.add(home(FULL), DOUBT);
        PrunableBackups here = PrunableBackups.of(backups.catalog);
        here.unpublish(FULL);
        here.keepArchiveOnly(FULL);
        assertThat(home(FULL).resolve(Artifact.VERDICTS)).doesNotExist();

        backups.upload(UNNEEDED);
        backups.remote.verdicts().add(UNNEEDED, DOUBT);
        backups.objects(backups.store).unpublish(UNNEEDED);
        backups.objects(backups.store).keepArchiveOnly(UNNEEDED);
        assertThat(backups.store.list("stack/" + UNNEEDED))
                .noneMatch(key -> key.endsWith(Artifact.VERDICTS))
                .anyMatch(key -> key.endsWith(Artifact.SEGMENT_ARCHIVE));
    }

    private Label newest(Path scratch) {
        GoodInBucket good = new GoodInBucket(backups.remote, backups.catalog::ahead, scratch);
        return good.newestFirst().findFirst().orElseThrow().manifest().label();
    }

    private Path home(Label label) {
        return backups.catalog.folder().resolve(label.text());
    }

    private static void send(Path file, Path target) {
        try {
            SafeFiles.folder(target.getParent());
            SafeFiles.write(target, Files.readAllBytes(file));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
