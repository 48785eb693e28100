package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metabase's application database as a backup holds it: its kind and how that was found out, where it lies (a path or a
 * database's name), the artifact, the names of its files in the archive (the database first), rows of the core tables,
 * the format of an H2 file ({@code 1}: H2 1.x, {@code 2}: 2.0 and 2.1), the image that runs Metabase, a salted
 * fingerprint of the encryption key ({@code none}: no key is set), warnings, and what
 * Metabase itself said. Counts are empty when the database was not opened.
 */
public record ApplicationDatabase(
        Kind kind,
        String foundBy,
        String location,
        Optional<Artifact> artifact,
        List<String> files,
        SortedMap<String, Long> counts,
        Optional<String> format,
        String image,
        String encryptionKey,
        List<String> warnings,
        Optional<MetabaseSaid> said) {
    public ApplicationDatabase {
        files = List.copyOf(files);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        warnings = List.copyOf(warnings);
    }

    /** What kind of database Metabase uses. */
    public enum Kind {
        H2,
        POSTGRES,
        NONE;

        /** The word used in manifests and reports. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with what was archived and counted. */
    public ApplicationDatabase with(Artifact archived, SortedMap<String, Long> rows) {
        return new ApplicationDatabase(
                kind,
                foundBy,
                location,
                Optional.of(archived),
                files,
                rows,
                format,
                image,
                encryptionKey,
                warnings,
                said);
    }

    /** The same with what Metabase itself said; one that has no user has opened another database than one with users. */
    public ApplicationDatabase saying(MetabaseSaid answer) {
        long users = counts.getOrDefault("core_user", 0L);
        List<String> all = new ArrayList<>(warnings);
        if (users > 0 && !answer.users().orElse(true)) {
            all.add("Metabase itself says that it has no user, and the database that was copied has " + users
                    + ": it has opened another one than " + location);
        }
        return new ApplicationDatabase(
                kind,
                foundBy,
                location,
                artifact,
                files,
                counts,
                format,
                image,
                encryptionKey,
                all,
                Optional.of(answer));
    }

    /** The same with more warnings. */
    public ApplicationDatabase warned(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new ApplicationDatabase(
                kind, foundBy, location, artifact, files, counts, format, image, encryptionKey, all, said);
    }
}
