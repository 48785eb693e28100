package dolmen.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The place of a segment among those of one interval and version, as its shard spec says: the number of its partition,
 * how many core partitions make the set complete (0: any one does; {@link #UNCOUNTED}: their ranges must follow each
 * other), the range of values where the shard spec has one, and what it replaces when it is of a minor version.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/segments.html">Druid: segments, sharding</a>
 */
public record Shard(int number, int core, Optional<Range> range, Optional<Replacement> replacement) {
    /** The core partitions are not counted, as in old segments that are partitioned by one dimension. */
    public static final int UNCOUNTED = -1;

    /** From one value, or the begin when it is empty, to another one, or the end; as JSON. */
    public record Range(String from, String to) {}

    /**
     * The root partitions from one number up to another one, excluded, which a segment replaces together with the others
     * of its minor version and range, when all of that size are there.
     */
    public record Replacement(int from, int to, int minor, int size) {}

    /** Reads a shard spec of a segment's payload; without one there is one partition only. */
    public static Shard of(JsonNode spec) {
        int number = spec.path("partitionNum").asInt();
        return switch (spec.path("type").asText()) {
            case "", "none", "linear", "tombstone" -> counted(number, 0);
            case "numbered", "hashed" -> counted(number, spec.path("partitions").asInt());
            case "numbered_overwrite" ->
                new Shard(spec.path("partitionId").asInt(), 0, Optional.empty(), Optional.of(replacement(spec)));
            default -> ranged(number, spec);
        };
    }

    /** A partition of a set with so many core partitions. */
    public static Shard counted(int number, int core) {
        return new Shard(number, core, Optional.empty(), Optional.empty());
    }

    private static Replacement replacement(JsonNode spec) {
        return new Replacement(
                spec.path("startRootPartitionId").asInt(),
                spec.path("endRootPartitionId").asInt(),
                spec.path("minorVersion").asInt(),
                spec.path("atomicUpdateGroupSize").asInt());
    }

    private static Shard ranged(int number, JsonNode spec) {
        int core = spec.path("numCorePartitions").asInt(UNCOUNTED);
        if (core >= 0) {
            return counted(number, core);
        }
        boolean known = spec.has("dimension") || spec.has("dimensions");
        Optional<Range> range =
                known ? Optional.of(new Range(end(spec.path("start")), end(spec.path("end")))) : Optional.empty();
        return new Shard(number, UNCOUNTED, range, Optional.empty());
    }

    private static String end(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.toString();
    }

    /** The first root partition that this one stands for. */
    public int from() {
        return replacement.map(Replacement::from).orElse(number);
    }

    /** The root partition behind the last one that this one stands for. */
    public int to() {
        return replacement.map(Replacement::to).orElse(number + 1);
    }

    /** 0 for a segment that replaces none of its version. */
    public int minor() {
        return replacement.map(Replacement::minor).orElse(0);
    }

    /** How many segments of one minor version and range make them visible together. */
    public int groupSize() {
        return replacement.map(Replacement::size).orElse(1);
    }
}
