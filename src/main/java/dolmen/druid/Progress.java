package dolmen.druid;

/** How far a restored stack has come: datasources shown and segments available, out of those expected. */
public record Progress(long datasources, long datasourcesExpected, long segments, long segmentsExpected) {
    @Override
    public String toString() {
        return "%d of %d datasources, %d of %d segments"
                .formatted(datasources, datasourcesExpected, segments, segmentsExpected);
    }
}
