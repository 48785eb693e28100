package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.LastGood;
import dolmen.catalog.Manifests;
import dolmen.catalog.OwnStack;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.restore.PlainStack;
import dolmen.settings.Settings;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person takes over a backup that is not known to be of the stack; a real PostgreSQL says which stack it is. */
class AdoptTest {
    private static final String LABEL = "20260101-020000";

    @TempDir
    Path home;

    private PlainStack stack;
    private Settings settings;

    @BeforeEach
    void a_backup_of_another_stack() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        settings = stack.application();
        Properties properties = new Properties();
        properties.putAll(stack.properties());
        try (Writer out = Files.newBufferedWriter(home.resolve("application.properties"))) {
            properties.store(out, null);
        }
        StackIdentity other = new StackIdentity(Optional.of("shop"), Optional.of("1"), new TreeMap<>());
        Path folder = Files.createDirectories(home.resolve("catalog").resolve(LABEL));
        Manifest manifest = Manifests.of(LABEL, Manifest.VERIFIED).of(other);
        Json.MAPPER.writeValue(folder.resolve("manifest.json").toFile(), manifest);
        OwnStack.of(settings).remember(here());
    }

    @Test
    @Tag("T47")
    void t47_an_adopted_backup_is_one_of_this_stack_and_list_shows_it() throws Exception {
        assertThat(lastGood()).isEmpty();
        assertThat(dolmen("list")).contains("STACK", "PostgreSQL 1, project shop");

        assertThat(dolmen("adopt", LABEL)).contains("adopted backup " + LABEL + " of PostgreSQL 1, project shop");

        assertThat(lastGood()).contains(LABEL);
        assertThat(dolmen("list")).contains("database " + stack.database);
        assertThat(dolmen("show", LABEL)).contains("database " + stack.database);
        Path verdicts = home.resolve("catalog").resolve(LABEL).resolve("verdicts.jsonl");
        assertThat(Files.readAllLines(verdicts)).singleElement().asString().contains("\"kind\":\"adopted\"");
        assertThat(dolmen("adopt", LABEL)).contains("is of this stack already");
        assertThat(Files.readAllLines(verdicts)).hasSize(1);
    }

    private StackIdentity here() {
        return new StackIdentity(
                Optional.empty(),
                stack.metadata.systemIdentifier(),
                Optional.of(stack.database),
                Optional.of(stack.shared.toString()),
                Optional.empty(),
                new TreeMap<>());
    }

    private Optional<String> lastGood() {
        return LastGood.of(settings, Clock.systemUTC())
                .find()
                .map(backup -> backup.manifest().label().text());
    }

    private String dolmen(String... words) throws Exception {
        String file = home.resolve("application.properties").toString();
        String[] all = new String[words.length + 2];
        all[0] = "--config";
        all[1] = file;
        System.arraycopy(words, 0, all, 2, words.length);
        return ToldStack.printed(() -> assertThat(Main.execute(all)).isEqualTo(ExitCode.OK.status()));
    }
}
