package notices;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.StepFailure;
import org.junit.jupiter.api.Test;
import shared.HiddenTexts;
import shared.NamedEndpoint;

class NoticeEndpointFailuresTest {
    private static StepFailure failure(String place, String said) {
        NamedEndpoint endpoint = new NamedEndpoint("dolmen.notify.to", "http", place, new HiddenTexts(place));
        return new NoticeEndpointFailures(endpoint).of(new IllegalStateException(said));
    }

    @Test
    void what_the_server_says_and_not_its_name_tells_a_wrong_password() {
        assertThat(failure("http://authentication.example.org:403", "statusCode: 404")
                        .hint())
                .contains("its options")
                .doesNotContain("password");
        assertThat(failure("http://hooks.example.org", "statusCode: 403").hint())
                .contains("password");
    }
}
