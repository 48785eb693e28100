package dolmen.metadata.memory;

import dolmen.metadata.DatasourceRowsContract;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidRows;

/** The contract in memory. */
class MemoryDatasourcesTest extends DatasourceRowsContract {
    private final MemoryServer server = new MemoryServer();

    @Override
    protected DruidMetadata store() {
        return server.store();
    }

    @Override
    protected DruidRows druid() {
        return server;
    }
}
