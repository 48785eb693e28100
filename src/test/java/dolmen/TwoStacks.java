package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.bench.GeneratedStack;
import dolmen.model.Kind;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two stacks whose backups lie in one catalog. */
abstract class TwoStacks {
    @TempDir
    Path home;

    final List<AutoCloseable> open = new ArrayList<>();
    final Map<String, String> more = new TreeMap<>();
    GeneratedStack production;
    GeneratedStack staging;

    @BeforeEach
    void two_stacks() throws Exception {
        production = stack("production", 5);
        staging = stack("staging", 6);
        more.put("dolmen.catalog.path", home.resolve("catalog").toString());
        more.put("dolmen.retention.keep-last", "1");
        more.put("dolmen.retention.after-backup", "false");
    }

    @AfterEach
    void ends() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    GeneratedStack stack(String name, int segments) throws Exception {
        GeneratedStack stack = new GeneratedStack(home.resolve(name));
        open.add(stack);
        stack.grow(segments);
        return stack;
    }

    static RunRequest backup(Kind kind) {
        return Requests.backup(kind);
    }

    List<String> labels() {
        return names(home.resolve("catalog"), name -> name.startsWith("2"));
    }

    static List<String> names(Path folder, Predicate<String> wanted) {
        return Stream.of(folder.toFile().list()).filter(wanted).sorted().toList();
    }

    Settings settings(GeneratedStack of) {
        Properties properties = new Properties();
        properties.putAll(of.stack.properties());
        properties.put("dolmen.druid.url", of.druidUrl());
        properties.put("dolmen.druid.call-limit", "30s");
        properties.putAll(more);
        return Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
    }

    Report run(GeneratedStack on, RunRequest request) {
        Report report = report(on, request);
        assertThat(report.succeeded())
                .as("%s %s", report.summary(), report.hint())
                .isTrue();
        return report;
    }

    Report report(GeneratedStack on, RunRequest request) {
        try (Application dolmen = new Application(settings(on), Map.of())) {
            dolmen.start();
            return dolmen.run(request);
        }
    }
}
