package dolmen.runs;

import static dolmen.model.Milestone.BEGUN;
import static dolmen.model.Milestone.KEPT;
import static dolmen.model.Milestone.METABASE_SWAPPED;
import static dolmen.model.Milestone.METADATA_SWAPPED;
import static dolmen.model.Milestone.PUBLISHED;
import static dolmen.model.Milestone.ROWS_SWAPPED;
import static dolmen.model.Milestone.SEGMENTS_SWAPPED;
import static dolmen.model.Milestone.SERVICES_STOPPED;
import static dolmen.model.Milestone.SIDE_LOADED;
import static dolmen.model.Milestone.STARTED;
import static dolmen.model.Milestone.SWAPPED_BACK;
import static dolmen.model.Milestone.UNDONE;
import static dolmen.model.Milestone.VERIFIED;
import static dolmen.runs.Remedy.GO_ON;
import static dolmen.runs.Remedy.PUT_BACK;
import static dolmen.runs.Remedy.SERVICES_AS_BEFORE;
import static dolmen.runs.Remedy.STANDS;
import static dolmen.runs.Remedy.TAKE_OUT;

import dolmen.model.Milestone;
import dolmen.model.RunRequest;
import java.util.List;

/** The one table of what is owed to a run that ended before it was done, by how far it had come and by how it ended. */
public final class Remedies {
    // spotless:off
    //      it had come to     a step failed       it was killed       while it was turned back
    private static final List<Row> RESTORE = List.of(
        row(BEGUN,             SERVICES_AS_BEFORE, SERVICES_AS_BEFORE, SERVICES_AS_BEFORE),
        row(SIDE_LOADED,       TAKE_OUT,           TAKE_OUT,           TAKE_OUT),
        row(SERVICES_STOPPED,  TAKE_OUT,           TAKE_OUT,           TAKE_OUT),
        row(SEGMENTS_SWAPPED,  PUT_BACK,           PUT_BACK,           PUT_BACK),
        row(METADATA_SWAPPED,  PUT_BACK,           PUT_BACK,           PUT_BACK),
        row(METABASE_SWAPPED,  PUT_BACK,           PUT_BACK,           PUT_BACK),
        row(STARTED,           PUT_BACK,           PUT_BACK,           PUT_BACK),
        row(VERIFIED,          PUT_BACK,           STANDS,             PUT_BACK),
        row(KEPT,              STANDS,             STANDS,             PUT_BACK));

    private static final List<Row> RESTORE_OF_DATASOURCES = List.of(
        row(BEGUN,             SERVICES_AS_BEFORE, SERVICES_AS_BEFORE, SERVICES_AS_BEFORE),
        row(SIDE_LOADED,       TAKE_OUT,           TAKE_OUT,           TAKE_OUT),
        row(ROWS_SWAPPED,      TAKE_OUT,           TAKE_OUT,           TAKE_OUT),
        row(VERIFIED,          TAKE_OUT,           STANDS,             TAKE_OUT),
        row(KEPT,              STANDS,             STANDS,             TAKE_OUT));

    /** An undo never turns back: until something is swapped there is nothing to take back, and then it goes on to its end. */
    private static final List<Row> UNDO = List.of(
        row(BEGUN,             SERVICES_AS_BEFORE, SERVICES_AS_BEFORE),
        row(SERVICES_STOPPED,  SERVICES_AS_BEFORE, SERVICES_AS_BEFORE),
        row(SWAPPED_BACK,      GO_ON,              GO_ON),
        row(UNDONE,            GO_ON,              GO_ON));

    private static final List<Row> BACKUP = List.of(
        row(BEGUN,             SERVICES_AS_BEFORE, SERVICES_AS_BEFORE),
        row(PUBLISHED,         STANDS,             STANDS));

    /** They change nothing of the stack. */
    private static final List<Row> OTHERS = List.of(
        row(BEGUN,             SERVICES_AS_BEFORE, SERVICES_AS_BEFORE));
    // spotless:on

    private Remedies() {}

    /** What is owed to a run that was asked this, has come so far and ended so. */
    public static Remedy of(RunRequest request, RunPosition position, Ending ending) {
        Row row = rows(request).stream()
                .filter(each -> position.passed(each.furthest()))
                .reduce((before, further) -> further)
                .orElseThrow();
        return switch (ending) {
            case FAILED -> row.failed();
            case KILLED -> row.killed();
            case TURNED_BACK -> row.turnedBack();
        };
    }

    private static List<Row> rows(RunRequest request) {
        return switch (request.operation()) {
            case RESTORE -> request.choice().ofDatasources() ? RESTORE_OF_DATASOURCES : RESTORE;
            case UNDO -> UNDO;
            case BACKUP -> BACKUP;
            default -> OTHERS;
        };
    }

    private static Row row(Milestone furthest, Remedy failed, Remedy killed, Remedy turnedBack) {
        return new Row(furthest, failed, killed, turnedBack);
    }

    private static Row row(Milestone furthest, Remedy failed, Remedy killed) {
        return new Row(furthest, failed, killed, failed);
    }

    private record Row(Milestone furthest, Remedy failed, Remedy killed, Remedy turnedBack) {}
}
