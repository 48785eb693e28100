package dolmen.histories;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.app.Application;
import dolmen.app.ApplicationDatabases;
import dolmen.app.DeepStorages;
import dolmen.app.MetadataStores;
import dolmen.app.OwnHost;
import dolmen.app.SendTargets;
import dolmen.app.Surroundings;
import dolmen.histories.files.Fuse;
import dolmen.histories.standins.StoryClock;
import dolmen.histories.standins.StoryPace;
import dolmen.model.Json;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/** The other end of {@link DolmenBeside}: runs what each line of its input asks for, by a clock that the line sets. */
public final class DolmenProcess {
    private DolmenProcess() {}

    /** Arguments: the folder in which files count, and the file with the settings. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Fuse.watch(arguments[0]);
        Fuse.killForReal(call -> {
            out.println("before " + call);
            out.flush();
        });
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[1]))) {
            properties.load(in);
        }
        Settings settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
        StoryClock clock = new StoryClock(Instant.EPOCH);
        Application dolmen = new Application(
                settings,
                Map.of(),
                Display.NONE,
                new Surroundings(
                        clock,
                        context -> OwnHost.of(settings, context),
                        MetadataStores.ALL,
                        DeepStorages.KNOWN,
                        ApplicationDatabases.kinds(),
                        SendTargets.ALL,
                        new StoryPace()));
        dolmen.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode question = Json.MAPPER.readTree(line);
            Instant now = Instant.parse(question.path("clock").asText());
            clock.move(Duration.between(clock.instant(), now));
            Fuse.light(question.path("calls").asInt());
            try {
                Report report = answer(dolmen, question.path("request"));
                out.println("ended\t" + Fuse.end() + "\t" + Json.MAPPER.writeValueAsString(report));
            } catch (RuntimeException failed) {
                out.println("threw\t" + failed);
            }
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Report answer(Application dolmen, JsonNode request) throws Exception {
        if (request.isMissingNode()) {
            dolmen.recover();
            return null;
        }
        return dolmen.run(Json.MAPPER.treeToValue(request, RunRequest.class));
    }
}
