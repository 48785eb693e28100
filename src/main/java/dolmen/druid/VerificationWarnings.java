package dolmen.druid;

import dolmen.model.DruidState;
import dolmen.model.StepFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a person should know of a stack although it does not change the verdict. */
final class VerificationWarnings {
    private final DruidApi api;
    private final List<String> remarks = new ArrayList<>();

    VerificationWarnings(DruidApi api) {
        this.api = api;
    }

    List<String> on(Expectation expectation, ClusterState reading) {
        hidden(reading.state());
        expectation.then().ifPresent(then -> differences(then, reading.state()));
        reading.matches().forEach((name, match) -> counts(name, match));
        reading.strangers()
                .forEach(name -> remarks.add("druid also shows " + name + ", which the backup does not have"));
        if (!reading.sqlSpoken()) {
            remarks.add(
                    "rows were not compared and nothing was queried: the address is a coordinator, which knows no SQL");
        }
        if (reading.overlord() == ClusterState.Overlord.UNKNOWN) {
            remarks.add("whether an overlord leads is not known: the coordinator is none itself");
        }
        attempt("replicas", () -> replicas(expectation));
        attempt("supervisors", this::supervisors);
        return List.copyOf(remarks);
    }

    private void hidden(DruidState state) {
        state.datasources().forEach((name, datasource) -> {
            if (datasource.overshadowed() > 0) {
                remarks.add(name + ": " + datasource.overshadowed()
                        + " overshadowed, used but hidden by newer ones, so rightly not loaded");
            }
        });
    }

    private void differences(DruidState then, DruidState now) {
        if (!then.version().equals(now.version())) {
            remarks.add("druid was " + then.version() + " at the time of the backup and is " + now.version());
        }
        SortedSet<String> lost = lostModules(then, now);
        if (!lost.isEmpty()) {
            remarks.add("druid had extensions at the time of the backup that it does not load now: "
                    + String.join(", ", lost));
        }
    }

    static SortedSet<String> lostModules(DruidState then, DruidState now) {
        SortedSet<String> lost = new TreeSet<>(then.modules());
        lost.removeAll(now.modules());
        return lost;
    }

    private void counts(String name, DatasourceMatch match) {
        if (match.newer() > 0) {
            remarks.add(name + ": " + match.newer() + " newer than the backup");
        }
        if (match.shown() && match.gone() > 0) {
            remarks.add(name + ": druid has marked " + match.gone() + " of the backup's " + match.expected()
                    + " segments as unused, since newer ones overshadow them; no row is lost by that");
        }
        if (match.dropped() > 0) {
            remarks.add(
                    name + ": the load rules drop " + match.dropped() + " of the backup's " + match.expected()
                            + " segments, which were restored and which druid has marked as unused since; rows were not compared");
        }
        if (match.left() > 0) {
            remarks.add(
                    name + ": " + match.left()
                            + " restored segments are on no historical, since the load rules do not keep them; rows were not compared");
        }
        if (match.shown() && match.replaced() > 0) {
            remarks.add(name + ": segments that are newer than the backup replace " + match.replaced()
                    + " of it, so rows were not compared");
        }
    }

    private void replicas(Expectation expectation) {
        api.missingReplicas().forEach((name, missing) -> {
            if (missing > 0 && expectation.concerns(name)) {
                remarks.add(name + ": under-replicated, the load rules want " + missing
                        + " more replicas than the historicals hold");
            }
        });
    }

    private void supervisors() {
        for (SupervisorState supervisor : api.supervisors()) {
            if (!supervisor.healthy() || supervisor.suspended()) {
                remarks.add("supervisor " + supervisor.id() + " is " + supervisor.state());
            }
        }
    }

    private void attempt(String what, Runnable question) {
        try {
            question.run();
        } catch (StepFailure failure) {
            remarks.add("could not ask for " + what + ": " + failure.getMessage());
        }
    }
}
