package dolmen.histories;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays lots of histories in JVMs of their own, some at a time; each has a folder, in memory where there is such a one. */
final class Players {
    /** One more than there are cores, since a history waits a third of its time: for sessions to end, for instance. */
    private static final int AT_ONCE =
            Integer.getInteger("dolmen.history.players", Runtime.getRuntime().availableProcessors() + 1);

    private static final int LOT = 300;
    private static final Path MEMORY = Path.of("/dev/shm");

    private final String keep;

    Players(String keep) {
        this.keep = keep;
    }

    void play(long from, long to, Tally tally) throws Exception {
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> lots = new ArrayList<>();
            long lot = Math.max(1, Math.min(LOT, (to - from + AT_ONCE) / AT_ONCE));
            for (long first = from; first <= to; first += lot) {
                long begin = first;
                long end = Math.min(to, first + lot - 1);
                lots.add(players.submit(() -> {
                    player(begin, end, tally);
                    return null;
                }));
            }
            for (Future<?> played : lots) {
                played.get();
            }
        } finally {
            players.shutdownNow();
        }
    }

    private void player(long from, long to, Tally tally) throws IOException, InterruptedException {
        Path root = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(root, "dolmen-histories-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // for PostgreSQL's account
        List<String> command = Jvm.command(folder, Player.class);
        command.addAll(List.of(folder.toString(), "" + from, "" + to));
        if (!keep.isEmpty()) {
            command.add(keep);
        }
        Process player = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = player.inputReader()) {
            lines.lines().forEach(tally::take);
            int status = player.waitFor();
            if (status != 0) {
                tally.take("the player of " + from + " to " + to + " ended with status " + status);
            }
        } finally {
            player.destroyForcibly().waitFor();
            Lab.remove(folder);
        }
    }
}
