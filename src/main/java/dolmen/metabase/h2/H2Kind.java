package dolmen.metabase.h2;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.DatabaseKind;
import dolmen.metabase.MetabaseStack;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.util.Optional;

/** H2: files in a folder of the service that runs Metabase. */
public final class H2Kind implements DatabaseKind {
    /** Its word in settings and manifests. */
    public static final String WORD = "h2";

    private final MetabaseStack stack;

    public H2Kind(MetabaseStack stack) {
        this.stack = stack;
    }

    @Override
    public boolean isCalled(String type) {
        return type.equals("h2");
    }

    @Override
    public boolean isSet() {
        return stack.settings().file().isPresent();
    }

    @Override
    public ApplicationDatabase of(Service service, String foundBy, Optional<String> address) {
        String file = address.map(H2Kind::fileOf)
                .or(() -> service.variable("MB_DB_FILE").filter(text -> !text.isBlank()))
                .or(() -> stack.settings().file().map(H2Kind::withoutEnding))
                .orElse("/metabase.db");
        return new H2Database(stack, new H2Finder(stack.host(), service).find(file, foundBy));
    }

    @Override
    public boolean reads(Path file) {
        return file.endsWith(Artifact.METABASE_ARCHIVE);
    }

    /**
     * Extracts the database into a temporary folder. A run that only reads holds no lock, so this folder is one that no other run
     * empties meanwhile.
     */
    @Override
    public ApplicationDatabaseCopy contents(Path tar) {
        String base = stack.settings()
                .file()
                .map(file -> withoutEnding(Path.of(file).getFileName().toString()))
                .orElse("metabase.db");
        H2Archive.Contents contents = new H2Archive(
                        tar, base, stack.settings().user(), stack.settings().password(), Meter.NONE)
                .open(stack.host().mark().temporaryNow());
        String location = "/" + withoutEnding(contents.members().database());
        return contents.fill(ApplicationDatabaseCopy.of(WORD, "the archive", location), Optional.empty());
    }

    private static String withoutEnding(String file) {
        return file.replaceFirst("\\.mv\\.db$", "");
    }

    /** {@code jdbc:h2:file:/path;OPTION=...} without what is around the path. */
    private static String fileOf(String address) {
        return address.replaceFirst("^(jdbc:)?h2:", "")
                .replaceFirst("^file:", "")
                .split(";", 2)[0];
    }
}
