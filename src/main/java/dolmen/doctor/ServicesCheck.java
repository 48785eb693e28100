package dolmen.doctor;

import dolmen.backup.StackInspector;
import dolmen.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the engine answers, and each service exists and runs. */
final class ServicesCheck implements Check {
    private final Source source;

    ServicesCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        source.engine().ifPresent(docker -> seen.add(Seen.ok(docker.describe())));
        List<String> required = new StackInspector(source.host(), source.metadata(), source.settings()).required();
        List<String> running = new ArrayList<>();
        for (String name : required) {
            Optional<Service> service = source.host().find(name);
            if (service.isEmpty()) {
                seen.add(Seen.error(
                        "there is no service " + name,
                        "Create it, or correct dolmen.stack.services; `dolmen init` finds the names."));
            } else if (!service.get().running()) {
                seen.add(
                        Seen.error("service " + name + " does not run", "Start it, and see its log if it ends again."));
            } else {
                running.add(service.get().inWords());
            }
        }
        seen.add(Seen.ok(running.size() + " of " + required.size() + " services run: " + String.join(", ", running)));
        return seen;
    }
}
