package dolmen.metadata;

/** The payload of a segment of one day, as Druid writes it. */
public final class SegmentJson {
    public static final String START = "2024-01-01T00:00:00.000Z";
    public static final String END = "2024-01-02T00:00:00.000Z";

    private SegmentJson() {}

    public static String of(String id, String datasource, long size) {
        return "{\"dataSource\":\"" + datasource + "\",\"interval\":\"" + START + "/" + END
                + "\",\"version\":\"v1\",\"loadSpec\":{\"type\":\"local\",\"path\":\"/opt/shared/segments/" + id
                + "/index/\"},\"shardSpec\":{\"type\":\"numbered\",\"partitionNum\":0,\"partitions\":0},\"size\":"
                + size
                + ",\"identifier\":\"" + id + "\"}";
    }
}
