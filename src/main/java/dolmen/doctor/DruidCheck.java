package dolmen.doctor;

import dolmen.druid.SupervisorState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether Druid's API answers, a coordinator leads, rows can be compared, and streams are fed. */
final class DruidCheck implements Check {
    private final Source source;

    DruidCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        URI url = source.settings().druid().url();
        seen.add(Seen.ok("Druid " + source.druid().status().version() + " answers at " + url));
        Optional<URI> leader = source.druid().coordinatorLeader();
        if (leader.isEmpty()) {
            seen.add(Seen.error("no coordinator leads", "See the coordinator's log, and ZooKeeper."));
            return seen;
        }
        seen.add(Seen.ok("the coordinator " + leader.get() + " leads"));
        boolean overlord = source.druid().overlordLeader().isPresent();
        if (!overlord) {
            seen.add(Seen.warning(
                    "no overlord leads, or the address knows none: tasks and supervisors are not looked at",
                    "See the overlord's log, or set dolmen.druid.url to the router."));
        }
        seen.add(
                source.druid().sql().isPresent()
                        ? Seen.ok("rows can be compared by SQL")
                        : Seen.warning(
                                url + " knows no SQL, so rows are not compared",
                                "Set dolmen.druid.url to the router."));
        if (overlord) {
            supervisors(seen);
        }
        return seen;
    }

    private void supervisors(List<Seen> seen) {
        for (SupervisorState supervisor : source.druid().supervisors()) {
            if (!supervisor.healthy() && !supervisor.suspended()) {
                seen.add(Seen.warning(
                        "supervisor " + supervisor.id() + " is " + supervisor.state(), "See the overlord's log."));
            }
        }
    }
}
