package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.util.Optional;

/** One kind of database that a Metabase can keep its data in: finds it, and reads the files that backups hold of it. */
public interface DatabaseKind {
    /** Whether Metabase means this kind by the word, of {@code MB_DB_TYPE} or the scheme of {@code MB_DB_CONNECTION_URI}. */
    boolean isCalled(String type);

    /** Whether the settings name a database of this kind. They decide where Metabase's environment is not known. */
    boolean isSet();

    /** Where the service keeps its data, when they are of this kind; {@code address} is its {@code MB_DB_CONNECTION_URI}. */
    ApplicationDatabase of(Service service, String foundBy, Optional<String> address);

    /** Whether a backup's file is of this kind, by its name. */
    boolean reads(Path file);

    /** What a file holds that no manifest describes, such as a script's. Throws {@code Damaged} when it is not of this kind. */
    ApplicationDatabaseCopy contents(Path file);

    /** Makes the kind for one stack. */
    @FunctionalInterface
    interface Factory {
        DatabaseKind in(MetabaseStack stack);
    }
}
