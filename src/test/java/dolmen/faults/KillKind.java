package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.storage.CutAfter;
import dolmen.storage.S3Server;
import dolmen.stories.DolmenCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What Dolmen is killed inside of, the step that it is in, how long it may go on before the kill, and what shows it at work. */
record KillKind(
        String name,
        String step,
        String fault,
        int milliseconds,
        DolmenCommand with,
        List<String> command,
        Supplier<Watch> watch) {

    /** Looks for what works; a new one for each round. */
    interface Watch extends Supplier<Optional<LiveWork>> {}

    /** All that there are. */
    static List<KillKind> all(DolmenCommand dolmen, String label, S3Server server) throws Exception {
        List<String> backup = List.of("backup");
        List<String> restore = List.of("restore", label, "--yes", "--skip-metabase");
        DolmenCommand beside = dolmen.with("dolmen.segments.transport", "sidecar");
        DolmenCommand api = dolmen.with("dolmen.segments.transport", "api");
        CutAfter line = new CutAfter(server.endpoint(), Long.MAX_VALUE);
        DolmenCommand bucket = server.in(dolmen)
                .with("dolmen.storage.endpoint", line.address().toString())
                .with("dolmen.storage.part-mib", "5")
                .with("dolmen.storage.limit-mib", "32");
        String mark = LiveWork.markOf(dolmen);
        Path staging = dolmen.home().resolve("backup/.staging");
        return List.of(
                new KillKind(
                        "psql-waits",
                        "swap-datasources",
                        "kill -9 while psql waits for a lock",
                        300,
                        dolmen,
                        List.of("restore", label, "--datasources", "clicks", "--yes"),
                        () -> () -> waitsForLock() ? LiveWork.program("psql", "-f", mark) : Optional.empty()),
                new KillKind(
                        "psql-loads",
                        "load-metadata",
                        "kill -9 while psql loads",
                        100,
                        dolmen,
                        restore,
                        () -> () -> LiveWork.program("psql", "-f", mark)),
                new KillKind(
                        "tar-packs",
                        "archive-segments",
                        "kill -9 while tar packs beside the service",
                        25,
                        beside,
                        backup,
                        () -> () -> LiveWork.program("tar", "-cf", LiveWork.FOLDER)),
                new KillKind(
                        "tar-unpacks",
                        "unpack-segments",
                        "kill -9 while tar unpacks beside the service",
                        25,
                        beside,
                        restore,
                        () -> () -> LiveWork.program("tar", "-xpf", LiveWork.FOLDER)),
                new KillKind(
                        "copy-out",
                        "archive-segments",
                        "kill -9 while the engine copies out of a container",
                        150,
                        api,
                        backup,
                        () -> () -> LiveWork.bytes("the engine's copy", () -> archived(staging))),
                new KillKind(
                        "copy-in",
                        "unpack-segments",
                        "kill -9 while the engine copies into a container",
                        100,
                        api,
                        restore,
                        () -> () -> LiveWork.bytes(
                                "the engine's copy", () -> LiveWork.sizes(Path.of(Spoiled.shared()), ".dolmen-part"))),
                new KillKind(
                        "upload",
                        "upload-backup",
                        "kill -9 while bytes go to the bucket",
                        800,
                        bucket,
                        List.of("upload", label),
                        () -> {
                            long before = line.asked() + 100_000;
                            return () -> LiveWork.bytes("the line to the bucket", () -> line.asked() - before);
                        }));
    }

    /** Whether one of Dolmen's sessions waits for a lock: of all that psql does in such a run, only its last script does. */
    private static boolean waitsForLock() {
        return !sql("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'dolmen/%' AND wait_event_type = 'Lock' LIMIT 1")
                .isEmpty();
    }

    /** The bytes of the segment archive of the backup that is made. */
    private static long archived(Path staging) {
        return SafeFiles.list(staging).stream()
                .mapToLong(label -> LiveWork.sizes(label, Artifact.SEGMENT_ARCHIVE))
                .sum();
    }
}
