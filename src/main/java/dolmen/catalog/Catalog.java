package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.archive.SafeFiles;
import dolmen.model.Ahead;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Checksum;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups in one folder: {@code <label>/} for each finished one, {@code .staging/<label>/} for an unfinished one. A
 * folder without a manifest is not a backup. Publication is one rename.
 */
public final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    static final String STAGING = ".staging";

    private static final int LARGEST_MANIFEST = 16 << 20;
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Manifest.class).with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private final Path folder;
    private final Optional<Path> marker;
    private final Clock clock;

    public Catalog(Path folder) {
        this(folder, Optional.empty());
    }

    /** Without the marker, a file named relative to the folder, nothing is written: its disk is not mounted. */
    public Catalog(Path folder, Optional<String> marker) {
        this(folder, marker, Clock.systemUTC());
    }

    /** {@code clock} tells which backups are of the future. */
    public Catalog(Path folder, Optional<String> marker, Clock clock) {
        this.folder = folder;
        this.marker = marker.map(folder::resolve);
        this.clock = clock;
    }

    public Path folder() {
        return folder;
    }

    /** The finished backups as files. */
    BackupStore store() {
        return new FolderStore(folder);
    }

    /** Tells which backups are of the future now. */
    public Ahead ahead() {
        return Ahead.of(clock);
    }

    /** Makes the empty staging folder of a backup that starts now; its name is the label, which no other backup has. */
    public Path stage(Instant now) {
        requireMarker();
        Label label = Label.at(now);
        while (Files.exists(folder.resolve(label.text()))
                || Files.exists(staging().resolve(label.text()))) {
            label = Label.at(label.start().plusSeconds(1));
        }
        return SafeFiles.folder(staging().resolve(label.text()));
    }

    /** Removes what unfinished backups left; only for the holder of the lock. Returns the labels. */
    public List<String> removeStaging() {
        List<String> labels = SafeFiles.list(staging()).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        SafeFiles.remove(staging());
        return labels;
    }

    /** The labels of unfinished backups. */
    public List<Label> unfinished() {
        return SafeFiles.list(staging()).stream()
                .flatMap(path -> label(path).stream())
                .toList();
    }

    /** Writes the manifest into the staging folder; only {@code SHA256SUMS} is written after it. */
    public Artifact write(Path stagingFolder, Manifest manifest) {
        try {
            byte[] text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
            SafeFiles.write(stagingFolder.resolve(Artifact.MANIFEST), text);
            return new Artifact(Artifact.MANIFEST, text.length, Checksum.of(text));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a manifest as JSON", impossible);
        }
    }

    /**
     * Publishes a staging folder that has its manifest: one rename, after which the backup exists. Where a pruned backup of
     * this label has left what others need of it, the files go there, the manifest last.
     */
    public Path publish(Path stagingFolder) {
        Path published = folder.resolve(stagingFolder.getFileName());
        if (!isPruned(published)) {
            SafeFiles.move(stagingFolder, published);
            return published;
        }
        SafeFiles.list(stagingFolder).stream()
                .filter(file -> !file.endsWith(Artifact.MANIFEST))
                .forEach(file -> SafeFiles.move(file, published.resolve(file.getFileName())));
        SafeFiles.move(stagingFolder.resolve(Artifact.MANIFEST), published.resolve(Artifact.MANIFEST));
        SafeFiles.remove(published.resolve(BackupStore.MARK));
        SafeFiles.remove(stagingFolder);
        return published;
    }

    /** Whether a folder holds only what others need of a backup. */
    private static boolean isPruned(Path home) {
        return Files.exists(home.resolve(BackupStore.MARK), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS);
    }

    /** The finished backups, oldest first. A manifest that cannot be read throws {@link Damaged}, naming it. */
    public List<Backup> list() {
        return labels().stream().map(this::read).toList();
    }

    /** The labels of the finished backups, oldest first. */
    public List<Label> labels() {
        return store().labels();
    }

    /** The backup of this label, or {@link NothingToRestore}. */
    public Backup find(Label label) {
        requireMarker();
        Path home = folder.resolve(label.text());
        if (Files.isSymbolicLink(home)) {
            throw new NothingToRestore(
                    home + " is a link, not a backup of this catalog",
                    "Move the backup itself here, or name the folder that the link leads to with --from or from=.");
        }
        if (!Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            throw new NothingToRestore(
                    "there is no backup " + label + " in " + folder.toAbsolutePath(),
                    "`dolmen list` shows those that exist.");
        }
        return read(label);
    }

    /** The backups that count, newest first; one that cannot be read throws {@link Damaged} when its turn comes. */
    Stream<Backup> goodOrDamaged() {
        requireMarker();
        return new GoodBackups(ahead()).newestFirst(labels(), label -> Optional.of(read(label)));
    }

    /** Passes over those that cannot be read, for what must not fail because of an old one. */
    public Stream<Backup> good() {
        return new GoodBackups(ahead()).newestFirst(labels(), this::readable);
    }

    /** The failure where there is no good backup. */
    NothingToRestore noneGood() {
        String none = "there is no good backup in " + folder.toAbsolutePath();
        return ahead().words(labels())
                .map(future -> new NothingToRestore(
                        none + ": " + future, "Correct this machine's clock, or name the backup that is meant."))
                .orElseGet(() -> new NothingToRestore(none, "Take one with `dolmen backup`."));
    }

    /** The backup of this label, when it is there and can be read. */
    Optional<Backup> readable(Label label) {
        if (!Files.exists(folder.resolve(label.text()).resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(label));
        } catch (Damaged | Failed unreadable) {
            LOG.warn("passed over backup {}: {}", label, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Backup read(Label label) {
        Path home = folder.resolve(label.text());
        Manifest manifest = manifestIn(home)
                .orElseThrow(() -> new Failed("the manifest of " + label + " has gone meanwhile", "Try again."));
        if (!manifest.label().equals(label)) {
            throw new Damaged(
                    "the manifest in " + home + " is that of backup " + manifest.label(),
                    "Rename the folder back to " + manifest.label() + ".");
        }
        return new Backup(home, manifest, Verdicts.in(home));
    }

    /** The staging folder of a backup that is brought here again under its own label; what is there of it stays. */
    Path stageAgain(Label label) {
        requireMarker();
        return SafeFiles.folder(staging().resolve(label.text()));
    }

    /** The manifest of a folder; empty when there is none; {@link Damaged} when it cannot be read. */
    public static Optional<Manifest> manifestIn(Path home) {
        Path file = home.resolve(Artifact.MANIFEST);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(SafeFiles.read(file, LARGEST_MANIFEST));
            requireFormat(file, tree.path("format"));
            if (tree instanceof ObjectNode manifest && manifest.path("format").asInt() == 1) {
                FormatOne.upgrade(manifest);
            }
            Manifest manifest = READER.readValue(tree);
            requireKnownArtifacts(file, manifest.artifacts());
            return Optional.of(manifest.stack().database().isPresent() ? manifest : withDatabase(manifest, home));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Damaged(
                    "cannot read the manifest " + file
                            + NewerFormat.in(unreadable)
                                    .or(() -> Optional.of(unreadable)
                                            .filter(why -> !(why instanceof JsonProcessingException))
                                            .map(Exception::getMessage))
                                    .map(why -> ": " + why)
                                    .orElse(""),
                    NewerFormat.in(unreadable).isPresent() ? NewerFormat.HINT : "Use another backup.",
                    unreadable);
        }
    }

    /** Format 1 does not say which database it is; perhaps its dump does. */
    private static Manifest withDatabase(Manifest manifest, Path home) {
        return manifest.of(manifest.stack().of(DumpedDatabase.in(home)));
    }

    private static void requireFormat(Path file, JsonNode format) {
        if (!format.isIntegralNumber() || format.bigIntegerValue().signum() <= 0) {
            throw new Damaged(file + " says no format version", "Use another backup.");
        }
        if (!format.canConvertToInt() || format.asInt() > Manifest.FORMAT) {
            throw new Damaged(
                    file + " has format " + format.asText() + ", this Dolmen reads up to " + Manifest.FORMAT,
                    NewerFormat.HINT);
        }
    }

    /** A name that is none of ours could be a path that leads out of the backup's folder. */
    private static void requireKnownArtifacts(Path file, List<Artifact> artifacts) {
        Set<String> left = new HashSet<>(Artifact.OF_A_BACKUP);
        for (Artifact artifact : artifacts) {
            if (!left.remove(artifact.name()) || artifact.bytes() < 0) {
                throw new Damaged(
                        file + " lists the file '" + artifact.name() + "' of " + artifact.bytes()
                                + " bytes, which no backup has",
                        "Use another backup.");
            }
        }
    }

    private void requireMarker() {
        if (marker.isPresent() && !Files.exists(marker.get())) {
            throw new Refused(
                    "there is no " + marker.get().toAbsolutePath() + ", so the disk of the catalog is not there",
                    "Mount it; dolmen.catalog.marker names a file that is on it.");
        }
    }

    private Path staging() {
        return folder.resolve(STAGING);
    }

    static Optional<Label> label(Path path) {
        String name = path.getFileName().toString();
        try {
            return Optional.of(new Label(name));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
