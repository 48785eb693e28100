package dolmen.metadata.postgres;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidMetadataContract;
import dolmen.metadata.DruidRows;

/** The contract in a real PostgreSQL. */
class PostgresMetadataTest extends DruidMetadataContract {
    private PostgresRows druid;

    @Override
    protected DruidMetadata store() throws Exception {
        druid = new PostgresRows();
        return druid.store();
    }

    @Override
    protected DruidRows druid() {
        return druid;
    }
}
