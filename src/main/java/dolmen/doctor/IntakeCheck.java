package dolmen.doctor;

import dolmen.archive.SafeFiles;
import dolmen.catalog.Freshness;
import dolmen.model.Backup;
import dolmen.runs.RunLock;
import dolmen.runs.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether backups begin by themselves, when the next one does, how old the last good one is, and who takes triggers. */
final class IntakeCheck implements Check {
    private final Source source;

    IntakeCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        schedule(seen);
        inbox(seen);
        lastBackup(seen);
        return seen;
    }

    private void schedule(List<Seen> seen) {
        seen.add(source.settings()
                .intake()
                .timetable()
                .next(source.clock().instant())
                .map(due -> Seen.ok("the next backup is " + due.kind().word() + ", at "
                        + due.time().atZone(due.zone()).toOffsetDateTime()))
                .orElseGet(() -> Seen.info(
                        "no backup begins by itself", "Set dolmen.schedule.full, or let cron run `dolmen backup`.")));
    }

    private void inbox(List<Seen> seen) {
        Path lock = source.settings().paths().state().resolve("inbox");
        boolean served = Files.exists(lock) && RunLock.holderOf(lock).isPresent();
        long waiting = waiting();
        if (!served && waiting > 0) {
            seen.add(Seen.warning(
                    waiting + " triggers wait in the inbox and nothing takes them", "Start `dolmen run`."));
        }
        seen.add(
                served
                        ? Seen.ok("`dolmen run` is up and takes triggers and the schedule")
                        : Seen.info(
                                "no `dolmen run` is up: neither schedule nor triggers are taken",
                                "Start `dolmen run` as a service."));
    }

    private void lastBackup(List<Seen> seen) {
        Instant now = source.clock().instant();
        Optional<Backup> last = source.lastGood().find();
        String words = "the last good backup: " + Freshness.words(last, now);
        if (last.isEmpty()) {
            seen.add(Seen.info(words, "Take one by `dolmen backup`."));
            return;
        }
        seen.add(Freshness.missed(last, source.settings().intake().timetable(), now)
                .map(missed -> Seen.warning(missed.words(), "Take one by `dolmen backup`."))
                .orElseGet(() -> Seen.ok(words)));
    }

    private long waiting() {
        return SafeFiles.list(source.settings().paths().inbox()).stream()
                .filter(file -> file.getFileName().toString().matches(Trigger.NAMES))
                .filter(Files::isRegularFile)
                .count();
    }
}
