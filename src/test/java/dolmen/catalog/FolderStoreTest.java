package dolmen.catalog;

import dolmen.model.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FolderStoreTest extends BackupStoreContract {
    @Override
    protected BackupStore store() {
        return new FolderStore(folder.resolve("catalog"));
    }

    @Override
    protected void spoil(Label label, String name) throws IOException {
        Path file = folder.resolve("catalog/" + label).resolve(name);
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
    }
}
