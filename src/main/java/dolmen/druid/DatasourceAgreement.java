package dolmen.druid;

/**
 * One datasource of a dump beside what the API says now: used segments of the dump, those that the API has too, those
 * that it has not any more though nothing overshadows them (vanished: marked unused or killed since), and those that only
 * the API has (newer).
 */
public record DatasourceAgreement(long dumped, long shared, long vanished, long newer) {}
