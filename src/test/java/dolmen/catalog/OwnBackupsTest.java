package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Backup;
import dolmen.model.Manifest;
import dolmen.model.Sameness;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of several stacks in one catalog; a stack's letter is its database. */
@Tag("T47")
class OwnBackupsTest {
    @TempDir
    Path home;

    private Catalog catalog;
    private OwnStack state;

    @BeforeEach
    void an_empty_catalog() {
        catalog = new Catalog(home.resolve("backup"));
        state = new OwnStack(home.resolve("state"), Optional.empty());
    }

    @Test
    void t47_the_stack_of_the_last_backup_is_remembered_and_its_newest_is_taken() {
        publish("20260101-020000", stack("a"));
        publish("20260102-020000", stack("b"));
        state.remember(stack("a"));
        assertThat(newest(state)).contains("20260101-020000");
        assertThat(choose(state)).isEqualTo("20260101-020000");
    }

    @Test
    void t47_a_name_decides_without_asking_and_what_is_remembered_tells_of_backups_without_one() {
        publish("20260101-020000", stack("a").named(Optional.of("shop")));
        publish("20260102-020000", stack("b"));
        OwnStack shop = new OwnStack(home.resolve("state"), Optional.of("shop"));
        assertThat(newest(shop)).contains("20260101-020000");
        assertThat(shop.ask(() -> {
                            throw new AssertionError("asked");
                        })
                        .name())
                .contains("shop");
        state.remember(stack("b"));
        assertThat(newest(shop)).contains("20260102-020000");
    }

    @Test
    void t47_while_nothing_is_known_the_newest_is_taken_where_all_are_of_one_stack() {
        publish("20260101-020000", stack("a"));
        publish("20260102-020000", stack("a"));
        assertThat(newest(state)).contains("20260102-020000");
        assertThat(choose(state)).isEqualTo("20260102-020000");
    }

    @Test
    void t47_while_nothing_is_known_none_of_several_stacks_is_taken_and_a_person_gets_the_list() {
        publish("20260101-020000", stack("a"));
        publish("20260102-020000", stack("b"));
        assertThat(newest(state)).isEmpty();
        assertThatThrownBy(() -> choose(state)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused)
                    .hasMessageContainingAll("20260101-020000 of database a", "20260102-020000 of database b");
            assertThat(refused.hint()).contains("Name the one that is meant");
        });
    }

    @Test
    void t47_nothing_of_another_stack_is_the_newest_but_a_new_stack_can_be_restored_from_it() {
        publish("20260101-020000", stack("a"));
        state.remember(stack("new"));
        assertThat(newest(state)).isEmpty();
        assertThat(choose(state)).isEqualTo("20260101-020000");
    }

    @Test
    void t47_a_stack_that_answers_is_asked_first_and_a_silent_one_is_the_one_of_the_last_backup() {
        publish("20260101-020000", stack("a"));
        publish("20260102-020000", stack("b"));
        state.remember(stack("b"));
        assertThat(new OwnBackups(state, () -> stack("a")).choose(catalog))
                .extracting(backup -> backup.manifest().label().text())
                .isEqualTo("20260101-020000");
        Supplier<StackIdentity> silent = () -> {
            throw new Unavailable("it does not answer", "Start it.");
        };
        assertThat(new OwnBackups(state, silent).choose(catalog))
                .extracting(backup -> backup.manifest().label().text())
                .isEqualTo("20260102-020000");
        assertThat(state.ask(silent)).isEqualTo(stack("b"));
        StackIdentity untold = new OwnStack(home.resolve("other"), Optional.empty()).ask(silent);
        assertThat(untold.compare(stack("b"))).isEqualTo(Sameness.UNKNOWN);
    }

    @Test
    void t47_a_backup_of_format_1_belongs_to_the_stack_whose_identifier_it_has_unless_its_dump_names_another()
            throws Exception {
        StackIdentity first = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());
        publish("20260101-020000", first);
        state.remember(stack("a"));
        assertThat(newest(state)).contains("20260101-020000");
        Files.writeString(
                home.resolve("backup/20260101-020000/druid_metadata_dump.sql"),
                "--\n-- PostgreSQL database dump\n--\n\n--\n-- Name: b; Type: DATABASE; Schema: -; Owner: druid\n--\n");
        assertThat(newest(state)).isEmpty();
        state.remember(stack("b"));
        assertThat(newest(state)).contains("20260101-020000");
    }

    @Test
    void t47_an_old_backup_that_cannot_be_read_keeps_a_new_stack_from_nothing_but_a_newer_one_does() throws Exception {
        publish("20260101-020000", stack("a"));
        publish("20260102-020000", stack("a"));
        state.remember(stack("new"));
        Files.writeString(home.resolve("backup/20260101-020000/manifest.json"), "{");
        assertThat(choose(state)).isEqualTo("20260102-020000");
        publish("20260103-020000", stack("a"));
        Files.writeString(home.resolve("backup/20260103-020000/manifest.json"), "{");
        assertThatThrownBy(() -> choose(state)).isInstanceOf(Damaged.class);
    }

    @Test
    void what_was_remembered_and_cannot_be_read_is_not_known() throws Exception {
        state.remember(stack("a"));
        Files.writeString(home.resolve("state/stack.json"), "{");
        assertThat(state.known()).isEqualTo(StackIdentity.UNKNOWN);
    }

    private Optional<String> newest(OwnStack of) {
        return new OwnBackups(of)
                .newest(catalog::good)
                .map(Backup::manifest)
                .map(manifest -> manifest.label().text());
    }

    private String choose(OwnStack of) {
        return new OwnBackups(of).choose(catalog).manifest().label().text();
    }

    private static StackIdentity stack(String database) {
        return new StackIdentity(
                Optional.empty(),
                Optional.of("1"),
                Optional.of(database),
                Optional.of("shared"),
                Optional.empty(),
                new TreeMap<>());
    }

    private void publish(String label, StackIdentity stack) {
        Manifest manifest = Manifests.of(label, Manifest.VERIFIED).of(stack);
        Path staging = catalog.stageAgain(manifest.label());
        catalog.write(staging, manifest);
        catalog.publish(staging);
    }
}
