package dolmen.restore;

import dolmen.model.MetadataContents;
import dolmen.model.StoredSupervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is lost of Druid's own tables, segments aside, when other contents take the place of the live ones: supervisors, stored offsets,
 * load rules and configuration. Rules of {@code _default} are no loss, since Druid makes them itself.
 */
final class DruidLosses {
    private static final int SHOWN = 160;
    private static final String DEFAULT_RULES = "_default";

    private final MetadataContents live;
    private final MetadataContents other;

    DruidLosses(MetadataContents live, MetadataContents other) {
        this.live = live;
        this.other = other;
    }

    /** A loss: its name, by which it is known again later, and what more is said of it. */
    record Loss(String what, String detail) {
        String words() {
            return what + detail;
        }
    }

    /** Supervisors that the other contents do not have. */
    List<Loss> supervisors() {
        return live.supervisors().values().stream()
                .filter(StoredSupervisor::exists)
                .filter(supervisor -> other(supervisor).isEmpty())
                .map(supervisor -> new Loss("supervisor " + supervisor.id(), ""))
                .toList();
    }

    /** Offsets of datasources that supervisors feed, where they would become others. */
    List<Loss> offsets() {
        List<Loss> losses = new ArrayList<>();
        live.supervisors().values().stream().filter(StoredSupervisor::exists).forEach(supervisor -> {
            for (String datasource : supervisor.datasources()) {
                String now = live.offsets().get(datasource);
                String then = other.offsets().getOrDefault(datasource, "none");
                if (now != null && !now.equals(then)) {
                    losses.add(new Loss(
                            "offsets of " + datasource + " (supervisor " + supervisor.id() + ")",
                            ", which go back from " + shortened(now) + " to " + shortened(then)));
                }
            }
        });
        return losses;
    }

    /** Load rules and configuration that the other contents do not have. */
    List<Loss> settings() {
        List<Loss> losses = new ArrayList<>();
        live.rules().keySet().stream()
                .filter(datasource -> !datasource.equals(DEFAULT_RULES))
                .filter(datasource -> !other.rules().containsKey(datasource))
                .forEach(datasource -> losses.add(new Loss("load rules of " + datasource, "")));
        live.configuration().keySet().stream()
                .filter(name -> !other.configuration().containsKey(name))
                .forEach(name -> losses.add(new Loss("configuration " + name, "")));
        return losses;
    }

    /** What the other contents have with another value. */
    List<Loss> changes() {
        List<Loss> losses = new ArrayList<>();
        live.supervisors().values().stream()
                .filter(StoredSupervisor::exists)
                .filter(supervisor -> other(supervisor)
                        .filter(then -> !then.spec().equals(supervisor.spec()))
                        .isPresent())
                .forEach(supervisor -> losses.add(new Loss("the spec of supervisor " + supervisor.id(), "")));
        changed(live.rules(), other.rules(), "load rules of ", losses);
        changed(live.configuration(), other.configuration(), "configuration ", losses);
        return losses;
    }

    private static void changed(Map<String, ?> now, Map<String, ?> then, String words, List<Loss> losses) {
        now.forEach((name, value) -> {
            if (then.containsKey(name) && !then.get(name).equals(value)) {
                losses.add(new Loss(words + name, ""));
            }
        });
    }

    private Optional<StoredSupervisor> other(StoredSupervisor supervisor) {
        return Optional.ofNullable(other.supervisors().get(supervisor.id())).filter(StoredSupervisor::exists);
    }

    /** The first 160 letters of a JSON text. */
    static String shortened(String json) {
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "...";
    }
}
