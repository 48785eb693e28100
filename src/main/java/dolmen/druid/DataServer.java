package dolmen.druid;

/** A historical: its address, its tier, the bytes that it holds and the bytes that it may hold. */
public record DataServer(String host, String tier, long used, long room) {}
