package dolmen.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dolmen.model.Backup;
import dolmen.model.Notice;
import dolmen.model.NoticeEvent;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNoticesTest {
    private static final Set<NoticeEvent> USUAL = EnumSet.of(NoticeEvent.FAILURE, NoticeEvent.RECOVERY);

    @TempDir
    Path state;

    private final List<Notice> told = new ArrayList<>();
    private final List<Boolean> pings = new ArrayList<>();
    private Supplier<Optional<Backup>> lastGood = Optional::empty;

    @Test
    void each_failure_is_told_then_the_first_success_and_no_further_one() {
        notices(USUAL).accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE));
        notices(USUAL).accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE));
        notices(USUAL).accept(Reports.good(Operation.BACKUP, Origin.SCHEDULE));
        notices(USUAL).accept(Reports.good(Operation.BACKUP, Origin.SCHEDULE));

        assertThat(told)
                .extracting(notice -> notice.value("title"))
                .containsExactly("backup failed", "backup failed", "backup works again");
        assertThat(pings).containsExactly(false, false, true, true);
    }

    @Test
    void a_success_is_no_recovery_of_another_operation() {
        RunNotices notices = notices(USUAL);
        notices.accept(Reports.bad(Operation.RESTORE, Origin.TRIGGER));
        notices.accept(Reports.good(Operation.BACKUP, Origin.SCHEDULE));
        assertThat(told).hasSize(1);
        notices.accept(Reports.good(Operation.RESTORE, Origin.RETRY));
        assertThat(told).extracting(notice -> notice.value("title")).contains("restore works again");
        assertThat(pings).containsExactly(true);
    }

    @Test
    void a_run_of_the_command_line_pings_but_tells_nobody() {
        RunNotices notices = notices(EnumSet.allOf(NoticeEvent.class));
        notices.accept(Reports.bad(Operation.BACKUP, Origin.COMMAND));
        notices.accept(Reports.good(Operation.BACKUP, Origin.COMMAND));
        assertThat(told).isEmpty();
        assertThat(pings).containsExactly(false, true);
    }

    @Test
    void only_what_is_wanted_is_told_and_a_recovery_is_a_success_too() {
        RunNotices notices = notices(EnumSet.of(NoticeEvent.SUCCESS));
        notices.accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE));
        notices.accept(Reports.good(Operation.BACKUP, Origin.SCHEDULE));
        assertThat(told).extracting(notice -> notice.value("event")).containsExactly("success");
    }

    @Test
    void a_notice_has_the_run_the_step_the_hint_and_the_report() {
        notices(USUAL).accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE));
        Notice notice = told.get(0);
        assertThat(notice.value("run")).endsWith("-backup");
        assertThat(notice.value("step")).isEqualTo("dump-metadata");
        assertThat(notice.value("hint")).isEqualTo("Make room.");
        assertThat(notice.value("host")).isEqualTo("db1");
        assertThat(notice.value("last-good")).isEqualTo("none");
        assertThat(notice.value("report"))
                .contains("FAILED: backup " + notice.value("run"), "the disk is full", "HINT: Make room.");
    }

    @Test
    void a_catalog_that_cannot_be_read_keeps_nobody_untold() {
        lastGood = () -> {
            throw new Failed("cannot list it", "Mount it.");
        };
        notices(EnumSet.allOf(NoticeEvent.class)).accept(Reports.good(Operation.BACKUP, Origin.SCHEDULE));
        assertThat(told.get(0).value("last-good")).isEqualTo("not known: cannot list it");
    }

    @Test
    void what_cannot_be_remembered_is_told_all_the_same() throws Exception {
        Files.createDirectory(state.resolve("notify.json"));
        notices(USUAL).accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE));
        assertThat(told).hasSize(1);
    }

    @Test
    void the_run_does_not_hear_of_what_goes_wrong() {
        lastGood = () -> {
            throw new IllegalStateException("a bug");
        };
        assertThatCode(() -> notices(USUAL).accept(Reports.bad(Operation.BACKUP, Origin.SCHEDULE)))
                .doesNotThrowAnyException();
    }

    private RunNotices notices(Set<NoticeEvent> on) {
        return new RunNotices(
                on, new NoticeRecords(state), new NoticeWriter("db1", () -> lastGood.get()), new RunNotices.Sender() {
                    @Override
                    public void tell(Notice notice) {
                        told.add(notice);
                    }

                    @Override
                    public void ping(boolean good) {
                        pings.add(good);
                    }
                });
    }
}
