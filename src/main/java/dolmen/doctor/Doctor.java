package dolmen.doctor;

import dolmen.model.StepFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every check of the stack and of the set-up, in the order of the report. */
public final class Doctor {
    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final Map<String, Check> checks = new LinkedHashMap<>();

    public Doctor(Source source) {
        checks.put("services", new ServicesCheck(source));
        checks.put("postgresql", new PostgresCheck(source));
        checks.put("metadata store", new MetadataStoreCheck(source));
        checks.put("druid", new DruidCheck(source));
        checks.put("segments", new SegmentsCheck(source));
        checks.put("partition sets", new PartitionsCheck(source));
        checks.put("orphans", new OrphansCheck(source));
        checks.put("kill tasks", new KillCheck(source));
        checks.put("rules", new RulesCheck(source));
        checks.put("metabase", new MetabaseCheck(source));
        checks.put("shared folder", new DeepStorageCheck(source));
        checks.put("catalog", new CatalogCheck(source));
        checks.put("folders", new FoldersCheck(source));
        checks.put("clock", new ClockCheck(source));
        checks.put("schedule", new IntakeCheck(source));
        checks.put("bucket", new BucketCheck(source));
        checks.put("copy", new CopyCheck(source));
    }

    /** Carries out every check, whatever becomes of the others. Where several find the same, as when Docker is down, the hint is given once. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Set<Check.Seen> found = new HashSet<>();
        checks.forEach((name, check) -> look(name, check).forEach(seen -> {
            String hint = found.add(seen) ? seen.hint() : "";
            findings.add(new Finding(
                    seen.severity(), name, seen.what(), Optional.of(hint).filter(text -> !text.isEmpty())));
        }));
        return findings;
    }

    static List<Check.Seen> look(String name, Check check) {
        try {
            return check.look();
        } catch (StepFailure failure) {
            return List.of(Check.Seen.error(failure.getMessage(), failure.hint()));
        } catch (RuntimeException bug) {
            LOG.error("the check {} failed unexpectedly", name, bug);
            return List.of(Check.Seen.error(
                    "the check could not be carried out: " + bug,
                    "This is a fault of Dolmen: report it with its log."));
        }
    }
}
