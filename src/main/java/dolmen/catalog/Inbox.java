package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import dolmen.model.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of the inbox: {@code running/} holds a trigger that was taken, {@code done/} and {@code failed/} those
 * whose run has ended, each with {@code <name>.report.json} and {@code <name>.report.txt} beside it.
 */
public final class Inbox {
    private final Path folder;

    public Inbox(Path folder) {
        this.folder = folder;
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

    /** Writes the report of a taken trigger where the trigger will end. */
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
