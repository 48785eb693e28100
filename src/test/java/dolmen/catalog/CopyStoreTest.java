package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Label;
import dolmen.model.Meter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

class CopyStoreTest extends BackupStoreContract {
    @Override
    protected BackupStore store() {
        ProvenFiles sent = ProvenFiles.ofCopies(folder.resolve("state"), "there");
        return new CopyStore(sent, (file, name, meter) -> send(file, folder.resolve("there/" + name), meter), "there");
    }

    private static void send(Path file, Path to, Meter meter) {
        try {
            SafeFiles.folder(to.getParent());
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            meter.add(Files.size(file));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    protected void spoil(Label label, String name) throws IOException {
        Files.writeString(folder.resolve("there/" + label).resolve(name), "something else");
    }
}
