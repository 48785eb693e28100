package dolmen.metadata;

import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Exchanges the rows of single datasources in the live metadata, while Druid runs: the used segments and stored offsets become
 * those of a dump, at once. What they were is kept in the database itself, by the mark of the run. Every method is
 * repeatable, throws {@code Unavailable} while the server does not answer and {@code Failed} when it refuses; then nothing was
 * changed.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/metadata-storage.html">Druid: metadata storage; the coordinator
 *     polls the table of segments</a>
 */
public interface DatasourceRows {
    /** Tries whether the live tables take the dump's rows of these datasources, and leaves nothing there. Returns why not; empty when they do. */
    Optional<String> tryOut(Path dump, SortedSet<String> datasources);

    /**
     * Gives the datasources these load rules, where there are some, and the dump's to those that have none, before their segments
     * come: the coordinator reads the two apart, and marks a segment unused that the rules it knows do not keep. Rules that are
     * there stay. Nothing when that was done before.
     *
     * @see <a href="https://druid.apache.org/docs/25.0.0/configuration/index.html">Druid: druid.manager.rules.pollDuration</a>
     */
    void bringRules(Path dump, SortedSet<String> datasources, RunMark run, Optional<LoadRules> given);

    /** The rules that hold, by the database, for each datasource to which the run has brought some: a JSON list. */
    SortedMap<String, String> broughtRules(RunMark run);

    /** Whether this run has exchanged rows that were not dropped or put back since. */
    boolean isDone(RunMark run);

    /**
     * Puts the dump's rows of these datasources in the place of the live ones, the dump's load rules first where
     * {@link #bringRules} was not called; nothing when that was done before. What is read and loaded is counted.
     */
    void swapIn(Path dump, SortedSet<String> datasources, RunMark run, Meter meter);

    /** Makes rows and rules what they were before; segments that came since are not used any more. Nothing where nothing was done. */
    void swapBack(RunMark run);

    /**
     * Hands out datasource and id of the used segments that came since the exchange and that {@link #swapBack} would hide,
     * those of an id that was there with another content, too.
     */
    void cameSince(RunMark run, BiConsumer<String, String> consumer);

    /** The used segments that {@link #swapBack} brings back; read anew at each call. */
    UsedSegments comeBack(RunMark run);

    /**
     * Hands out the ids of the used segments that {@link #swapBack} brings back and whose place Druid has given to another
     * segment since: the same id and load spec, neither the row of before nor the one that the exchange brought.
     */
    void replacedSince(RunMark run, Consumer<String> ids);

    /** Removes what {@link #swapBack} needs, for good: also from databases that later restores keep, since their undo would bring it back. */
    void drop(RunMark run);
}
