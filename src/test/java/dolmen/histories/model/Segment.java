package dolmen.histories.model;

/**
 * A row of Druid's table of segments. The path is relative to the shared folder; it ends with {@code /} where the segment
 * is a folder. Two segments may have one id, the second made when the first had been killed: {@link #key} tells them apart.
 */
public record Segment(
        String id,
        String datasource,
        String interval,
        String version,
        int partition,
        String path,
        String created,
        long size,
        boolean used) {

    /** The id and the moment at which the row was made. */
    public String key() {
        return id + "@" + created;
    }

    /** Whether the other one had this id before. */
    public boolean isAgain(Segment other) {
        return id.equals(other.id) && !key().equals(other.key());
    }

    /** Whether the file belongs to it. */
    public boolean owns(String file) {
        return path.endsWith("/") ? file.startsWith(path) : file.equals(path);
    }
}
