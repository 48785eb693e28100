package dolmen.pipeline;

import dolmen.model.Manifest;
import dolmen.model.RestoreRun;
import dolmen.model.Sameness;
import dolmen.model.StackIdentity.ContainerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which stack it is, beside the one of the backup: identity, Druid's version, and images. */
public final class StackPlan implements PlanPart {
    private final Supplier<Optional<String>> druidVersion;
    private final Supplier<List<String>> down;
    private final Supplier<List<String>> found;

    /**
     * {@code druidVersion} asks Druid for its version, empty while it does not answer; {@code down} lists its services that
     * do not run, {@code found} the containers that the settings lead to.
     */
    public StackPlan(
            Supplier<Optional<String>> druidVersion, Supplier<List<String>> down, Supplier<List<String>> found) {
        this.druidVersion = druidVersion;
        this.down = down;
        this.found = found;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft) {
        draft.group("stack");
        List<String> containers = found.get();
        if (!containers.isEmpty()) {
            draft.fact("services of this stack: " + String.join("; ", containers));
        }
        services(restore, draft);
        Optional<Manifest> manifest = restore.source().manifest();
        if (manifest.isEmpty()) {
            draft.fact("the files have no manifest, so nothing tells which stack they are of");
            return;
        }
        identity(manifest.get(), target, draft);
        versions(manifest.get(), draft);
        manifest.get().stack().containers().forEach((service, then) -> image(service, then, target, draft));
    }

    private void services(RestoreRun restore, PlanDraft draft) {
        List<String> names = down.get();
        if (names.isEmpty()) {
            return;
        }
        String list = String.join(", ", names);
        if (restore.run().request().noStart()) {
            draft.warning("these services are down and stay so: " + list + "; what Druid serves cannot be proven then");
        } else {
            draft.fact("these services are down and are started: " + list);
        }
    }

    private static void identity(Manifest manifest, Target target, PlanDraft draft) {
        String project = manifest.stack()
                .project()
                .map(name -> " (project " + name + ")")
                .orElse("");
        draft.fact(
                switch (target.sameness()) {
                    case SAME -> "the backup is of this stack" + project;
                    case OTHER ->
                        "the backup is of another stack" + project + ": PostgreSQL's system identifier was "
                                + manifest.stack().systemIdentifier().orElseThrow() + " and is "
                                + target.identity().systemIdentifier().orElseThrow();
                    case UNKNOWN ->
                        "whether the backup is of this stack is unknown: PostgreSQL's system identifier may"
                                + " not be asked for";
                });
        if (target.sameness() == Sameness.OTHER && target.holdsData()) {
            draft.lose("the data of a stack that is another one than that of the backup" + project);
        }
    }

    private void versions(Manifest manifest, PlanDraft draft) {
        Optional<String> then = manifest.versions().druid();
        Optional<String> now = druidVersion.get();
        draft.fact("Druid " + then.orElse("unknown") + " in the backup, " + now.orElse("unknown, not answering,")
                + " here");
        if (then.isPresent() && now.isPresent() && !then.equals(now)) {
            draft.warning("Druid was " + then.get() + " and is " + now.get()
                    + ": tables and columns may differ between the two");
        }
    }

    private static void image(String service, ContainerIdentity then, Target target, PlanDraft draft) {
        Map<String, ContainerIdentity> here = target.identity().containers();
        if (here.containsKey(service) && !here.get(service).image().equals(then.image())) {
            draft.fact("the image of " + service + " was " + then.image() + " and is "
                    + here.get(service).image());
        }
    }
}
