package dolmen.catalog;

import dolmen.model.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database that a dump is of, where its first lines name it, as {@code pg_dump --create} makes them. */
final class DumpedDatabase {
    private static final int FIRST = 8192;
    private static final Pattern NAMED = Pattern.compile("(?m)^-- Name: (.+); Type: DATABASE; Schema: -;");

    private DumpedDatabase() {}

    /** Of the backup in this folder; empty also where its dump is not there. */
    static Optional<String> in(Path home) {
        Path dump = home.resolve(Artifact.METADATA_DUMP);
        if (!Files.isRegularFile(dump, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(dump, LinkOption.NOFOLLOW_LINKS)) {
            Matcher named = NAMED.matcher(new String(in.readNBytes(FIRST), StandardCharsets.UTF_8));
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // whoever needs the dump itself says so
        }
    }
}
