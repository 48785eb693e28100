package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every place with backups does; each implementation's test extends this. */
public abstract class BackupStoreContract {
    static final Label FIRST = new Label("20261122-020000");
    static final Label SECOND = new Label("20261123-020000");

    @TempDir
    Path folder;

    BackupStore store;

    @BeforeEach
    void an_empty_store() throws Exception {
        store = store();
    }

    protected abstract BackupStore store() throws Exception;

    /** Changes a byte of what is there, at that place itself. */
    protected abstract void spoil(Label label, String name) throws Exception;

    @Test
    void a_backup_is_there_when_its_manifest_is() throws Exception {
        put(SECOND, Artifact.MANIFEST, "{}");
        put(FIRST, Artifact.MANIFEST, "{}");
        put(new Label("20261121-020000"), Artifact.METADATA_DUMP, "sql");

        assertThat(store.labels()).containsExactly(FIRST, SECOND);
        assertThat(store.labelsWith(Artifact.METADATA_DUMP)).containsExactly(new Label("20261121-020000"));
        assertThat(store.has(FIRST, Artifact.MANIFEST)).isTrue();
        assertThat(store.has(FIRST, Artifact.SUMS)).isFalse();
        assertThat(store.place()).isNotBlank();
    }

    @Test
    void what_was_put_is_proven_and_is_not_sent_again() throws Exception {
        Path file = file("sql of a dump");
        Artifact dump = content(Artifact.METADATA_DUMP, file);
        assertThat(store.isProven(FIRST, dump)).isFalse();

        assertThat(store.put(FIRST, dump, file, Meter.NONE)).isEqualTo(dump.bytes());

        assertThat(store.isProven(FIRST, dump)).isTrue();
        Files.delete(file);
        assertThat(store.put(FIRST, dump, file, Meter.NONE)).isZero();
        assertThat(store.names(FIRST)).containsExactly(Artifact.METADATA_DUMP);
        store.prove(FIRST, dump, Meter.NONE);
    }

    @Test
    void what_is_sent_and_read_back_is_counted_and_what_is_proven_is_not() throws Exception {
        Path file = file("sql of a dump");
        Artifact dump = content(Artifact.METADATA_DUMP, file);
        CountingMeter sent = new CountingMeter();
        CountingMeter again = new CountingMeter();
        CountingMeter proven = new CountingMeter();

        store.put(FIRST, dump, file, sent);
        store.put(FIRST, dump, file, again);
        store.prove(FIRST, dump, proven);

        assertThat(sent.done()).isEqualTo(store.isReadable() ? 2 * dump.bytes() : dump.bytes());
        assertThat(again.done()).isZero();
        assertThat(proven.done()).isEqualTo(store.isReadable() ? dump.bytes() : 0);
    }

    @Test
    void what_is_on_record_counts_for_exactly_this_content_and_label() throws Exception {
        Artifact dump = put(FIRST, Artifact.METADATA_DUMP, "sql of a dump");
        Path other = file("SQL of a dump");
        Artifact changed = content(Artifact.METADATA_DUMP, other);

        assertThat(store.isProven(FIRST, changed)).isFalse();
        assertThat(store.isProven(SECOND, dump)).isFalse();
        assertThatThrownBy(() -> store.prove(FIRST, changed, Meter.NONE)).isInstanceOf(Damaged.class);
        assertThat(store.put(FIRST, changed, other, Meter.NONE)).isEqualTo(changed.bytes());
        assertThat(store.isProven(FIRST, dump)).isFalse();
    }

    @Test
    void a_file_of_another_size_than_its_manifest_says_is_not_sent() throws Exception {
        Artifact dump = content(Artifact.METADATA_DUMP, file("sql of a dump"));
        Path cut = file("sql");
        assertThatThrownBy(() -> store.put(FIRST, dump, cut, Meter.NONE)).isInstanceOf(Damaged.class);
        assertThat(store.has(FIRST, dump.name())).isFalse();
    }

    @Test
    void what_is_doubted_or_damaged_there_is_replaced_by_the_next_put() throws Exception {
        Path file = file("sql of a dump");
        Artifact dump = content(Artifact.METADATA_DUMP, file);
        store.put(FIRST, dump, file, Meter.NONE);
        store.doubt(FIRST, dump.name());
        spoil(FIRST, dump.name());
        assertThatThrownBy(() -> store.prove(FIRST, dump, Meter.NONE)).isInstanceOf(Damaged.class);

        assertThat(store.put(FIRST, dump, file, Meter.NONE)).isEqualTo(dump.bytes());

        store.prove(FIRST, dump, Meter.NONE);
    }

    @Test
    void what_is_there_is_read_whole_and_in_ranges_where_it_can_be_read() throws Exception {
        Artifact dump = put(FIRST, Artifact.METADATA_DUMP, "0123456789");
        if (!store.isReadable()) {
            assertThatThrownBy(() -> store.open(FIRST, dump.name())).isInstanceOf(Refused.class);
            assertThatThrownBy(() -> store.open(FIRST, dump.name(), 2, 3)).isInstanceOf(Refused.class);
            return;
        }
        assertThat(text(store.open(FIRST, dump.name()))).isEqualTo("0123456789");
        assertThat(text(store.open(FIRST, dump.name(), 2, 3))).isEqualTo("234");
        assertThat(store.size(FIRST, dump.name())).hasValue(10);
        assertThat(store.holds(FIRST, dump)).isTrue();
        assertThat(store.size(FIRST, Artifact.SUMS)).isEmpty();
        assertThatThrownBy(() -> text(store.open(FIRST, Artifact.SUMS))).isInstanceOf(Damaged.class);
    }

    @Test
    void a_backup_ends_by_one_change_and_its_files_stay_until_they_are_removed() throws Exception {
        Artifact archive = put(FIRST, Artifact.SEGMENT_ARCHIVE, "tar");
        put(FIRST, Artifact.MANIFEST, "{}");
        if (!store.isReadable()) {
            assertThatThrownBy(() -> store.unpublish(FIRST)).isInstanceOf(StepFailure.class);
            assertThat(store.labels()).containsExactly(FIRST);
            return;
        }
        store.unpublish(FIRST);
        store.unpublish(FIRST);
        assertThat(store.labels()).isEmpty();
        assertThat(store.labelsWith(BackupStore.MARK)).containsExactly(FIRST);
        assertThat(store.names(FIRST)).containsExactly(Artifact.SEGMENT_ARCHIVE, BackupStore.MARK);

        store.remove(FIRST, archive.name());
        store.remove(FIRST, archive.name());
        assertThat(store.isProven(FIRST, archive)).isFalse();
        store.removeAll(FIRST);
        store.removeAll(FIRST);
        assertThat(store.names(FIRST)).isEmpty();
    }

    @Test
    void a_mark_alone_is_no_backup() throws Exception {
        store.put(FIRST, BackupStore.MARK, BackupStore.MARK_TEXT);
        store.put(FIRST, BackupStore.MARK, BackupStore.MARK_TEXT);
        assertThat(store.labels()).isEmpty();
        assertThat(store.labelsWith(BackupStore.MARK)).containsExactly(FIRST);
    }

    final Artifact put(Label label, String name, String text) throws IOException {
        Path file = file(text);
        Artifact content = content(name, file);
        store.put(label, content, file, Meter.NONE);
        return content;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "here", ""), text);
    }

    private static Artifact content(String name, Path file) {
        Artifact read = Digests.artifact(file);
        return new Artifact(name, read.bytes(), read.sha256());
    }

    private static String text(InputStream content) throws IOException {
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
