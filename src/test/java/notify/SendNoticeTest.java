package notify;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Json;
import dolmen.notices.NoticeMessage;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import notices.Delivery;
import notices.NoticeEndpoint;
import notices.SendNotice;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SendNoticeTest extends NoticePlaces {
    private static final Duration LIMIT = Duration.ofSeconds(40);

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
}
