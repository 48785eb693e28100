package dolmen.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dolmen.model.StepFailure.Unusable;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a restore brings: which backup, without Metabase or with it, these datasources alone (everything when there are
 * none), whether it may lose what is not Druid's, and whether restored datasources get a rule that loads all.
 */
public record RestoreChoice(
        @JsonUnwrapped BackupChoice backup,
        boolean skipMetabase,
        SortedSet<String> datasources,
        boolean loseForeign,
        boolean loadAll) {
    /** All of the newest good backup, without any consent to a loss. */
    public static final RestoreChoice EVERYTHING =
            new RestoreChoice(BackupChoice.NEWEST, false, Collections.emptySortedSet(), false, false);

    private static final int LONGEST_NAME = 1024;

    public RestoreChoice {
        datasources.stream()
                .filter(name -> name.length() > LONGEST_NAME)
                .findFirst()
                .ifPresent(name -> {
                    throw new Unusable(
                            "the name of a datasource has " + name.length() + " letters",
                            "Names have at most " + LONGEST_NAME + "; `dolmen show` lists them.");
                });
        datasources = Collections.unmodifiableSortedSet(new TreeSet<>(datasources));
    }

    /** Whether single datasources are restored beside a running stack. */
    public boolean ofDatasources() {
        return !datasources.isEmpty();
    }

    /** Whether this datasource is part of it. */
    public boolean has(String datasource) {
        return datasources.isEmpty() || datasources.contains(datasource);
    }

    /** Of the used segments those that are asked for. */
    public UsedSegments wanted(UsedSegments all) {
        return ofDatasources()
                ? consumer -> all.forEach(segment -> {
                    if (has(segment.datasource())) {
                        consumer.accept(segment);
                    }
                })
                : all;
    }
}
