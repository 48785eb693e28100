package notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.StepFailure.Unusable;
import dolmen.notices.NoticeMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Notices that a place refuses, or that never reach it. */
class RefusedNoticesTest extends NoticePlaces {
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
}
