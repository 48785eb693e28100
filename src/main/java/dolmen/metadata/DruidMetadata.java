package dolmen.metadata;

import dolmen.model.DumpSummary;
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

    /** Tries whether the server takes a dump, all of it, and leaves nothing there; what it says when it does not. */
    Optional<String> tryOut(Path dump, DumpSummary expected);

    /** What tells this server from all others from its first start on; empty when the user may not ask for it. */
    Optional<String> systemIdentifier();

    /** The server's clock. */
    Instant time();

    /** Free bytes on the volume of the server's data; empty when they cannot be found out. */
    OptionalLong freeBytes();

    /** Whether the server answers now; throws when it answers that it lets nobody in. */
    boolean answers();

    /** Returns when the server answers; throws the last {@code Unavailable} when the limit has passed. */
    void awaitReady(Duration limit);

    /** Ends what earlier runs have left at the server and would go on by itself; a line for each. Only for the holder of the lock. */
    List<String> endEarlierRuns();

    /** Dumps the live database into a file that appears only when it is whole; what does not make a dump fail is warned of. */
    DumpSummary dump(Path file, Consumer<String> warnings);

    /** What reads such dumps. */
    MetadataDumps dumps();

    /** The database that Druid uses; its tables are looked up once. */
    MetadataDatabase live();

    /** The one that the run loads. */
    MetadataDatabase loaded(String run);

    /** The one that was live before the run's swap. */
    MetadataDatabase replaced(String run);

    /** Loads a dump into a new database beside the live one, all or nothing, and compares each table with the summary. Repeatable. */
    void load(String run, Path dump, DumpSummary expected);

    /**
     * Puts the loaded database in the live one's place, which is kept: whatever happens, both or none. Repeatable. Where there was no
     * live database an empty one is kept, so that the swap can be told and taken back like any other.
     */
    void swap(String run);

    /** Takes a swap back; what was swapped in is put aside. Repeatable, and nothing where nothing was swapped. */
    void swapBack(String run);

    /** What the run has loaded is gone for good, also where a swap back has put it aside. Repeatable. */
    void dropLoaded(String run);

    /** What the run has replaced is gone for good. Repeatable. */
    void dropReplaced(String run);

    /** The databases that runs made and that are still there, for any live database of the server. */
    SortedSet<String> leftovers();

    /** Those of the leftovers in which a dump was tried, or is at this moment: no run keeps one. */
    SortedSet<String> trials();

    /** The rows of single datasources in the live database. */
    DatasourceRows datasources();
}
