package dolmen.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metabase's application database as a backup holds it: the word of its kind and how that was found out, where it lies (a path or a
 * database's name), the artifact, the names of its files in the archive (the database first), rows of the core tables,
 * the format of an H2 file ({@code 1}: H2 1.x, {@code 2}: 2.0 and 2.1), the image that runs Metabase, a salted
 * fingerprint of the encryption key ({@code none}: no key is set), warnings, and what
 * Metabase itself said. Counts are empty when the database was not opened.
 */
public record ApplicationDatabaseCopy(
        String kind,
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
    /** The kind of a Metabase that keeps no data, or none that are wanted. */
    public static final String NONE = "none";

    /** The fingerprint of the encryption key where that cannot be known. */
    public static final String UNKNOWN_KEY = "unknown";

    public ApplicationDatabaseCopy {
        requireNonNull(kind, "the kind of Metabase's database");
        files = List.copyOf(files);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        warnings = List.copyOf(warnings);
    }

    /** A copy of which only this is known, of a Metabase whose image and key are unknown. */
    public static ApplicationDatabaseCopy of(String kind, String foundBy, String location) {
        return new ApplicationDatabaseCopy(
                kind,
                foundBy,
                location,
                Optional.empty(),
                List.of(),
                new TreeMap<>(),
                Optional.empty(),
                "",
                UNKNOWN_KEY,
                List.of(),
                Optional.empty());
    }

    /** Adds what was archived and counted. */
    public ApplicationDatabaseCopy with(
            Optional<Artifact> archived, List<String> names, SortedMap<String, Long> rows, Optional<String> written) {
        return new ApplicationDatabaseCopy(
                kind, foundBy, location, archived, names, rows, written, image, encryptionKey, warnings, said);
    }

    /** Adds the image that runs Metabase and the fingerprint of its encryption key. */
    public ApplicationDatabaseCopy ofMetabase(String runs, String fingerprint) {
        return new ApplicationDatabaseCopy(
                kind, foundBy, location, artifact, files, counts, format, runs, fingerprint, warnings, said);
    }

    /** Adds what Metabase itself said; one that has no user has opened another database than one with users. */
    public ApplicationDatabaseCopy saying(MetabaseSaid answer) {
        long users = counts.getOrDefault("core_user", 0L);
        List<String> all = new ArrayList<>(warnings);
        if (users > 0 && !answer.users().orElse(true)) {
            all.add("Metabase itself says that it has no user, and the database that was copied has " + users
                    + ": it has opened another one than " + location);
        }
        return new ApplicationDatabaseCopy(
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

    /** Adds warnings. */
    public ApplicationDatabaseCopy warned(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new ApplicationDatabaseCopy(
                kind, foundBy, location, artifact, files, counts, format, image, encryptionKey, all, said);
    }
}
