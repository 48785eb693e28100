package dolmen.catalog;

import dolmen.model.Label;
import dolmen.settings.StorageSettings;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class BucketStoreTest extends BackupStoreContract {
    private S3Server server;
    private S3Store objects;

    @Override
    protected BackupStore store() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        objects = S3Store.of(settings);
        return new BucketStore(objects, settings, ProvenFiles.ofBucket(folder.resolve("state"), settings));
    }

    @Override
    protected void spoil(Label label, String name) throws IOException {
        Path file = folder.resolve("s3/backups/stack/" + label).resolve(name);
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
    }

    @AfterEach
    void ends() {
        objects.close();
        server.close();
    }
}
