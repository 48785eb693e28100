package dolmen.metabase.memory;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.DatabaseKind;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.util.Optional;

/** A kind for tests: users of which the number alone is known, kept by this object. */
final class MemoryKind implements DatabaseKind {
    static final String WORD = "memory";

    final MemoryDatabase database = new MemoryDatabase();

    @Override
    public boolean isCalled(String type) {
        return type.equals(WORD);
    }

    @Override
    public boolean isSet() {
        return false;
    }

    @Override
    public ApplicationDatabase of(Service service, String foundBy, Optional<String> address) {
        return database;
    }

    @Override
    public boolean reads(Path file) {
        return file.endsWith(Artifact.METABASE_DUMP);
    }

    @Override
    public ApplicationDatabaseCopy contents(Path file) {
        return MemoryDatabase.counted("the file", "", MemoryDatabase.read(file), Optional.empty());
    }
}
