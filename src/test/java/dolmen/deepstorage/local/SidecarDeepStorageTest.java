package dolmen.deepstorage.local;

import dolmen.deepstorage.DeepStorageContract;
import dolmen.deepstorage.DeepStorageFixture;
import dolmen.model.Transport;
import java.nio.file.Path;

/** Deep storage in a folder, through a throw-away container. */
class SidecarDeepStorageTest extends DeepStorageContract {
    @Override
    protected DeepStorageFixture fixture(Path folder) throws Exception {
        return new LocalFixture(folder, Transport.SIDECAR);
    }
}
