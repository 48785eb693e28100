package dolmen.metadata;

import java.time.Instant;

/** What Druid, and people beside it, write into the live database of a store that is tested. */
public interface DruidRows {
    /** A used segment of one day, which replaces a row of that id. */
    void segment(String id, String datasource, Instant created, long size);

    void markUnused(String id);

    /** Segments of that datasource that were killed: neither row nor file. */
    void kill(String id);

    /** A newer row of the datasource's load rules. */
    void rules(String datasource, String version, String json);

    /** A newer row of the supervisor's spec. */
    void supervisor(String id, String json);

    void offsets(String datasource, String json);

    /** One active task, its lock, and a pending segment of the datasource. */
    void task(String datasource);

    /** A table that is not Druid's, with so many rows. */
    void foreignTable(String name, int rows);

    /** Removes the live database. */
    void dropLive();
}
