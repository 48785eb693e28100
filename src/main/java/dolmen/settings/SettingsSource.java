package dolmen.settings;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text behind the settings: {@code -D} wins over the environment ({@code DOLMEN_CATALOG_PATH}), that over the file,
 * that over the default. A blank value is the default. A key {@code x} is also read from the file that
 * {@code x-file} names. Throws {@link Unusable}, naming the key, when a value cannot be understood.
 */
public final class SettingsSource {
    private static final int MAX_BYTES = 1 << 20;

    private final Properties file;
    private final Map<String, String> environment;
    private final Properties system;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();

    public SettingsSource(Properties file, Map<String, String> environment, Properties system) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.system = system;
    }

    /** Reads a properties file (UTF-8; a byte-order mark and Windows line ends do no harm). */
    public static Properties read(Path path) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(path)));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Unusable(
                    "cannot read the settings file " + path + ": " + unreadable.getMessage(),
                    "Name an existing properties file with --config or DOLMEN_CONFIG.",
                    unreadable);
        }
        return properties;
    }

    /** The text of a small file, which may be a pipe; without the byte-order mark. */
    private static String text(Path path) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MAX_BYTES + 1);
        }
        if (content.length > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new IOException("it is no text");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException garbage) {
            throw new IOException("it is no text", garbage);
        }
    }

    /** The value of a key, if there is one. */
    public Optional<String> text(String key) {
        known.add(key);
        return value(key).or(() -> UnknownKeys.formerName(key).flatMap(this::value));
    }

    private Optional<String> value(String key) {
        return Stream.of(system.getProperty(key), environment.get(UnknownKeys.variableOf(key)), file.getProperty(key))
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    /** A variable of the environment that is not one of Dolmen's settings, such as {@code DOCKER_HOST}. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(String::strip);
    }

    /** The value of a key, or this default. */
    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /** A path, or this default. */
    public Path path(String key, String otherwise) {
        return Path.of(text(key, otherwise));
    }

    /** Words that are separated by commas, or this default. */
    public List<String> list(String key, String otherwise) {
        return Stream.of(text(key, otherwise).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A whole number, or this default. */
    public int number(String key, int otherwise) {
        return parsed(key, Integer::valueOf, "a whole number").orElse(otherwise);
    }

    /** {@code true} or {@code false}, or this default. */
    public boolean flag(String key, boolean otherwise) {
        return parsed(
                        key,
                        value -> switch (value) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException(value);
                        },
                        "true or false")
                .orElse(otherwise);
    }

    /** A time such as {@code 1h30m}, not below zero, or this default. */
    public Duration duration(String key, String otherwise) {
        return parsed(key, SettingsSource::duration, "a time such as 30s, 10m or 1h30m")
                .orElseGet(() -> duration(otherwise));
    }

    /** A value that the parser turns into another type; {@code expected} says in words what it accepts. */
    public <T> Optional<T> parsed(String key, Function<String, T> parser, String expected) {
        return text(key).map(value -> {
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
                throw new Unusable(
                        key + " is '" + value + "', which is not " + expected, "Correct " + key + ".", wrong);
            }
        });
    }

    /** A secret, given in place or by the file that {@code key-file} names; that file may not be empty. */
    public Optional<Secret> secret(String key) {
        secrets.add(key);
        return content(key, "Create it with nothing but the secret in it, readable for the user that runs Dolmen.")
                .map(Secret::new);
    }

    /** A longer text, given in place or by the file that {@code key-file} names; that file may not be empty. */
    public Optional<String> content(String key) {
        return content(key, "Create it, readable for the user that runs Dolmen.");
    }

    private Optional<String> content(String key, String hint) {
        Optional<String> inPlace = text(key);
        Optional<String> named = text(key + "-file");
        if (inPlace.isPresent() || named.isEmpty()) {
            return inPlace;
        }
        try {
            String content = text(Path.of(named.get())).strip();
            if (content.isEmpty()) {
                throw new Unusable("the file that " + key + "-file names is empty: " + named.get(), hint);
            }
            return Optional.of(content);
        } catch (IOException unreadable) {
            throw new Unusable("cannot read the file that " + key + "-file names: " + named.get(), hint, unreadable);
        }
    }

    /**
     * The words between these two parts of keys, in all keys that are set: {@code swap-segments} in
     * {@code dolmen.retry.swap-segments.attempts}. In the name of an environment's variable {@code _} stands for a hyphen.
     */
    public Set<String> between(String before, String after) {
        Stream<String> variables = words(
                        environment.keySet(), UnknownKeys.variableOf(before), UnknownKeys.variableOf(after))
                .map(word -> word.toLowerCase(Locale.ROOT).replace('_', '-'));
        return Stream.of(
                        words(file.stringPropertyNames(), before, after),
                        words(system.stringPropertyNames(), before, after),
                        variables)
                .flatMap(found -> found)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> words(Set<String> names, String before, String after) {
        return names.stream()
                .filter(name -> name.startsWith(before)
                        && name.endsWith(after)
                        && name.length() > before.length() + after.length())
                .map(name -> name.substring(before.length(), name.length() - after.length()));
    }

    /** Throws {@link Unusable} for a key that is set and that no setting has asked for, and names the nearest setting that exists. */
    public void refuseUnknownKeys() {
        UnknownKeys unknown = new UnknownKeys(known);
        unknown.refuseInFile(file.stringPropertyNames());
        unknown.refuseInSystem(system.stringPropertyNames());
        unknown.refuseInEnvironment(environment.keySet());
    }

    /** The values that were read so far and are set, without secrets; for dead letters. */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        for (String key : Set.copyOf(known)) {
            if (!secrets.contains(key)) {
                text(key).ifPresent(value -> shown.put(key, value));
            }
        }
        return shown;
    }

    /** The keys that were asked for so far, with those of secret files. */
    public Set<String> asked() {
        return Set.copyOf(known);
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse("PT" + text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }
}
