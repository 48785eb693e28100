package dolmen.metadata.memory;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidMetadataContract;
import dolmen.metadata.DruidRows;

/** The contract in memory. */
class MemoryMetadataTest extends DruidMetadataContract {
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
