package dolmen.stack;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Follows how far a program has read a file, which psql does not report. A shell around the program looks every second, and writes the
 * position to stdout, where the program itself must write nothing. Where there is no {@code /proc} it writes nothing. Stderr and exit
 * status are those of the program.
 */
public final class ReadPosition {
    /**
     * The file is $0. A program that has ended has no exe, though it stays in the list until somebody reaps it. The lines
     * are long, since the last bytes of an output are held back until more come.
     */
    private static final String SCRIPT = """
            "$@" &
            program=$!
            (
              while [ -e /proc/$program/exe ] && sleep 1 > /dev/null; do
                for fd in /proc/$program/fd/*; do
                  if [ "$fd" -ef "$0" ]; then
                    while read -r key value; do
                      if [ "$key" = pos: ]; then printf '%-64s\\n' "$value"; fi
                    done < "/proc/$program/fdinfo/${fd##*/}"
                  fi
                done
              done
            ) 2> /dev/null &
            follower=$!
            wait $program
            status=$?
            kill $follower 2> /dev/null
            wait $follower 2> /dev/null
            exit $status""";

    private ReadPosition() {}

    /** The program with the shell around it. */
    public static List<String> around(String file, List<String> program) {
        List<String> arguments = new ArrayList<>(List.of("sh", "-c", SCRIPT, file));
        arguments.addAll(program);
        return arguments;
    }

    /** The stdout of that shell. */
    public static OutputStream stdout(LongConsumer position) {
        return new LineStream(line -> {
            String text = new String(line, StandardCharsets.US_ASCII).strip();
            if (text.matches("\\d{1,18}")) {
                position.accept(Long.parseLong(text));
            }
        });
    }
}
