package dolmen.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dolmen.model.StepFailure.Unusable;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a run is asked to do: the operation, what began it, the trigger file's name, the label of the backup (empty: the
 * newest good one), or a folder with a script's files instead, whether Metabase is left out, whether what a restore
 * would lose was confirmed, the id of the restore that is undone, the kind of a backup (empty: full), the folder of an export,
 * the datasources that alone are restored (empty: everything; also in what older versions wrote, which lacks it),
 * whether a restore leaves down the services that did not run, whether it may lose what is not Druid's, whether restored
 * datasources get a rule that loads all, and the used segments without which a backup is published all the same.
 */
public record RunRequest(
        Operation operation,
        Origin origin,
        Optional<String> trigger,
        Optional<Label> label,
        Optional<String> from,
        boolean skipMetabase,
        boolean confirmed,
        Optional<String> undo,
        Optional<Kind> kind,
        Optional<String> to,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedSet<String> datasources,
        boolean noStart,
        boolean loseForeign,
        boolean loadAll,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedSet<String> acceptMissing) {

    private static final int LONGEST_NAME = 1024;

    public RunRequest {
        datasources.stream()
                .filter(name -> name.length() > LONGEST_NAME)
                .findFirst()
                .ifPresent(name -> {
                    throw new Unusable(
                            "the name of a datasource has " + name.length() + " letters",
                            "Names have at most " + LONGEST_NAME + "; `dolmen show` lists them.");
                });
        datasources = Collections.unmodifiableSortedSet(new TreeSet<>(datasources));
        acceptMissing = Collections.unmodifiableSortedSet(new TreeSet<>(acceptMissing));
    }

    /** A request with nothing but defaults; the rest is added with the methods below. */
    public static RunRequest of(Operation operation, Origin origin) {
        return new RunRequest(
                operation,
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Collections.emptySortedSet(),
                false,
                false,
                false,
                Collections.emptySortedSet());
    }

    /** This request, begun by this trigger file. */
    public RunRequest triggeredBy(String file) {
        return with(draft -> draft.trigger = Optional.of(file));
    }

    /** This request about this backup, or about the files in this folder; about the newest good one without both. */
    public RunRequest about(Optional<Label> backup, Optional<String> folder) {
        return with(draft -> {
            draft.label = backup;
            draft.from = folder;
        });
    }

    /** This request, Metabase left out when told so. */
    public RunRequest skippingMetabase(boolean skip) {
        return with(draft -> draft.skipMetabase = skip);
    }

    /** This request, its losses confirmed when told so. */
    public RunRequest confirmed(boolean yes) {
        return with(draft -> draft.confirmed = yes);
    }

    /** This request, which leaves down the services that do not run when told so. */
    public RunRequest startingNothing(boolean leaveDown) {
        return with(draft -> draft.noStart = leaveDown);
    }

    /** This request, which may lose what is in the metadata database and not Druid's when told so. */
    public RunRequest losingForeign(boolean lose) {
        return with(draft -> draft.loseForeign = lose);
    }

    /** This request; restored datasources get a rule that loads all of them when told so. */
    public RunRequest loadingAll(boolean all) {
        return with(draft -> draft.loadAll = all);
    }

    /** This request, to undo this restore. */
    public RunRequest undoing(String run) {
        return with(draft -> draft.undo = Optional.of(run));
    }

    /** This request, for a backup of this kind. */
    public RunRequest of(Kind wanted) {
        return with(draft -> draft.kind = Optional.of(wanted));
    }

    /** This request, to export into this folder. */
    public RunRequest into(String folder) {
        return with(draft -> draft.to = Optional.of(folder));
    }

    /** This request, begun anew from its dead letter; what was confirmed stays so. */
    public RunRequest retried() {
        return with(draft -> draft.origin = Origin.RETRY);
    }

    /** This request, begun anew by this copy of its dead letter. */
    public RunRequest repeatedBy(String file) {
        return retried().triggeredBy(file);
    }

    /** This request, for these datasources alone; for everything when there are none. */
    public RunRequest of(SortedSet<String> names) {
        return with(draft -> draft.datasources = names);
    }

    /** This request, for a backup that may lack these used segments. */
    public RunRequest acceptingMissing(SortedSet<String> segments) {
        return with(draft -> draft.acceptMissing = segments);
    }

    /** Whether single datasources are restored beside a running stack. */
    public boolean ofDatasources() {
        return !datasources.isEmpty();
    }

    /** Of the used segments those that are asked for. */
    public UsedSegments wanted(UsedSegments all) {
        return ofDatasources()
                ? consumer -> all.forEach(segment -> {
                    if (datasources.contains(segment.datasource())) {
                        consumer.accept(segment);
                    }
                })
                : all;
    }

    /** The name of the route that does it: single datasources go another way than a whole stack. */
    public String route() {
        return ofDatasources() ? operation.routeOfDatasources() : operation.route();
    }

    private RunRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new RunRequest(
                operation,
                draft.origin,
                draft.trigger,
                draft.label,
                draft.from,
                draft.skipMetabase,
                draft.confirmed,
                draft.undo,
                draft.kind,
                draft.to,
                draft.datasources,
                draft.noStart,
                draft.loseForeign,
                draft.loadAll,
                draft.acceptMissing);
    }

    /** The members of a request, to be changed. */
    private static final class Draft {
        private Origin origin;
        private Optional<String> trigger;
        private Optional<Label> label;
        private Optional<String> from;
        private boolean skipMetabase;
        private boolean confirmed;
        private Optional<String> undo;
        private Optional<Kind> kind;
        private Optional<String> to;
        private SortedSet<String> datasources;
        private boolean noStart;
        private boolean loseForeign;
        private boolean loadAll;
        private SortedSet<String> acceptMissing;

        private Draft(RunRequest request) {
            this.origin = request.origin;
            this.trigger = request.trigger;
            this.label = request.label;
            this.from = request.from;
            this.skipMetabase = request.skipMetabase;
            this.confirmed = request.confirmed;
            this.undo = request.undo;
            this.kind = request.kind;
            this.to = request.to;
            this.datasources = request.datasources;
            this.noStart = request.noStart;
            this.loseForeign = request.loseForeign;
            this.loadAll = request.loadAll;
            this.acceptMissing = request.acceptMissing;
        }
    }
}
