package dolmen.catalog;

import static dolmen.catalog.RealBucket.STACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Meter;
import dolmen.model.PrunePlan;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Failed;
import dolmen.storage.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** By a fake, which also refuses what a test wants refused. */
class VersionedPruningTest extends VersionedPruningContract {
    private final FakeVersionedStore fake = new FakeVersionedStore();

    @Override
    ObjectStore store() {
        return fake;
    }

    @Override
    void hold(String key) {
        fake.hold(key);
    }

    @Override
    void release(String key) {
        fake.releaseAll();
    }

    @Test
    void t50_who_may_not_see_versions_is_told_that_they_stay_by_what_is_there() {
        fake.blind = true;
        PrunePlan plan = pruning(false).plan(STACK, Set.of());
        assertThat(plan.freed()).isZero();
        assertThat(plan.kept().count()).isGreaterThan(4);
        assertThat(pruning(false).carryOut(plan).kept()).isEqualTo(plan.kept());
    }

    @Test
    @Tag("T51")
    void t51_a_damaged_or_removed_object_may_be_whole_in_an_older_version_and_that_is_said() throws Exception {
        String archive = "stack/" + OLD + "/druid_shared.tar";
        Path scratch = Files.createDirectories(folder.resolve("verify"));
        fake.put(archive, "x".repeat(5000));
        assertThatThrownBy(() -> remote(false).verify(OLD, scratch, Meter.NONE))
                .isInstanceOfSatisfying(
                        Damaged.class,
                        found -> assertThat(found.hint())
                                .contains("Where the bucket keeps versions, an older version of it may be whole"));
        fake.delete(archive);
        assertThatThrownBy(() -> remote(false).verify(OLD, scratch, Meter.NONE))
                .isInstanceOfSatisfying(
                        Damaged.class,
                        found -> assertThat(found.hint())
                                .contains(
                                        "Where the bucket keeps versions, it may still be there under a delete marker"));

        fake.versions(archive).stream().skip(1).forEach(fake::delete);

        remote(false).verify(OLD, scratch, Meter.NONE);
    }

    @Test
    void t50_with_the_setting_who_may_not_see_versions_is_refused_before_anything_is_changed() {
        fake.blind = true;
        List<String> before = fake.list("");
        assertThatThrownBy(() -> pruning(true).plan(STACK, Set.of()))
                .isInstanceOfSatisfying(
                        Failed.class, refused -> assertThat(refused.hint()).contains("s3:ListBucketVersions"));
        assertThat(fake.list("")).isEqualTo(before);
    }
}
