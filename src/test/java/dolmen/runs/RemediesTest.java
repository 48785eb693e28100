package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Milestone;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is owed to each kind of run, by how far it had come and how it ended: one case a cell. */
class RemediesTest {
    @ParameterizedTest(name = "{0} at {1}, {2}")
    @CsvSource({
        "RESTORE, BEGUN, FAILED, SERVICES_AS_BEFORE",
        "RESTORE, BEGUN, KILLED, SERVICES_AS_BEFORE",
        "RESTORE, BEGUN, TURNED_BACK, SERVICES_AS_BEFORE",
        "RESTORE, SIDE_LOADED, FAILED, TAKE_OUT",
        "RESTORE, SIDE_LOADED, KILLED, TAKE_OUT",
        "RESTORE, SIDE_LOADED, TURNED_BACK, TAKE_OUT",
        "RESTORE, SERVICES_STOPPED, FAILED, TAKE_OUT",
        "RESTORE, SERVICES_STOPPED, KILLED, TAKE_OUT",
        "RESTORE, SERVICES_STOPPED, TURNED_BACK, TAKE_OUT",
        "RESTORE, SEGMENTS_SWAPPED, FAILED, PUT_BACK",
        "RESTORE, SEGMENTS_SWAPPED, KILLED, PUT_BACK",
        "RESTORE, SEGMENTS_SWAPPED, TURNED_BACK, PUT_BACK",
        "RESTORE, METADATA_SWAPPED, FAILED, PUT_BACK",
        "RESTORE, METADATA_SWAPPED, KILLED, PUT_BACK",
        "RESTORE, METADATA_SWAPPED, TURNED_BACK, PUT_BACK",
        "RESTORE, METABASE_SWAPPED, FAILED, PUT_BACK",
        "RESTORE, METABASE_SWAPPED, KILLED, PUT_BACK",
        "RESTORE, METABASE_SWAPPED, TURNED_BACK, PUT_BACK",
        "RESTORE, STARTED, FAILED, PUT_BACK",
        "RESTORE, STARTED, KILLED, PUT_BACK",
        "RESTORE, STARTED, TURNED_BACK, PUT_BACK",
        "RESTORE, VERIFIED, FAILED, PUT_BACK",
        "RESTORE, VERIFIED, KILLED, STANDS",
        "RESTORE, VERIFIED, TURNED_BACK, PUT_BACK",
        "RESTORE, KEPT, FAILED, STANDS",
        "RESTORE, KEPT, KILLED, STANDS",
        "RESTORE, KEPT, TURNED_BACK, PUT_BACK",
        "DATASOURCES, BEGUN, FAILED, SERVICES_AS_BEFORE",
        "DATASOURCES, BEGUN, KILLED, SERVICES_AS_BEFORE",
        "DATASOURCES, BEGUN, TURNED_BACK, SERVICES_AS_BEFORE",
        "DATASOURCES, SIDE_LOADED, FAILED, TAKE_OUT",
        "DATASOURCES, SIDE_LOADED, KILLED, TAKE_OUT",
        "DATASOURCES, SIDE_LOADED, TURNED_BACK, TAKE_OUT",
        "DATASOURCES, ROWS_SWAPPED, FAILED, TAKE_OUT",
        "DATASOURCES, ROWS_SWAPPED, KILLED, TAKE_OUT",
        "DATASOURCES, ROWS_SWAPPED, TURNED_BACK, TAKE_OUT",
        "DATASOURCES, VERIFIED, FAILED, TAKE_OUT",
        "DATASOURCES, VERIFIED, KILLED, STANDS",
        "DATASOURCES, VERIFIED, TURNED_BACK, TAKE_OUT",
        "DATASOURCES, KEPT, FAILED, STANDS",
        "DATASOURCES, KEPT, KILLED, STANDS",
        "DATASOURCES, KEPT, TURNED_BACK, TAKE_OUT",
        "UNDO, BEGUN, FAILED, SERVICES_AS_BEFORE",
        "UNDO, BEGUN, KILLED, SERVICES_AS_BEFORE",
        "UNDO, SERVICES_STOPPED, FAILED, SERVICES_AS_BEFORE",
        "UNDO, SERVICES_STOPPED, KILLED, SERVICES_AS_BEFORE",
        "UNDO, SWAPPED_BACK, FAILED, GO_ON",
        "UNDO, SWAPPED_BACK, KILLED, GO_ON",
        "UNDO, UNDONE, FAILED, GO_ON",
        "UNDO, UNDONE, KILLED, GO_ON",
        "BACKUP, BEGUN, FAILED, SERVICES_AS_BEFORE",
        "BACKUP, BEGUN, KILLED, SERVICES_AS_BEFORE",
        "BACKUP, PUBLISHED, FAILED, STANDS",
        "BACKUP, PUBLISHED, KILLED, STANDS",
        "UPLOAD, BEGUN, FAILED, SERVICES_AS_BEFORE",
        "UPLOAD, BEGUN, KILLED, SERVICES_AS_BEFORE",
    })
    void a_run_gets_what_the_table_says(String what, Milestone furthest, Ending ending, Remedy remedy) {
        RunPosition position = new RunPosition(furthest, ending == Ending.TURNED_BACK);

        assertThat(Remedies.of(request(what), position, ending)).isEqualTo(remedy);
    }

    /** A milestone that a later version adds to a way, or that no row names, counts as the last row before it. */
    @ParameterizedTest
    @EnumSource
    void no_position_is_without_a_remedy(Milestone furthest) {
        for (Operation operation : Operation.values()) {
            RunRequest request = Requests.any(operation, Origin.COMMAND);
            for (Ending ending : Ending.values()) {
                assertThat(Remedies.of(request, new RunPosition(furthest, false), ending))
                        .isNotNull();
            }
        }
    }

    /** What is half done after it was put back must never be taken for a restore that stands. */
    @Test
    void what_was_turned_back_never_stands() {
        Set<String> ways = Set.of("RESTORE", "DATASOURCES");
        for (String way : ways) {
            for (Milestone milestone : EnumSet.range(Milestone.BEGUN, Milestone.KEPT)) {
                assertThat(Remedies.of(request(way), new RunPosition(milestone, true), Ending.TURNED_BACK))
                        .isNotIn(Remedy.STANDS, Remedy.GO_ON);
            }
        }
    }

    private static RunRequest request(String what) {
        return what.equals("DATASOURCES")
                ? Restoring.newest().only("wiki").request()
                : Requests.any(Operation.valueOf(what), Origin.COMMAND);
    }
}
