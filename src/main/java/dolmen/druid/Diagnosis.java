package dolmen.druid;

import dolmen.model.Coverage;
import dolmen.model.StepFailure;
import dolmen.model.UnusedSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds out why a stack does not serve what is expected, above all which of the two usual problems it is: the metadata
 * was not restored (not shown), or segments are missing (shown, but not available). Asks Druid once more for the ids, and
 * the metadata store for those that Druid does not show.
 */
final class Diagnosis {
    private static final int NAMED = 10;

    private final DruidApi api;
    private final UnusedSegments unused;
    private final List<ServingProblem> findings = new ArrayList<>();

    Diagnosis(DruidApi api, UnusedSegments unused) {
        this.api = api;
        this.unused = unused;
    }

    /** What is wrong with a stack that showed this reading last. Never empty. */
    List<ServingProblem> of(Expectation expectation, ClusterState reading) {
        leaders(expectation, reading);
        metadata(expectation, reading);
        segments(expectation, reading);
        rows(reading);
        if (!expectation.newerAllowed()) {
            strangers(reading);
        }
        if (findings.isEmpty()) {
            findings.add(new ServingProblem(
                    Problem.NOT_STEADY,
                    "everything was there in the last reading, but not in two readings one after the other",
                    "Verify again, or raise dolmen.druid.verify-limit.",
                    List.of()));
        }
        return List.copyOf(findings);
    }

    /** What is wrong with a stack whose API gave no answer to judge by. */
    static ServingProblem ofSilence(StepFailure failure) {
        return new ServingProblem(Problem.NOT_ANSWERING, failure.getMessage(), failure.hint(), List.of());
    }

    private void leaders(Expectation expectation, ClusterState reading) {
        if (!reading.coordinatorLeads()) {
            findings.add(new ServingProblem(
                    Problem.NO_COORDINATOR_LEADER,
                    "no coordinator leads",
                    "Look at the coordinator's log and at ZooKeeper.",
                    List.of()));
        }
        if (reading.overlord() == ClusterState.Overlord.ABSENT) {
            List<String> lost = expectation
                    .then()
                    .map(then -> List.copyOf(VerificationWarnings.lostModules(then, reading.state())))
                    .orElse(List.of());
            String missing = lost.isEmpty() ? "" : "; extensions that it had and has no more: " + words(lost);
            findings.add(new ServingProblem(
                    Problem.NO_OVERLORD_LEADER,
                    "no overlord leader" + missing,
                    "Load the extensions of the time of the backup (druid.extensions.loadList): an overlord cannot lead"
                            + " while it cannot read a stored supervisor or task.",
                    lost));
        }
    }

    /** A segment that Druid marked as unused itself was restored, and is told apart from one that is missing. */
    private void metadata(Expectation expectation, ClusterState reading) {
        List<String> lacking = names(reading, match -> match.lost() > 0);
        AbsentSegments absent = AbsentSegments.of(api, unused, expectation, lacking);
        List<String> hidden = new ArrayList<>(names(reading, match -> !match.shown() && match.lost() > 0));
        hidden.removeIf(
                name -> absent.unused().count(name) > 0 && absent.missing().count(name) == 0);
        if (!hidden.isEmpty()) {
            findings.add(new ServingProblem(
                    Problem.METADATA_NOT_RESTORED,
                    "druid does not show " + hidden.size() + " of "
                            + reading.matches().size() + " datasources: " + words(hidden),
                    "Look whether Druid reads the restored database (druid.metadata.storage.connector.connectURI),"
                            + " verify the backup's metadata dump, and restore the metadata again.",
                    hidden));
        }
        SegmentList missing = absent.missing().without(hidden);
        if (missing.count() > 0) {
            findings.add(new ServingProblem(
                    Problem.METADATA_NOT_RESTORED,
                    "druid does not know " + missing.count() + " segments of the backup: " + missing.byDatasource(),
                    "Look whether Druid reads the restored database, and restore the metadata again.",
                    missing.ids()));
        }
        rules(lacking, absent.unused());
    }

