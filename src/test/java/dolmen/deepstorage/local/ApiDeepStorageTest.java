package dolmen.deepstorage.local;

import dolmen.deepstorage.DeepStorageContract;
import dolmen.deepstorage.DeepStorageFixture;
import dolmen.model.Transport;
import java.nio.file.Path;

/** Deep storage in a folder, through the archive calls of the Docker API. */
class ApiDeepStorageTest extends DeepStorageContract {
    @Override
    protected DeepStorageFixture fixture(Path folder) throws Exception {
        return new LocalFixture(folder, Transport.API);
    }
}
