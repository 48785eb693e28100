package notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dolmen.model.Json;
import dolmen.model.Notice;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.StepFailure.Unusable;
import dolmen.notices.NoticeMessage;
import dolmen.notices.NoticeRecords;
import dolmen.settings.NoticeAddress;
import dolmen.settings.NotifySettings;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import notices.Delivery;
import notices.NoticeEndpoint;
import notices.SendNotice;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendNoticeTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Notice NOTICE = new Notice(Map.of("title", "backup failed: Größe", "report", "Größe \"7\""));
    private static final NotifySettings WORDS = Settings.from(
                    new SettingsSource(new Properties(), Map.of(), new Properties()))
            .notices();

    @TempDir
    Path state;

    private final CamelContext context = new DefaultCamelContext();
    private final GreenMail mail =
            new GreenMail(ServerSetup.dynamicPort(new ServerSetup[] {ServerSetup.SMTP, ServerSetup.SMTPS}));
    private NoticeRecords records;
    private Hook hook;

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

    @Test
    void a_mail_has_the_subject_and_the_text_and_nothing_of_the_program() throws Exception {
        queue(smtp("ri%g&t+"), NoticeMessage.text(NOTICE, WORDS));
        assertThat(mail.waitForIncomingEmail(LIMIT.toMillis(), 1)).isTrue();
        MimeMessage arrived = mail.getReceivedMessages()[0];
        assertThat(arrived.getSubject()).isEqualTo("Dolmen on : backup failed: Größe");
        assertThat(arrived.getContent().toString()).contains("Größe \"7\"");
        assertThat(arrived.getContentType()).startsWith("text/plain").containsIgnoringCase("utf-8");
        assertThat(arrived.getFrom()[0]).hasToString("dolmen@example.org");
        assertThat(java.util.Collections.list(arrived.getAllHeaderLines()).toString())
                .doesNotContain("Camel", "ri%g");
    }

    @Test
    void a_webhook_gets_an_object_of_json_with_all_values() throws Exception {
        queue(hook.url("/services/token?key=value"), NoticeMessage.json(NOTICE, Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> hook.calls.size() == 1);
        assertThat(hook.calls).containsExactly("POST /services/token?key=value application/json");
        assertThat(Json.MAPPER.readTree(hook.bodies.get(0)).get("report").asText())
                .isEqualTo("Größe \"7\"");
        queue(hook.url("/put?httpMethod=PUT"), NoticeMessage.json(NOTICE, Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> hook.calls.contains("PUT /put application/json"));
    }

    @Test
    void what_may_pass_is_tried_again_and_a_ping_is_a_plain_get() {
        hook.failing.set(2);
        context.createProducerTemplate().sendBody(SendNotice.QUEUE, delivery(hook.url("/ping"), Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> hook.calls.size() == 3);
        assertThat(hook.calls).containsOnly("GET /ping null");
        Awaitility.await().atMost(LIMIT).until(() -> inflight() == 0);
        assertThat(hook.calls).hasSize(3);
        assertThat(records.read().unsent()).isEmpty();
    }

    @Test
    void after_three_attempts_it_is_noted_for_the_status_until_the_place_is_told_something() {
        hook.failing.set(9);
        queue(hook.url("/hidden-token"), NoticeMessage.json(NOTICE, Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> !records.read().unsent().isEmpty());
        hook.failing.set(0);
        assertThat(hook.calls).hasSize(3);
        assertThat(records.read().unsent().values())
                .singleElement()
                .asString()
                .contains("could not tell http://127.0.0.1:", "503", "HINT:")
                .doesNotContain("hidden");

        queue(hook.url("/hidden-token"), NoticeMessage.json(NOTICE, Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> records.read().unsent().isEmpty());
    }

    @Test
    void a_wrong_password_is_not_tried_again_and_is_not_shown() {
        assertThatThrownBy(() -> outlet(smtp("hidden%word")).send(Optional.of(NoticeMessage.text(NOTICE, WORDS))))
                .isInstanceOf(Failed.class)
                .hasNoCause()
                .hasMessageContaining("could not tell smtp:127.0.0.1:")
                .hasMessageContaining("AuthenticationFailedException")
                .satisfies(failure -> assertThat(((Failed) failure).hint()).contains("password", "dolmen.notify.to"))
                .message()
                .doesNotContain("hidden");
        hook.failing.set(1);
        hook.status = 404;
        assertThatThrownBy(
                        () -> outlet(hook.url("/a/hidden-token?key=hidden&x=y")).send(Optional.empty()))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("404")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void no_mail_goes_without_tls_where_it_is_required_nor_to_a_server_that_nobody_vouches_for() {
        Optional<NoticeMessage> message = Optional.of(NoticeMessage.text(NOTICE, WORDS));
        assertThatThrownBy(() -> outlet(smtp("ri%g&t+") + "&mail.smtp.starttls.required=true")
                        .send(message))
                .hasMessageContaining("STARTTLS");
        assertThatThrownBy(() -> outlet("smtps:127.0.0.1:" + mail.getSmtps().getPort() + "?to=ops@example.org")
                        .send(message))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("certification path");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_may_come_back() {
        assertThatThrownBy(() -> outlet("smtp:127.0.0.1:1?to=ops@example.org")
                        .send(Optional.of(NoticeMessage.text(NOTICE, WORDS))))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> outlet("http://127.0.0.1:1/x").send(Optional.empty()))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void an_endpoint_that_camel_does_not_understand_is_refused_at_the_start_and_not_shown() {
        assertThatThrownBy(() -> outlet("smtp:mail?pasword=RAW(hidden)&to=ops@example.org"))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("dolmen.notify.to (smtp:mail) is not understood")
                .message()
                .doesNotContain("hidden");
        assertThatThrownBy(() -> outlet("telegram:bots?authorizationToken=hidden"))
                .isInstanceOfSatisfying(Unusable.class, refused -> {
                    assertThat(refused).hasMessageContaining("telegram").hasMessageNotContaining("hidden");
                    assertThat(refused.hint()).contains("camel-telegram-4.17.0.jar", "lib/");
                });
    }

    private int inflight() {
        return context.getInflightRepository().size("send-notice");
    }

    private void queue(String uri, NoticeMessage message) {
        context.createProducerTemplate().sendBody(SendNotice.QUEUE, delivery(uri, Optional.of(message)));
    }

    private Delivery delivery(String uri, Optional<NoticeMessage> message) {
        NoticeEndpoint outlet = outlet(uri);
        return new Delivery(outlet.address().identity(), () -> {
            outlet.send(message);
            return true;
        });
    }

    private NoticeEndpoint outlet(String uri) {
        return NoticeEndpoint.of(context, new NoticeAddress("dolmen.notify.to", new Secret(uri)));
    }

    private String smtp(String password) {
        return "smtp:127.0.0.1:" + mail.getSmtp().getPort() + "?username=dolmen&password=RAW(" + password
                + ")&from=dolmen@example.org&to=ops@example.org";
    }
}
