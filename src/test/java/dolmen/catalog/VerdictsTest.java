package dolmen.catalog;

import static dolmen.model.BackupState.Trust.DAMAGED;
import static dolmen.model.BackupState.Trust.SUSPICIOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Artifact;
import dolmen.model.BackupState;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.Verdict;
import dolmen.model.Verdict.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about a published backup later, and what it says of its state. */
class VerdictsTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void a_backup_has_no_verdicts_before_anything_was_found_out() {
        assertThat(Verdicts.in(folder)).isEmpty();
    }

    @Test
    void verdicts_are_appended_a_line_each_and_only_their_owner_can_read_them() throws Exception {
        StackIdentity stack = new StackIdentity(Optional.of("shop"), Optional.of("7"), new TreeMap<>());
        Verdict adopted = new Verdict(NOON, "here", Kind.ADOPTED, List.of(), Optional.of(stack));
        Verdicts.add(folder, verdict(Kind.SUSPICIOUS, "a segment is missing", "so is \u00e4nother"));
        Verdicts.add(folder, adopted);

        assertThat(Verdicts.in(folder))
                .containsExactly(verdict(Kind.SUSPICIOUS, "a segment is missing", "so is \u00e4nother"), adopted);
        assertThat(Files.readString(file()))
                .startsWith(
                        "{\"time\":\"2026-11-29T12:00:00Z\",\"host\":\"here\",\"kind\":\"suspicious\",\"reasons\":[\"a")
                .endsWith("}\n")
                .hasLineCount(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void what_the_last_one_of_its_kind_says_is_not_written_again() {
        Verdicts.add(folder, verdict(Kind.DAMAGED, "a file is gone"));
        Verdicts.add(folder, verdict(Kind.ACCEPTED, "other"));
        Verdicts.add(folder, verdict(Kind.DAMAGED, "a file is gone"));
        assertThat(Verdicts.in(folder)).hasSize(2);
    }

    @Test
    void a_line_that_is_cut_off_at_the_end_counts_as_not_written() throws Exception {
        Verdicts.add(folder, verdict(Kind.SUSPICIOUS, "first"));
        String line = Files.readString(file());
        Files.writeString(file(), line.substring(0, line.length() - 1), StandardOpenOption.APPEND);
        assertThat(Verdicts.in(folder)).containsExactly(verdict(Kind.SUSPICIOUS, "first"));

        Verdicts.add(folder, verdict(Kind.DAMAGED, "second"));

        assertThat(Verdicts.in(folder))
                .containsExactly(verdict(Kind.SUSPICIOUS, "first"), verdict(Kind.DAMAGED, "second"));
    }

    @Test
    void lines_that_cannot_be_read_are_not_passed_over() throws Exception {
        for (String wrong : List.of("{", "{\"kind\":\"damaged\"}", "null", "{\"time\":7}")) {
            Files.writeString(file(), wrong + "\n");
            assertThatThrownBy(() -> Verdicts.in(folder)).as(wrong).isInstanceOf(Damaged.class);
        }
        Files.writeString(
                file(), "{\"time\":\"2026-11-29T12:00:00Z\",\"host\":\"h\",\"kind\":\"drill\",\"reasons\":[]}\n");
        assertThatThrownBy(() -> Verdicts.in(folder))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("the word 'drill', which this Dolmen does not know");
        Files.delete(file());
        Files.createSymbolicLink(file(), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> Verdicts.in(folder)).isInstanceOf(Damaged.class);
    }

    @Test
    void only_what_is_accepted_gives_trust_back_reason_by_reason_and_never_from_damaged() {
        assertThat(state()).isEqualTo(BackupState.VERIFIED);
        Verdicts.add(folder, verdict(Kind.SUSPICIOUS, "a", "b"));
        assertThat(state()).isEqualTo(new BackupState(SUSPICIOUS, List.of("a", "b")));
        Verdicts.add(folder, verdict(Kind.ACCEPTED, "a"));
        assertThat(state()).isEqualTo(new BackupState(SUSPICIOUS, List.of("b")));
        Verdicts.add(folder, verdict(Kind.ACCEPTED, "b"));
        assertThat(state()).isEqualTo(BackupState.VERIFIED);
        Verdicts.add(folder, verdict(Kind.SUSPICIOUS, "c"));
        Verdicts.add(folder, verdict(Kind.DAMAGED, "the dump has changed"));
        Verdicts.add(folder, verdict(Kind.ACCEPTED, "the dump has changed", "c"));
        assertThat(state()).isEqualTo(new BackupState(DAMAGED, List.of("the dump has changed")));
    }

    @Test
    void a_suspicious_or_damaged_backup_is_never_the_newest_good_one() throws Exception {
        Catalog catalog = new Catalog(folder);
        SmallBackups.full(catalog, new Label("20261123-020000"), 10);
        SmallBackups.full(catalog, new Label("20261124-020000"), 10);
        Path newest = folder.resolve("20261124-020000");

        Verdicts.add(newest, verdict(Kind.SUSPICIOUS, "a"));
        assertThat(AnyStack.newestGood(catalog).manifest().label()).hasToString("20261123-020000");
        Verdicts.add(newest, verdict(Kind.ACCEPTED, "a"));
        assertThat(AnyStack.newestGood(catalog).manifest().label()).hasToString("20261124-020000");
        Verdicts.add(newest, verdict(Kind.DAMAGED, "b"));
        assertThat(AnyStack.newestGood(catalog).manifest().label()).hasToString("20261123-020000");
        assertThat(catalog.good().findFirst())
                .hasValueSatisfying(
                        backup -> assertThat(backup.manifest().label()).hasToString("20261123-020000"));
    }

    private BackupState state() {
        return BackupState.of(Optional.of(Manifests.of("20261124-020000", Manifest.VERIFIED)), Verdicts.in(folder));
    }

    private Path file() {
        return folder.resolve(Artifact.VERDICTS);
    }

    private static Verdict verdict(Kind kind, String... reasons) {
        return Verdict.of(NOON, "here", kind, List.of(reasons));
    }
}
