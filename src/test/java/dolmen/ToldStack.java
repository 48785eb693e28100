package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dolmen.app.Application;
import dolmen.bench.GeneratedStack;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import notify.Hook;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A generated stack with a whole Dolmen, a real mail server and a real server of the web that are told what happened. */
final class ToldStack implements AutoCloseable {
    static final RunRequest NIGHTLY = RunRequest.of(Operation.BACKUP, Origin.SCHEDULE);

    static final Duration LIMIT = Duration.ofSeconds(60);

    final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    final Hook hook;
    private final Path home;
    private final GeneratedStack generated;

    ToldStack(Path home) throws Exception {
        this.home = home;
        generated = new GeneratedStack(home);
        generated.grow(20);
        hook = new Hook();
        mail.withConfiguration(GreenMailConfiguration.aConfig().withUser("ops@example.org", "dolmen", "right"));
        mail.start();
    }

    @Override
    public void close() {
        mail.stop();
        hook.close();
        generated.close();
    }

    static Map<String, String> serving(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("dolmen.http.enabled", "false");
        keys.put("dolmen.schedule.full", "off");
        keys.put("dolmen.schedule.incremental", "off");
        return keys;
    }

    /** Serves until this has been seen. */
    void serve(Map<String, String> keys, ThrowingCallable seen) throws Exception {
        Application dolmen = application(keys);
        Thread serving = new Thread(() -> serve(dolmen));
        serving.start();
        try {
            seen.call();
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        } finally {
            dolmen.close();
            serving.join(60_000);
        }
    }

    private static void serve(Application dolmen) {
        try {
            dolmen.serve();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Runs a command line; all that it printed. */
    String command(Map<String, String> more, ExitCode expected, String command) throws Exception {
        Path file = home.resolve("application.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties(more).store(out, null);
        }
        return printed(() ->
                assertThat(Main.execute("--config", file.toString(), command)).isEqualTo(expected.status()));
    }

    static String printed(ThrowingCallable run) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        PrintStream both = new PrintStream(shown, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            run.call();
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    String smtp(String password) {
        return "smtp:127.0.0.1:" + mail.getSmtp().getPort() + "?username=dolmen&password=RAW(" + password
                + ")&from=dolmen@example.org&to=ops@example.org";
    }

    Application application(Map<String, String> more) {
        return new Application(
                Settings.from(new SettingsSource(properties(more), Map.of(), new Properties())), Map.of());
    }

    private Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(generated.stack.properties());
        properties.setProperty("dolmen.druid.url", generated.druidUrl());
        properties.putAll(more);
        return properties;
    }
}
