package dolmen.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of the inbox: {@code running/} holds a trigger that was taken, {@code done/} and {@code failed/} those
 * whose run has ended, each with {@code <name>.report.json} and {@code <name>.report.txt} beside it.
 */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Path folder;
    private final DeadLetters letters;

    /** {@code letters} are those of which copies are dropped here. */
    public Inbox(Path folder, DeadLetters letters) {
        this.folder = folder;
        this.letters = letters;
    }

    /** Where triggers are dropped. */
    public Path folder() {
        return folder;
    }

    /** Creates the folders that are missing. */
    public void create() {
        SafeFiles.folder(running());
        SafeFiles.folder(folder.resolve("done"));
        SafeFiles.folder(folder.resolve("failed"));
    }

    /** The name of the folder in which a trigger ends. */
    public static String folderFor(Report report) {
        return report.succeeded() ? "done" : "failed";
    }

    /** Writes the report of a taken trigger where the trigger will end; a dead letter that it repeated is settled. */
    public void report(String trigger, Report report) {
        Path home = SafeFiles.folder(folder.resolve(folderFor(report)));
        SafeFiles.write(
                home.resolve(trigger + ".report.txt"), ReportText.of(report).getBytes(StandardCharsets.UTF_8));
        try {
            SafeFiles.write(
                    home.resolve(trigger + ".report.json"),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a report as JSON", impossible);
        }
        boolean asked = report.run().request().trigger().equals(Optional.of(trigger));
        if (asked && Trigger.isDeadLetter(trigger)) {
            settle(trigger, report);
        }
    }

    /** The run has its report by now; a dead letter that cannot be removed is told, and can be repeated or removed. */
    private void settle(String trigger, Report report) {
        try {
            Run dropped = DeadLetters.read(running().resolve(trigger)).run();
            if (report.run().request().equals(dropped.request().repeatedBy(trigger))) {
                letters.settle(dropped, report)
                        .forEach(run -> LOG.info(
                                "removed the dead letter of {}, repeated as {}",
                                run,
                                report.run().id()));
            }
        } catch (StepFailure kept) {
            LOG.warn(
                    "no dead letter was removed for the trigger {}: {} HINT: {}",
                    trigger,
                    kept.getMessage(),
                    kept.hint());
        }
    }

    /** Ends a taken trigger: report first, then the move. */
    public void finish(String trigger, Report report) {
        report(trigger, report);
        SafeFiles.move(
                running().resolve(trigger), folder.resolve(folderFor(report)).resolve(trigger));
    }

    /** Puts a taken trigger whose run never began back, to be taken again. */
    public void putBack(String trigger) {
        SafeFiles.move(running().resolve(trigger), folder.resolve(trigger));
    }

    /** The triggers that were taken and not ended: those of a process that died. */
    public List<String> taken() {
        return SafeFiles.list(running()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.endsWith(".camelLock"))
                .toList();
    }

    private Path running() {
        return folder.resolve("running");
    }
}
