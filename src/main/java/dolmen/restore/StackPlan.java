package dolmen.restore;

import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.StackIdentity.ContainerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The part of a plan about the stack: whether it is the one of the backup, which services are down, Druid's version, and images. */
public final class StackPlan implements PlanPart {
    private final Supplier<Optional<String>> druidVersion;
    private final Supplier<List<String>> down;
    private final Supplier<List<String>> found;
    private final Supplier<Optional<String>> whyNotRestarted;

    /**
     * {@code druidVersion} asks Druid for its version, empty while it does not answer; {@code down} lists its services that
     * do not run, {@code found} the containers that the settings lead to; {@code whyNotRestarted} says why services that run
     * could not be stopped and started again.
     */
    public StackPlan(
            Supplier<Optional<String>> druidVersion,
            Supplier<List<String>> down,
            Supplier<List<String>> found,
            Supplier<Optional<String>> whyNotRestarted) {
        this.whyNotRestarted = whyNotRestarted;
        this.druidVersion = druidVersion;
        this.down = down;
        this.found = found;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        draft.group("stack");
        consent(restore, target, draft);
        List<String> containers = found.get();
        if (!containers.isEmpty()) {
            draft.fact("services of this stack: " + String.join("; ", containers));
        }
        services(restore, draft);
        Optional<Manifest> manifest = restore.source().manifest();
        if (manifest.isEmpty()) {
            return;
        }
        draft.fact(
                switch (target.passage().sameness()) {
                    case SAME -> "the backup is of this stack";
                    case OTHER -> "the backup is of another stack";
                    case UNKNOWN ->
                        "whether the backup is of this stack cannot be told; dolmen.stack.name would decide";
                });
        versions(manifest.get(), draft);
        manifest.get().stack().containers().forEach((service, then) -> image(service, then, target, draft));
    }

    private void services(RestoreRun restore, PlanDraft draft) {
        whyNotRestarted
                .get()
                .ifPresent(why -> draft.refuse("Druid's services cannot be stopped and started again: " + why));
        List<String> names = down.get();
        if (names.isEmpty()) {
            return;
        }
        String list = String.join(", ", names);
        if (restore.options().noStart()) {
            draft.warning("these services are down and stay so: " + list + "; what Druid serves cannot be proven then");
        } else {
            draft.fact("these services are down and are started: " + list);
        }
    }

    private static void consent(RestoreRun restore, Target target, PlanDraft draft) {
        Passage passage = target.passage();
        if (!target.holdsData()) {
            return;
        }
        passage.stranger().ifPresent(stack -> draft.lose("the data of " + stack));
        passage.unnamed(restore.choice().backup()).ifPresent(draft::refuse);
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
        Map<String, ContainerIdentity> here = target.passage().into().containers();
        if (here.containsKey(service) && !here.get(service).image().equals(then.image())) {
            draft.fact("the image of " + service + " was " + then.image() + " and is "
                    + here.get(service).image());
        }
    }
}
