package dolmen.pipeline;

import dolmen.model.MetadataContents;
import dolmen.model.RestoreRun;
import dolmen.model.StoredSupervisor;
import dolmen.settings.RestoreSettings;
import java.util.Optional;

/** What becomes of supervisors and of the stream offsets that were stored with the segments. */
public final class SupervisorsPlan implements PlanPart {
    private static final int SHOWN = 160;

    private final RestoreSettings settings;

    public SupervisorsPlan(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft) {
        draft.group("supervisors");
        boolean suspend = settings.suspends(target.passage().sameness());
        long terminated = 0;
        for (StoredSupervisor supervisor : target.backup().supervisors().values()) {
            if (supervisor.exists()) {
                draft.fact(words(supervisor, target.backup(), suspend));
            } else {
                terminated++;
            }
        }
        if (terminated == target.backup().supervisors().size()) {
            draft.fact("the backup has none" + (terminated > 0 ? " that was not terminated" : ""));
        }
        target.live().supervisors().values().stream()
                .filter(StoredSupervisor::exists)
                .forEach(supervisor -> losses(supervisor, target, draft));
    }

    private static String words(StoredSupervisor supervisor, MetadataContents backup, boolean suspend) {
        String fate = switch (supervisor.state()) {
            case RUNNING -> suspend ? "comes back suspended" : "comes back running";
            case SUSPENDED -> "comes back suspended, as it was";
            case UNREADABLE -> "cannot be read, and an overlord cannot lead with it";
            case TERMINATED -> "was terminated";
        };
        return supervisor.id() + " " + fate + ", " + offsets(supervisor, backup);
    }

    /** The stored offsets of all datasources that a supervisor feeds. */
    static String offsets(StoredSupervisor supervisor, MetadataContents contents) {
        StringBuilder text = new StringBuilder();
        for (String datasource : supervisor.datasources()) {
            String stored = contents.offsets().getOrDefault(datasource, "none");
            text.append(text.length() == 0 ? "" : ", ")
                    .append("offsets of ")
                    .append(datasource)
                    .append(": ")
                    .append(shortened(stored));
        }
        return text.toString();
    }

    private static String shortened(String json) {
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "...";
    }

    private static void losses(StoredSupervisor supervisor, Target target, PlanDraft draft) {
        boolean stays = Optional.ofNullable(target.backup().supervisors().get(supervisor.id()))
                .filter(StoredSupervisor::exists)
                .isPresent();
        if (!stays) {
            draft.fact(supervisor.id() + " goes: the backup does not have it");
            draft.lose("supervisor " + supervisor.id());
        }
        for (String datasource : supervisor.datasources()) {
            String now = target.live().offsets().get(datasource);
            String then = target.backup().offsets().getOrDefault(datasource, "none");
            if (now != null && !now.equals(then)) {
                draft.fact("offsets of " + datasource + " here: " + shortened(now));
                draft.lose("offsets of " + datasource + " (supervisor " + supervisor.id() + "), which go back from "
                        + shortened(now) + " to " + shortened(then));
            }
        }
    }
}
