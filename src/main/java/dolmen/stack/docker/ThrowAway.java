package dolmen.stack.docker;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.VolumesFrom;
import dolmen.stack.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A container that runs one shell script as root, without network, on the volumes of another container, and is removed
 * afterwards: its name, its image, the script, the container whose volumes it shares, the folder of the engine's
 * machine that it sees at {@link #FOLDER}, and who is told its name when it has ended but still exists.
 */
public record ThrowAway(
        String name, String image, String script, String volumesOf, Optional<Path> folder, Consumer<String> onEnd) {
    /** Every throw-away container's name starts with this, then the word of the Dolmen that made it. */
    public static final String PREFIX = "dolmen-throw-away-";

    /** Where the script sees the folder; the variable {@link Host#FOLDER} tells it. */
    public static final String FOLDER = "/dolmen";

    /** What the names of one Dolmen's throw-away containers start with: a killed run's leftovers are found by it. */
    public static String prefix(String owner) {
        return PREFIX + owner + "-";
    }

    /** A name that no other container has. */
    public static String newName(String owner) {
        return prefix(owner) + UUID.randomUUID().toString().substring(0, 13);
    }

    /** The entry point: the image's own is not run. */
    public List<String> entrypoint() {
        return List.of("/bin/sh", "-c", script);
    }

    /** The environment: where the script finds its folder. */
    public List<String> environment() {
        return folder.map(path -> List.of(Host.FOLDER + "=" + FOLDER)).orElse(List.of());
    }

    /** Volumes, folder and limits. Its log is kept small, in a form that can be read back whatever the engine's default. */
    public HostConfig hostConfig() {
        HostConfig config = HostConfig.newHostConfig()
                .withVolumesFrom(new VolumesFrom(volumesOf))
                .withNetworkMode("none")
                .withRestartPolicy(RestartPolicy.noRestart())
                // Where SELinux is on, a container may else not touch a folder that was not relabelled for it.
                .withSecurityOpts(List.of("label=disable"))
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "1m", "max-file", "1")));
        // Unlike a bind by name, a mount fails when the engine's machine has no such folder: nothing is made there.
        folder.ifPresent(path -> config.withMounts(List.of(new Mount()
                .withType(MountType.BIND)
                .withSource(path.toAbsolutePath().normalize().toString())
                .withTarget(FOLDER))));
        return config;
    }
}
