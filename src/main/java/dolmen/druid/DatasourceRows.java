package dolmen.druid;

/**
 * What a broker knows of one datasource: the published segments that nothing hides, how many of them no server serves,
 * and the rows of the served ones.
 */
public record DatasourceRows(long segments, long unavailable, long rows) {}
