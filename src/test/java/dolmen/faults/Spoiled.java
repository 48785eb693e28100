package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;

import dolmen.faults.FaultBench.Fault;
import dolmen.faults.FaultBench.Undo;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand;
import dolmen.stories.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Real damage to the sandbox's database, files and disks, each with the way back. */
final class Spoiled {
    private static String shared;

    private Spoiled() {}

    /** The shared folder of the sandbox on this machine. */
    static synchronized String shared() {
        if (shared == null) {
            shared = Shell.run("docker", "volume", "inspect", "-f", "{{.Mountpoint}}", "dolmen-sandbox_druid_shared")
                    .strip();
        }
        return shared;
    }

    /** Another session holds druid_segments. */
    static Fault locked() {
        return locked("ACCESS EXCLUSIVE", false);
    }

    /** Another session lets everybody read druid_segments, and nobody write. */
    static Fault lockedForWriters() {
        return locked("SHARE", false);
    }

    /** Another session lets nobody read druid_segments; terminating, the server ends every pg_dump that waits for it. */
    static Fault locked(boolean terminating) {
        return locked("ACCESS EXCLUSIVE", terminating);
    }

    private static Fault locked(String mode, boolean terminating) {
        return () -> {
            AtomicBoolean over = new AtomicBoolean();
            Process holder = new ProcessBuilder(
                            "docker",
                            "exec",
                            "postgres",
                            "psql",
                            "-U",
                            "druid",
                            "-d",
                            "druid",
                            "-c",
                            "BEGIN; LOCK TABLE druid_segments IN " + mode + " MODE; SELECT pg_sleep(600)")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
                while (terminating && !over.get()) {
                    sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE application_name LIKE 'dolmen/%' AND wait_event_type = 'Lock'");
                }
            });
            return () -> {
                over.set(true);
                killer.join();
                sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%'");
                holder.destroy();
            };
        };
    }

    /** The files of one used segment of wiki are moved away. */
    static Fault movedSegment() {
        return () -> {
            String segments = shared() + "/segments/";
            Shell.run("sh", "-c", "cd " + segments + " && mkdir ../../moved && mv wiki/2024-03-01T* ../../moved/");
            return () -> Shell.run("sh", "-c", "cd " + segments + " && mv ../../moved/* wiki/ && rmdir ../../moved");
        };
    }

    /** One file of a used segment of wiki has no content. */
    static Fault emptyFile() {
        return () -> {
            Path file = find(Path.of(shared(), "segments/wiki"), "00000.smoosh");
            byte[] content = Files.readAllBytes(file);
            Files.write(file, new byte[0]);
            return () -> Files.write(file, content);
        };
    }

    /** The metadata uses a segment whose load spec is of another type than local. */
    static Fault foreignSegment() {
        return () -> {
            sql(
                    "INSERT INTO druid_segments (id, datasource, created_date, start, \"end\", partitioned, version, used,"
                            + " payload) SELECT 'remote_' || id, 'remote', created_date, start, \"end\", partitioned, version,"
                            + " used, convert_to(replace(convert_from(payload, 'UTF8'), '\"type\":\"local\"',"
                            + " '\"type\":\"s3_zip\"'), 'UTF8') FROM druid_segments WHERE datasource = 'wiki' AND used LIMIT 1");
            return () -> sql("DELETE FROM druid_segments WHERE datasource = 'remote'");
        };
    }

    /** One byte in the middle of a file below the folder is another one. */
    static Undo flipped(Path folder, String name) throws IOException {
        Path file = find(folder, name);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        return () -> {};
    }

    /** A file ends in the middle. */
    static Undo cut(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        return () -> Files.write(file, content);
    }

    /** One byte in the middle of this file is another one. */
    static Undo flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        return () -> {
            content[content.length / 2] ^= 1;
            Files.write(file, content);
        };
    }

    /** The file has this text. */
    static Undo written(Path file, String text) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.writeString(file, text);
        return () -> Files.write(file, content);
    }

    /** The file is gone. */
    static Undo away(Path file) throws IOException {
        Path aside = file.resolveSibling("../" + file.getFileName() + ".aside");
        Files.move(file, aside);
        return () -> {
            Files.deleteIfExists(file);
            Files.move(aside, file);
        };
    }

    /** A link to the file stands in its place. */
    static Undo linked(Path file) throws IOException {
        Undo back = away(file);
        Files.createSymbolicLink(file, file.resolveSibling("../" + file.getFileName() + ".aside"));
        return back;
    }

    /** A pipe that nobody writes into stands in the file's place. */
    static Undo pipe(Path file) throws IOException {
        Undo back = away(file);
        Shell.run("mkfifo", file.toString());
        return back;
    }

    /** A file has the name that Dolmen needs for a folder. */
    static Undo inTheWay(Path name) throws IOException {
        Files.createFile(name);
        return () -> Files.delete(name);
    }

    /** The segments that a restore has unpacked are gone. */
    static Undo withoutUnpacked() {
        Shell.run("sh", "-c", "rm -r " + shared() + "/.dolmen-*");
        return () -> {};
    }

    /** What a restore has unpacked of Metabase is gone. */
    static Undo withoutUnpackedMetabase() {
        String folder = Shell.run(
                        "docker", "volume", "inspect", "-f", "{{.Mountpoint}}", "dolmen-sandbox_metabase_data")
                .strip();
        Shell.run("sh", "-c", "rm -r " + folder + "/.dolmen-new-*");
        return () -> {};
    }

    /** The side database of a restore is gone. */
    static Undo withoutLoaded() {
        String side = sql("SELECT datname FROM pg_database WHERE datname LIKE 'druid_dolmen_new%'");
        Shell.run("docker", "exec", "postgres", "dropdb", "-U", "druid", side);
        return () -> {};
    }

    /** The files of one used segment are gone, just after they were restored. */
    static Undo lostSegment() {
        Shell.run("sh", "-c", "rm -r " + shared() + "/segments/wiki/2024-03-01T*");
        return () -> {};
    }

    /** A file system has no room left. */
    static Undo filled(Path disk) {
        Shell.tryRun(Map.of(), "dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=4k");
        return () -> Files.delete(disk.resolve("filler"));
    }

    /** A file system takes no more changes. */
    static Undo readOnly(Path disk) {
        Shell.run("mount", "-o", "remount,ro", disk.toString());
        return () -> Shell.run("mount", "-o", "remount,rw", disk.toString());
    }

    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** The run to undo: the last restore that has a report. */
    static String newestRestore(DolmenCommand dolmen) {
        return new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC())
                .reports().stream()
                        .map(report -> report.run().id().text())
                        .filter(run -> run.endsWith("-restore"))
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
    }
}
