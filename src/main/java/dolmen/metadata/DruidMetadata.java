package dolmen.metadata;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * The store of Druid's metadata, whatever the database: dumped in one snapshot, and replaced as a whole by a database that a run
 * loads beside the live one. Every method throws {@code Unavailable} while the server does not answer, and {@code Failed} when it
 * refuses; what is refused leaves everything as it was. A run is named by its mark.
 */
public interface DruidMetadata {
    /** Druid's word for it: its setting {@code druid.metadata.storage.type}. */
    String type();

    /** Its name for a person. */
    String product();

    /** What the server is, and what its user may do there. The live database need not exist. */
    MetadataServer server();

    /** What becomes of a dump on this server, and why it would not be taken. */
    DumpFit fit(DumpSummary dump);

    /**
     * Tries whether the server takes the whole dump, and leaves nothing there. Returns what it says when it does not; empty when it
     * does. What is loaded is counted.
     */
    Optional<String> tryOut(Path dump, DumpSummary expected, Meter meter);

    /** An identifier that the server has had since it was created, and no other server has; empty when the user may not read it. */
    Optional<String> systemIdentifier();

    /** The server's clock. */
    Instant time();

    /** Free bytes on the volume of the server's data; empty when they cannot be found out. */
    OptionalLong freeBytes();

    /** Whether the server answers now; throws when it answers that it lets nobody in. */
    boolean answers();

    /** Returns when the server answers; throws the last {@code Unavailable} when the limit has passed. */
    void awaitReady(Duration limit);

    /** Ends sessions and programs that earlier, killed runs left at the server; returns a line for each. For the holder of the lock only. */
    List<String> endEarlierRuns();

    /**
     * Dumps the live database into a file that appears only when it is whole; what does not make a dump fail is warned of. The bytes
     * that are written and read back are counted.
     */
    DumpSummary dump(Path file, Consumer<String> warnings, Meter meter);

    /** What reads such dumps. */
    MetadataDumps dumps();

    /** The database that Druid uses; its tables are looked up once. */
    MetadataDatabase live();

    /** The database that this run loads beside the live one. */
    MetadataDatabase loaded(RunMark run);

    /** The database that was live before this run's swap. */
    MetadataDatabase replaced(RunMark run);

    /**
     * Loads a dump into a new database beside the live one, all or nothing, and compares each table with the summary. What is loaded
     * is counted. Repeatable.
     */
    void load(RunMark run, Path dump, DumpSummary expected, Meter meter);

    /**
     * Puts the loaded database in the live one's place, which is kept: whatever happens, both or none. Repeatable. Where there was no
     * live database an empty one is kept, so that the swap can be told and taken back like any other.
     */
    void swap(RunMark run);

    /** Takes a swap back; what was swapped in is kept aside. Repeatable; does nothing where nothing was swapped. */
    void swapBack(RunMark run);

    /** Removes for good what the run has loaded, wherever a swap back has put it. Repeatable. */
    void dropLoaded(RunMark run);

    /** Removes for good what the run has replaced. Repeatable. */
    void dropReplaced(RunMark run);

    /** The databases that runs made and that are still there, for any live database of the server. */
    SortedSet<String> leftovers();

    /** Those of the leftovers in which a dump was tried, or is at this moment: no run keeps one. */
    SortedSet<String> trials();

    /** The rows of single datasources in the live database. */
    DatasourceRows datasources();
}
