package dolmen.metabase.h2;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.ApplicationDatabaseContract;
import dolmen.metabase.DatabaseKind;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class H2DatabaseTest extends ApplicationDatabaseContract {
    private OwnDatabase own;

    @BeforeEach
    void a_metabase_that_does_not_run() throws Exception {
        own = new OwnDatabase(folder);
    }

    @Override
    protected DatabaseKind kind() {
        return own.kind();
    }

    @Override
    protected ApplicationDatabase database() {
        return own.metabase.database();
    }

    @Override
    protected void users(long number) throws Exception {
        Files.delete(own.file());
        H2Fixture.create(own.stem, (int) number);
    }

    @Override
    protected long users() throws Exception {
        return H2Fixture.users(own.stem);
    }

    @Override
    protected List<String> leftovers() throws Exception {
        return own.files().stream()
                .filter(name -> !name.equals(own.file().getFileName().toString()))
                .toList();
    }
}
