package dolmen.restore;

import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.StoredSupervisor;
import dolmen.settings.RestoreSettings;

/** The part of a plan about supervisors, and about the stream offsets that were stored with the segments. */
public final class SupervisorsPlan implements PlanPart {
    private final RestoreSettings settings;

    public SupervisorsPlan(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
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
        DruidLosses losses = new DruidLosses(target.live(), target.backup());
        losses.supervisors().forEach(loss -> lose(loss, draft));
        losses.offsets().forEach(loss -> lose(loss, draft));
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
                    .append(DruidLosses.shortened(stored));
        }
        return text.toString();
    }

    private static void lose(DruidLosses.Loss loss, PlanDraft draft) {
        draft.fact("goes: " + loss.words());
        draft.lose(loss.words());
    }
}
