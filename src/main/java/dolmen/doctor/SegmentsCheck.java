package dolmen.doctor;

import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.CoverageReport;
import dolmen.deepstorage.DeepStorage;
import dolmen.model.Coverage;
import dolmen.model.HeapNeed;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether every used segment that has files is of local deep storage and they are all there. */
final class SegmentsCheck implements Check {
    private final Source source;

    SegmentsCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Optional<Refused> tooMany = new HeapNeed(source.metadata().live().countUsed()).objection();
        if (tooMany.isPresent()) {
            return List.of(Seen.error(tooMany.get().getMessage(), tooMany.get().hint()));
        }
        DeepStorage storage = source.deepStorage();
        CoverageReport report = CoverageCheck.check(
                source.metadata().live().usedSegments(), storage.paths(), storage.files(0, Meter.NONE), "");
        Coverage coverage = report.coverage();
        if (coverage.used() == 0) {
            return List.of(Seen.warning(
                    "the metadata has no used segment: a backup would hold no data",
                    "Is it the right database, and are there datasources?"));
        }
        if (coverage.complete()) {
            return List.of(Seen.ok("the files of all " + coverage.used() + " used segments are there"));
        }
        List<Seen> seen = new ArrayList<>();
        report.reasons()
                .forEach((reason, count) -> seen.add(Seen.error(
                        count + " of " + coverage.used() + " used segments are not covered: " + reason, hint(reason))));
        seen.add(Seen.error(
                "missing: " + coverage.words(),
                "A backup would end with exit status 3. Put the files back from a backup of deep storage, or ingest these"
                        + " intervals again."));
        return seen;
    }

    private static String hint(String reason) {
        if (reason.startsWith("load spec")) {
            return "Only deep storage of type local is saved; move these segments there.";
        }
        return reason.contains("outside")
                ? "Set dolmen.segments.path to the folder that holds all of deep storage."
                : "Restore them from a backup, or load the data again.";
    }
}
