package dolmen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One call of the published list: which operations make it, why, and the regular expression that the proxy reads. */
public record EngineCall(String operations, String why, String expression) {
    /** The list, in its order: comments are {@code operations: why}, each above its call. */
    public static List<EngineCall> list() {
        List<EngineCall> calls = new ArrayList<>();
        String comment = "";
        for (String line : lines()) {
            if (line.startsWith("^")) {
                String[] words = comment.split(": ", 2);
                calls.add(new EngineCall(words[0], words[1], line));
            }
            comment = line.replaceFirst("^# ", "");
        }
        return calls;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("packaging/socket-proxy/docker-api.list"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether this is a call of that operation. */
    public boolean isFor(String operation) {
        return List.of(operations.split(", ")).contains(operation);
    }

    /** Whether a method and path with its query is this call. */
    public boolean allows(String call) {
        return Pattern.compile(expression).matcher(call).find();
    }
}
