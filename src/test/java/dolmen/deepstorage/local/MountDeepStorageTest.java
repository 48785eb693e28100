package dolmen.deepstorage.local;

import dolmen.deepstorage.DeepStorageContract;
import dolmen.deepstorage.DeepStorageFixture;
import dolmen.model.Transport;
import java.nio.file.Path;

/** Deep storage in a folder, through the mount's folder itself. */
class MountDeepStorageTest extends DeepStorageContract {
    @Override
    protected DeepStorageFixture fixture(Path folder) throws Exception {
        return new LocalFixture(folder, Transport.MOUNT);
    }
}
