package shared;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.settings.CopySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.api.Test;

class CopyFailuresTest {
    private static final String URI = "ftp://backup@login.example.org/folder?password=RAW(p&ss+word)&account=a%2Fbcd";

    private final CopyFailures failures =
            new CopyFailures(CopyEndpoint.named(new CopySettings(Optional.of(new Secret(URI)))));

    @Test
    void a_line_that_breaks_may_pass_whatever_the_host_is_called() {
        assertThat(of(new ConnectException("login.example.org: Connection refused")))
                .isInstanceOf(Unavailable.class);
        assertThat(of(new IOException("inputstream is closed"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_refusal_does_not_pass_and_says_what_to_look_at() {
        assertThat(of(new GenericFileOperationFailedException(530, "530 Login incorrect.", "cannot login")))
                .isInstanceOfSatisfying(
                        Failed.class, failure -> assertThat(failure.hint()).contains("password"));
        assertThat(of(new AccessDeniedException("/folder")))
                .isInstanceOfSatisfying(
                        Failed.class, failure -> assertThat(failure.hint()).contains("folder"));
    }

    @Test
    void no_text_holds_an_option_s_value_in_whichever_form() {
        for (String form : new String[] {"p&ss+word", "RAW(p&ss+word)", "p%26ss%2Bword", "a/bcd", "a%2Fbcd", URI}) {
            assertThat(of(new IOException("no such " + form + " here")))
                    .hasMessageContaining("no such *** here")
                    .hasNoCause();
        }
    }

    private StepFailure of(Exception thrown) {
        return failures.of("label/file", new IllegalStateException("wrapped " + URI, thrown));
    }
}
