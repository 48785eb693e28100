package dolmen.metadata.postgres;

import dolmen.metadata.DatasourceRowsContract;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidRows;

/** The contract in a real PostgreSQL. */
class PostgresDatasourceRowsTest extends DatasourceRowsContract {
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
