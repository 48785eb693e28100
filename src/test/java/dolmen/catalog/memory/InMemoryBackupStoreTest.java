package dolmen.catalog.memory;

import dolmen.catalog.BackupStore;
import dolmen.catalog.BackupStoreContract;
import dolmen.model.Label;

class InMemoryBackupStoreTest extends BackupStoreContract {
    private final InMemoryBackupStore memory = new InMemoryBackupStore();

    @Override
    protected BackupStore store() {
        return memory;
    }

    @Override
    protected void spoil(Label label, String name) {
        memory.spoil(label, name);
    }
}
