package dolmen.stack.docker;

import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Ends the programs that were started with a mark in a container, and removes the files that were put there for them. The
 * script needs nothing but a shell and rm; it reads {@code /proc}, since the engine does not tell how to reach them.
 */
final class ContainerLeftovers {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** $0 is the variable, $1 what the names of the files begin with. A program may start another while it is ended. */
    private static final String SCRIPT = """
            tries=0
            while [ $tries -lt 20 ]; do
              found=
              for process in /proc/[0-9]*; do
                while IFS= read -r line || [ -n "$line" ]; do
                  case "$line" in
                    *"$0"*) found="$found ${process#/proc/}"; break ;;
                  esac
                done < "$process/environ"
              done 2> /dev/null
              if [ -z "$found" ]; then rm -rf "$1"*; exit; fi
              if [ $tries = 0 ]; then echo $found; fi
              kill -KILL $found 2> /dev/null
              tries=$((tries+1))
              sleep 1
            done
            echo "still there: $found" >&2
            exit 1""";

    private final ContainerPrograms programs;

    ContainerLeftovers(ContainerPrograms programs) {
        this.programs = programs;
    }

    /** {@code files} is what the names of the files begin with. Returns when nothing is left, with a line for what was ended. */
    List<String> end(Service service, String mark, String files) {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        Command script = Command.of(LIMIT, "/bin/sh", "-c", SCRIPT, Mark.VARIABLE + "=" + mark, files);
        Outcome outcome = programs.runUnmarked(service, script, found);
        if (!outcome.succeeded()) {
            throw new StepFailure.Failed(
                    "what an earlier run started in " + service.name() + " does not end: " + outcome.stderr(),
                    "Restart that service, then run `dolmen recover`.");
        }
        String processes = found.toString(StandardCharsets.UTF_8).strip();
        return processes.isEmpty()
                ? List.of()
                : List.of("ended what an earlier run had started in " + service.name() + ": processes " + processes);
    }
}
