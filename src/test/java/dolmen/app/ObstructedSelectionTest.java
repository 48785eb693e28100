package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.model.Report;
import dolmen.model.Restoring;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in deep storage where the files of a datasource are to come is told before anything is fetched or added. */
@Tag("T16")
class ObstructedSelectionTest {
    @TempDir
    static Path home;

    private static ServedStack dolmen;

    @BeforeAll
    static void a_backup() throws Exception {
        dolmen = new ServedStack(home);
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.toString()).isTrue();
        Tool.ok(home, "cp -a shared whole");
    }

    @AfterAll
    static void ends() {
        dolmen.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'rm $FILE; mkdir $FILE', 'is a folder, or a link to one, where a file belongs'",
        "'rm -r $FOLDER; echo x > $FOLDER', is a link or a file where a folder belongs",
        "'rm -r $FOLDER; ln -s /tmp $FOLDER', is a link or a file where a folder belongs",
        "'mv segments/wiki ../elsewhere; ln -s ../../elsewhere segments/wiki',"
                + " segments/wiki is a link or a file where a folder belongs"
    })
    void the_plan_says_it_and_the_restore_is_refused_as_it_looks_at_the_target(String script, String words)
            throws Exception {
        Tool.ok(
                home,
                "rm -rf shared/segments elsewhere; cp -a whole/segments shared; cd shared;"
                        + " FILE=$(find segments/wiki -type f | head -1); FOLDER=$(dirname $FILE); " + script);

        Report planned = dolmen.run(Restoring.newest().only("wiki").plan());
        Report restored = dolmen.run(Restoring.newest().only("wiki").confirmed().request());

        assertThat(planned.succeeded()).as(planned.toString()).isFalse();
        assertThat(planned.summary()).contains(words);
        assertThat(restored.failedStep()).as(restored.toString()).contains("check-target");
        assertThat(restored.summary()).contains(words);
    }
}
