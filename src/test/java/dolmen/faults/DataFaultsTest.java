package dolmen.faults;

import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.INCOMPLETE;
import static dolmen.model.ExitCode.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.faults.FaultBench.Fault;
import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand;
import dolmen.stories.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file changes while it is read, and the disk of the state folder takes nothing more: no run goes on over that. */
@Needs({Need.SANDBOX, Need.ROOT})
class DataFaultsTest {
    @TempDir
    static Path home;

    private static Path disk;
    private static DolmenCommand dolmen;
    private static FaultBench bench;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() throws Exception {
        disk = Files.createDirectories(home.resolve("disk"));
        Shell.run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        dolmen = new DolmenCommand(home.resolve("dolmen"))
                .with("dolmen.state.path", disk.resolve("state").toString())
                .with("dolmen.stack.services", "historical")
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.retry.attempts", "2")
                .with("dolmen.retry.delay", "0.2s");
        bench = FaultBench.of("Changed files, and a state folder without room", dolmen);
    }

    @AfterAll
    static void unmount() {
        Shell.run("umount", disk.toString());
    }

    @Test
    @Tag("T2")
    @Tag("T53")
    @Tag("T54")
    void a_run_never_goes_on_over_what_changed_or_what_it_cannot_write_down() throws Exception {
        changedFiles();
        backupsWithoutRoom();
        restoresWithoutRoom();
        bench.close();
    }

    private static void changedFiles() throws Exception {
        DolmenCommand once = dolmen.with("dolmen.retry.attempts", "1");
        whileRead("a used segment's file grows while it is read, and is as before a moment later", OK, grown(), dolmen);
        whileRead("a used segment's file is replaced by a copy of it while it is read", OK, replaced(), dolmen);
        whileRead("the same, and there is no further attempt", FAILED, replaced(), once);
        whileRead("a used segment's file is cut while it is read, and stays so", INCOMPLETE, cut(), dolmen);
    }

    /** The fault is made after the file's size was announced, and before its content is read. */
    private static void whileRead(String fault, ExitCode exit, Fault made, DolmenCommand with) throws Exception {
        Inventory before = bench.before();
        try (HeldDolmen held =
                HeldDolmen.atCall("dolmen.archive.TarOutput", "transfer", filesBefore(victim()), with, "backup")) {
            FaultBench.Undo undo = made.make();
            int status;
            try {
                status = held.goOn();
            } finally {
                undo.run();
            }
            String step = exit == INCOMPLETE ? "match-segments" : "archive-segments";
            bench.row(step, fault, exit, new DolmenCommand.Result(status, Files.readString(with.log())), before);
        }
    }

    private static Path victim() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(Spoiled.shared(), "segments/wiki"))) {
            return files.filter(file -> file.endsWith("00000.smoosh"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** How many files an archive has before this one. */
    private static int filesBefore(Path file) throws Exception {
        List<Path> files = new ArrayList<>();
        inOrder(Path.of(Spoiled.shared()), files);
        assertThat(files).contains(file);
        return files.indexOf(file);
    }

    private static void inOrder(Path folder, List<Path> files) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry :
                    entries.sorted(Comparator.comparing(Path::toString)).toList()) {
                if (Files.isDirectory(entry)) {
                    inOrder(entry, files);
                } else {
                    files.add(entry);
                }
            }
        }
    }

    private static Fault grown() {
        return () -> {
            Path file = victim();
            byte[] content = Files.readAllBytes(file);
            Files.writeString(file, "more", StandardOpenOption.APPEND);
            Files.write(file, content);
            return () -> {};
        };
    }

    private static Fault replaced() {
        return () -> {
            Path file = victim();
            Shell.run(
                    "sh",
                    "-c",
                    "cp -a '" + file + "' " + Spoiled.shared() + "/../copy && mv " + Spoiled.shared() + "/../copy '"
                            + file + "'");
            return () -> {};
        };
    }

    private static Fault cut() {
        return () -> Spoiled.cut(victim());
    }

    private static void backupsWithoutRoom() throws Exception {
        for (String step : List.of("dump-metadata", "archive-segments", "compare-with-druid", "publish-backup")) {
            bench.whenStepBegins(
                    step, "the state folder's disk is full", FAILED, () -> Spoiled.filled(disk), dolmen, "backup");
        }
    }

    private static void restoresWithoutRoom() throws Exception {
        for (String step : List.of("load-metadata", "stop-services", "swap-segments", "swap-metadata")) {
            bench.whenStepBeginsThenRecovered(
                    step, "the state folder's disk is full", () -> Spoiled.filled(disk), dolmen, "restore");
        }
    }
}
