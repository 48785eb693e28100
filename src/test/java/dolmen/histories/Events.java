package dolmen.histories;

import java.util.List;
import java.util.stream.Stream;

/** All kinds of events. */
final class Events {
    static final List<Event> ALL = Stream.of(
                    DruidEvents.ALL, FaultEvents.ALL, BackupEvents.ALL, RestoreEvents.ALL, KillEvents.ALL)
            .flatMap(List::stream)
            .toList();

    private Events() {}
}
