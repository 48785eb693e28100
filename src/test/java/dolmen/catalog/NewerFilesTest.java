package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.MemberIndex;
import dolmen.model.Artifact;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newer Dolmen wrote is refused, and the hint says that it is newer, not damaged. */
class NewerFilesTest {
    private static final Path FIRST =
            Path.of("src/test/resources/first-version").toAbsolutePath();
    private static final String RUN = "20261101-020000-123-restore";

    @TempDir
    Path home;

    @Test
    void a_manifest_of_a_newer_format_says_so() throws Exception {
        changed("manifest.json", "\"format\" : 1", "\"format\" : 3", home.resolve(Artifact.MANIFEST));
        refused(() -> Catalog.manifestIn(home), "has format 3, this Dolmen reads up to 2");
    }

    @Test
    void a_manifest_with_a_member_or_a_word_that_is_not_known_says_which() throws Exception {
        Path manifest = home.resolve(Artifact.MANIFEST);
        changed("manifest.json", "\"format\" : 1", "\"format\" : 1, \"encryption\" : \"age\"", manifest);
        refused(() -> Catalog.manifestIn(home), "the member 'encryption', which this Dolmen does not know");
        changed("manifest.json", "\"full\"", "\"differential\"", manifest);
        refused(() -> Catalog.manifestIn(home), "the word 'differential', which this Dolmen does not know");
    }

    @Test
    void a_strange_name_of_a_member_is_not_repeated() throws Exception {
        changed(
                "manifest.json",
                "\"format\" : 1",
                "\"format\" : 1, \"\\u001b[2J\" : 1",
                home.resolve(Artifact.MANIFEST));
        refused(() -> Catalog.manifestIn(home), "the member of a long or strange name");
    }

    @Test
    void a_journal_with_an_operation_that_is_not_known_says_so() throws Exception {
        Path run = Files.createDirectories(home.resolve("runs").resolve(RUN));
        changed("run.json", "\"restore\"", "\"drill\"", run.resolve("run.json"));
        RunJournal journal = new RunJournal(home, Clock.systemUTC());
        refused(journal::interrupted, "the word 'drill', which this Dolmen does not know");
    }

    @Test
    void a_dead_letter_with_a_member_that_is_not_known_says_so() throws Exception {
        Path letter = home.resolve("letter.json");
        changed("dead-letter.json", "\"skipMetabase\"", "\"tables\" : [], \"skipMetabase\"", letter);
        refused(() -> DeadLetters.read(letter), "the member 'tables', which this Dolmen does not know");
    }

    @Test
    void an_index_with_a_member_that_is_not_known_says_so() throws Exception {
        Path index = home.resolve(Artifact.SEGMENT_INDEX);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(index))) {
            packed.write(
                    "{\"path\":\"opt/shared/a\",\"size\":1,\"sha256\":\"%s\",\"label\":\"20261031-020000\",\"offset\":0,\"packed\":2}\n"
                            .formatted("0".repeat(64))
                            .getBytes(StandardCharsets.UTF_8));
        }
        refused(() -> MemberIndex.read(index, member -> {}), "the member 'packed', which this Dolmen does not know");
    }

    private static void changed(String file, String text, String newer, Path to) throws Exception {
        String before = Files.readString(FIRST.resolve(file));
        assertThat(before).contains(text);
        Files.writeString(
                to,
                before.replaceFirst(
                        java.util.regex.Pattern.quote(text), java.util.regex.Matcher.quoteReplacement(newer)));
    }

    private static void refused(ThrowingCallable read, String why) {
        assertThatThrownBy(read).isInstanceOfSatisfying(StepFailure.class, failure -> {
            assertThat(failure).hasMessageContaining(why);
            assertThat(failure.hint()).isEqualTo(NewerFormat.HINT);
        });
    }
}
