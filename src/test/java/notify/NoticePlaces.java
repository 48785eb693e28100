package notify;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dolmen.model.Notice;
import dolmen.model.Secret;
import dolmen.notices.NoticeRecords;
import dolmen.settings.NoticeAddress;
import dolmen.settings.NotifySettings;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import notices.NoticeEndpoint;
import notices.SendNotice;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of mail and a web hook that notices are sent to. */
abstract class NoticePlaces {
    static final Notice NOTICE = new Notice(Map.of("title", "backup failed: Größe", "report", "Größe \"7\""));
    static final NotifySettings WORDS = Settings.from(new SettingsSource(new Properties(), Map.of(), new Properties()))
            .notices();

    @TempDir
    Path state;

    final CamelContext context = new DefaultCamelContext();
    final GreenMail mail =
            new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetup.SMTP, ServerSetup.SMTPS}));
    NoticeRecords records;
    Hook hook;

    @BeforeEach
    void servers() throws Exception {
        records = new NoticeRecords(state);
        hook = new Hook();
        mail.withConfiguration(GreenMailConfiguration.aConfig().withUser("ops@example.org", "dolmen", "ri%g&t+"));
        mail.start();
        context.addRoutes(new SendNotice(records, Duration.ofMillis(20)));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        mail.stop();
        hook.close();
    }

    NoticeEndpoint outlet(String uri) {
        return NoticeEndpoint.of(context, new NoticeAddress("dolmen.notify.to", new Secret(uri)));
    }

    String smtp(String password) {
        return "smtp:127.0.0.1:" + mail.getSmtp().getPort() + "?username=dolmen&password=RAW(" + password
                + ")&from=dolmen@example.org&to=ops@example.org";
    }
}
