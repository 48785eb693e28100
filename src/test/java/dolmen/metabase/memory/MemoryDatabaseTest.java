package dolmen.metabase.memory;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.ApplicationDatabaseContract;
import dolmen.metabase.DatabaseKind;
import java.util.List;

class MemoryDatabaseTest extends ApplicationDatabaseContract {
    private final MemoryKind kind = new MemoryKind();

    @Override
    protected DatabaseKind kind() {
        return kind;
    }

    @Override
    protected ApplicationDatabase database() {
        return kind.database;
    }

    @Override
    protected void users(long number) {
        kind.database.users = number;
    }

    @Override
    protected long users() {
        return kind.database.users;
    }

    @Override
    protected List<String> leftovers() {
        return kind.database.leftovers();
    }
}
