package dolmen.doctor;

import dolmen.discovery.DruidProperties;
import dolmen.druid.ActiveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Whether anything removes files of segments: kill tasks that go on, and the coordinator's own killing. */
final class KillCheck implements Check {
    private static final String ON = "druid.coordinator.kill.on";
    private static final String RETAIN = "druid.coordinator.kill.durationToRetain";
    private static final String BUFFER = "druid.coordinator.kill.bufferPeriod";
    private static final String IGNORE = "druid.coordinator.kill.ignoreDurationToRetain";

    private final Source source;

    KillCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        if (source.druid().overlordLeader().isPresent()) {
            tasks(seen);
        } else {
            seen.add(Seen.warning(
                    "whether a kill task goes on is not known, since no overlord leads or the address knows none",
                    "See the overlord's log, or set dolmen.druid.url to the router."));
        }
        Optional<DruidProperties> coordinator = source.coordinator();
        if (coordinator.isEmpty()) {
            seen.add(Seen.info("whether the coordinator kills unused segments is not told on a local machine"));
        } else if (coordinator.get().get(ON).filter("true"::equalsIgnoreCase).isPresent()) {
            seen.add(automatic(coordinator.get(), source.druid().killList()));
        } else {
            seen.add(Seen.ok("the coordinator does not kill unused segments by itself"));
        }
        return seen;
    }

    private void tasks(List<Seen> seen) {
        List<ActiveTask> kills = source.druid().activeTasks().stream()
                .filter(task -> task.type().equals("kill"))
                .toList();
        kills.forEach(task -> seen.add(Seen.warning(
                "kill task " + task.id() + " of " + task.datasource() + " goes on",
                "A backup starts over when it loses segments to it; better wait until it has ended.")));
        if (kills.isEmpty()) {
            seen.add(Seen.ok("no kill task goes on"));
        }
    }

    private static Seen automatic(DruidProperties coordinator, SortedSet<String> only) {
        boolean ignores =
                coordinator.get(IGNORE).filter("true"::equalsIgnoreCase).isPresent();
        String retain = ignores ? "nothing by age" : coordinator.get(RETAIN).orElse("P90D, the default,");
        String buffer = coordinator.get(BUFFER).orElse("not set (P30D from Druid 28 on, none before)");
        return Seen.warning(
                "the coordinator kills unused segments" + (only.isEmpty() ? "" : " of " + String.join(", ", only))
                        + ": data of the last " + retain + " are retained; buffer after they became unused: " + buffer,
                "Segments that become unused during a backup may vanish, and it then starts over. Give "
                        + BUFFER + " at least a day where Druid has it, else " + RETAIN
                        + " more than the oldest backup that matters.");
    }
}
