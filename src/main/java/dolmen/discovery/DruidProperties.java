package dolmen.discovery;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Druid's properties of one service: its environment ({@code druid_a_b} for {@code druid.a.b}), then the files that the
 * official image fills from it.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/tutorials/docker.html">Druid: Docker</a>
 */
public final class DruidProperties {
    private static final List<String> BASES = List.of("/tmp/conf/druid/cluster", "/opt/druid/conf/druid/cluster");
    private static final String HOME = "/opt/druid/";
    private static final Map<Role, String> FOLDERS = Map.of(
            Role.ROUTER, "query/router",
            Role.BROKER, "query/broker",
            Role.MIDDLEMANAGER, "data/middleManager",
            Role.HISTORICAL, "data/historical",
            Role.OVERLORD, "master/coordinator-overlord",
            Role.COORDINATOR, "master/coordinator-overlord");

    private final Function<String, Optional<String>> environment;
    private final Properties files = new Properties();

    private DruidProperties(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** {@code files} gives the text of a file of the service; empty when there is none. */
    public static DruidProperties of(
            Role role, Function<String, Optional<String>> environment, Function<String, Optional<String>> files) {
        DruidProperties properties = new DruidProperties(environment);
        for (String base : BASES) {
            Optional<String> common = files.apply(base + "/_common/common.runtime.properties");
            Optional<String> own = files.apply(base + "/" + FOLDERS.get(role) + "/runtime.properties");
            if (common.isPresent() || own.isPresent()) {
                common.ifPresent(properties::load);
                own.ifPresent(properties::load);
                break;
            }
        }
        return properties;
    }

    private void load(String text) {
        try {
            files.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalStateException("a text cannot be read", impossible);
        }
    }

    /** The value of a property that is set. */
    public Optional<String> get(String name) {
        return environment
                .apply(variable(name))
                .or(() -> Optional.ofNullable(files.getProperty(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Where it was set, for a person. */
    String placeOf(String name) {
        return environment.apply(variable(name)).isPresent() ? variable(name) : name + " in runtime.properties";
    }

    /** A path that a property names; relative ones are below Druid's home in the image. */
    public static String absolute(String path) {
        return path.startsWith("/") ? path : HOME + path;
    }

    private static String variable(String name) {
        return name.replace('.', '_');
    }
}
