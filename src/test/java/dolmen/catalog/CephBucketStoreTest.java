package dolmen.catalog;

import dolmen.model.Label;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.settings.StorageSettings;
import dolmen.storage.CephServer;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** A bucket that keeps versions, in a real server. */
@Needs(Need.CEPH)
class CephBucketStoreTest extends BackupStoreContract {
    private S3Store objects;

    @Override
    protected BackupStore store() throws Exception {
        CephServer server = CephServer.shared();
        StorageSettings settings = S3Server.settings(
                server.endpoint(), server.newBucket(), CephServer.ACCESS_KEY, CephServer.SECRET_KEY, 0, true);
        objects = S3Store.of(settings);
        return new BucketStore(objects, settings, ProvenFiles.ofBucket(folder.resolve("state"), settings));
    }

    /** Texts are all that the contract stores. */
    @Override
    protected void spoil(Label label, String name) throws IOException {
        String key = "stack/" + label + "/" + name;
        try (InputStream content = objects.read(key)) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            objects.put(key, (char) (text.charAt(0) ^ 1) + text.substring(1));
        }
    }

    @AfterEach
    void ends() {
        objects.close();
    }
}