    private void segments(Expectation expectation, ClusterState reading) {
        List<String> lacking = names(reading, match -> match.shown() && match.unavailable() > 0);
        if (lacking.isEmpty()) {
            return;
        }
        SegmentList missing = SegmentList.unavailable(api, lacking);
        findings.add(new ServingProblem(
                Problem.SEGMENTS_MISSING,
                missing.count() + " of " + expectation.segments() + " segments are shown but not available: "
                        + missing.byDatasource(),
                "Look whether the archive was unpacked where deep storage is, and at the historical's log;"
                        + " what is lost for good, ingest again from Kafka or the source: " + missing.intervals() + ".",
                missing.ids()));
        HistoricalCapacity room = HistoricalCapacity.of(reading.bytes(), api.historicals());
        if (!room.suffices()) {
            findings.add(new ServingProblem(
                    Problem.TOO_LITTLE_ROOM,
                    room.words(),
                    "Raise druid.server.maxSize and druid.segmentCache.locations, or add a historical.",
                    List.of()));
        }
        rules(lacking, new SegmentList());
    }

    /** What the rules of these datasources leave out, and how many segments Druid has marked as unused for it. */
    private void rules(List<String> datasources, SegmentList dropped) {
        if (datasources.isEmpty()) {
            return;
        }
        Map<String, List<LoadRule>> rules = api.rules();
        List<String> tiers = api.historicals().stream().map(DataServer::tier).toList();
        for (String datasource : datasources) {
            List<LoadRule> chain = new ArrayList<>(rules.getOrDefault(datasource, List.of()));
            chain.addAll(rules.getOrDefault(LoadRule.DEFAULT, List.of()));
            String reason = lossy(chain, tiers);
            long count = dropped.count(datasource);
            if (!reason.isEmpty()) {
                String seen = count > 0 ? " dropped " + count + " restored segments: they " : " ";
                findings.add(new ServingProblem(
                        Problem.NOT_KEPT_BY_RULES,
                        "the load rules of " + datasource + seen + reason,
                        "Change the rules in Druid's console: the coordinator loads and drops by them.",
                        List.of(datasource)));
            } else if (count > 0) {
                findings.add(new ServingProblem(
                        Problem.MARKED_UNUSED,
                        count + " restored segments of " + datasource + " were marked as unused after the start, and"
                                + " neither newer segments nor load rules explain it",
                        "See Druid's audit log and the coordinator's log for what marked them.",
                        dropped.ids(datasource)));
            }
        }
    }

    /**
     * Why this chain of rules, of which the first one that fits is taken, may leave segments out; empty when it does
     * not.
     */
    static String lossy(List<LoadRule> chain, List<String> tiers) {
        for (LoadRule rule : chain) {
            List<String> empty = rule.tiers().keySet().stream()
                    .filter(tier -> !tiers.contains(tier))
                    .toList();
            if (!rule.drops()
                    && !rule.tiers().isEmpty()
                    && empty.size() == rule.tiers().size()) {
                return "want them in a tier without historicals: " + words(empty);
            }
            if (rule.drops()) {
                return "drop segments: " + rule.words();
            }
            if (rule.keepsForever()) {
                return "";
            }
        }
        String all = chain.stream().map(LoadRule::words).collect(Collectors.joining(", "));
        return "do not keep segments of all times: " + (all.isEmpty() ? "there are none" : all);
    }

    private void rows(ClusterState reading) {
        reading.matches().forEach((name, match) -> {
            boolean whole = match.shown() && match.unavailable() == 0 && match.lost() == 0;
            if (whole && !match.queried().orElse(true)) {
                findings.add(new ServingProblem(
                        Problem.QUERIES_FAIL,
                        "the broker does not answer queries of " + name + " in full",
                        "Look at the broker's log and whether it reaches the historicals.",
                        List.of(name)));
            }
            if (whole && match.queried().orElse(true) && !match.rowsHold()) {
                findings.add(new ServingProblem(
                        Problem.ROWS_DIFFER,
                        name + " has " + match.rows().orElse(0L) + " rows, the backup had "
                                + match.rowsExpected().orElse(0L),
                        "Look at the historical's log for segments that it could not read.",
                        List.of(name)));
            }
        });
    }

    private void strangers(ClusterState reading) {
        List<String> names = new ArrayList<>(reading.strangers());
        names.addAll(names(reading, match -> match.newer() > 0));
        if (!names.isEmpty()) {
            findings.add(new ServingProblem(
                    Problem.NOT_OF_THE_BACKUP,
                    "druid shows segments that the backup does not have: " + words(names),
                    "Look whether the coordinator reads the restored database and whether anything was ingested since.",
                    names));
        }
    }

    private static List<String> names(ClusterState reading, Predicate<DatasourceMatch> filter) {
        return reading.matches().entrySet().stream()
                .filter(entry -> filter.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .limit(Coverage.LISTED)
                .toList();
    }

    private static String words(List<String> names) {
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return names.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
    }
}
