package dolmen.druid;

/**
 * One segment as a broker knows it: its id and interval, its rows (0 as long as it does not know them), and whether the
 * metadata store has it (published), a server serves it (available), and only a task does (realtime).
 */
record BrokerSegment(String id, String interval, long rows, boolean published, boolean available, boolean realtime) {}
