package dolmen.histories;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.histories.standins.StoryClock;
import dolmen.model.Json;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Stream;

/**
 * Dolmen in a process of its own, which runs the real psql and pg_dump and is killed by signal 9: before a call, or, every
 * other time, at a moment that may lie within one of those programs.
 */
final class DolmenBeside implements Dolmen {
    private final Path folder;
    private final Path down;
    private final StoryClock clock;
    private final Path programs;
    private final Path settings;
    private Process process;
    private BufferedReader answers;
    private BufferedWriter questions;
    private long milliseconds = 1000;

    DolmenBeside(Path home, Properties properties, StoryClock clock, Path programs) {
        this.folder = home.getParent().getParent();
        this.down = home.resolve("down");
        this.clock = clock;
        this.programs = programs;
        this.settings = home.resolve("settings");
        try (OutputStream out = Files.newOutputStream(settings)) {
            Files.createDirectories(down);
            properties.store(out, null);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The settings that stop and start services that are files while they are down. */
    static void addServices(Properties properties, Path home) {
        Path down = home.resolve("down");
        properties.setProperty("dolmen.stack.stop-command", "touch " + down + "/{service}");
        properties.setProperty("dolmen.stack.start-command", "rm -f " + down + "/{service}");
        properties.setProperty("dolmen.stack.running-command", "test ! -e " + down + "/{service}");
    }

    @Override
    public Ended run(RunRequest request, int callsUntilKilled) {
        return ask(Optional.of(request), callsUntilKilled);
    }

    @Override
    public Ended recover(int callsUntilKilled) {
        return ask(Optional.empty(), callsUntilKilled);
    }

    private Ended ask(Optional<RunRequest> request, int calls) {
        boolean atAMoment = calls != NEVER && calls % 2 == 0;
        Timer timer = new Timer(true);
        long begun = System.nanoTime();
        try {
            begin();
            ObjectNode question =
                    Json.MAPPER.createObjectNode().put("clock", clock.instant().toString());
            question.put("calls", atAMoment ? NEVER : calls);
            request.ifPresent(asked -> question.set("request", Json.MAPPER.valueToTree(asked)));
            questions.write(question + "\n");
            questions.flush();
            if (atAMoment) {
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                process.destroyForcibly();
                            }
                        },
                        calls * 7919L % milliseconds);
            }
            return ended(begun);
        } catch (IOException gone) {
            return killed("an answer");
        } finally {
            timer.cancel();
        }
    }

    private Ended ended(long begun) throws IOException {
        String last = "a moment";
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            String[] part = line.split("\t", 3);
            if (part[0].equals("ended")) {
                milliseconds = Math.max(50, (System.nanoTime() - begun) / 1_000_000);
                Report report = Json.MAPPER.readValue(part[2], Report.class);
                return new Ended(Optional.ofNullable(report), Optional.empty(), Integer.parseInt(part[1]));
            }
            if (part[0].equals("threw")) {
                throw new IllegalStateException(line);
            }
            last = line;
        }
        return killed(last);
    }

    private Ended killed(String last) {
        close();
        return new Ended(Optional.empty(), Optional.of(last), 0);
    }

    private void begin() throws IOException {
        if (process == null || !process.isAlive()) {
            List<String> command = new ArrayList<>(Jvm.command(folder, DolmenProcess.class));
            command.add(1, "-XX:TieredStopAtLevel=1"); // it does not live long
            command.addAll(List.of(folder.toString(), settings.toString()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().merge("PATH", programs + ":/usr/bin:/bin", (old, own) -> own);
            process = builder.start();
            answers = process.inputReader();
            questions = process.outputWriter();
        }
    }

    @Override
    public List<String> down() {
        try (Stream<Path> files = Files.list(down)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            try {
                process.destroyForcibly().waitFor();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            process = null;
        }
    }
}
