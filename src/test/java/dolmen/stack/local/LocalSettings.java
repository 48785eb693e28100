package dolmen.stack.local;

import dolmen.settings.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a stack on this machine. */
public final class LocalSettings {
    private LocalSettings() {}

    /** With these commands, of which each may be null. */
    public static StackSettings of(Duration limit, String start, String stop, String running) {
        return new StackSettings(
                StackSettings.Kind.LOCAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.ofNullable(stop),
                Optional.ofNullable(start),
                Optional.ofNullable(running),
                limit,
                "unix:///var/run/docker.sock",
                Optional.empty());
    }

    /** Services of which each is a file of this folder while it runs. */
    public static StackSettings flags(Path folder) {
        String flag = "'" + folder + "/{service}.flag'";
        return of(Duration.ofSeconds(20), "touch " + flag, "rm -f " + flag, "test -e " + flag);
    }
}
