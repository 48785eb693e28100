package dolmen.catalog;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.storage.CephServer;
import dolmen.storage.ObjectStore;
import dolmen.storage.ObjectVersion;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import org.junit.jupiter.api.AfterEach;

/** By a real server. */
@Needs(Need.CEPH)
class CephVersionedPruningTest extends VersionedPruningContract {
    private CephServer server;
    private String bucket;
    private S3Store real;

    @Override
    ObjectStore store() throws Exception {
        server = CephServer.shared();
        bucket = server.newBucket();
        real = S3Store.of(
                S3Server.settings(server.endpoint(), bucket, CephServer.ACCESS_KEY, CephServer.SECRET_KEY, 0, false));
        return real;
    }

    @AfterEach
    void ends() {
        real.close();
    }

    @Override
    void hold(String key) {
        server.hold(bucket, data(key), true);
    }

    @Override
    void release(String key) {
        server.hold(bucket, data(key), false);
    }

    private ObjectVersion data(String key) {
        return real.versions(key).stream()
                .filter(version -> !version.isMarker())
                .findFirst()
                .orElseThrow();
    }
}
