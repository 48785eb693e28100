package dolmen.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {
    @TempDir
    Path home;

    @Test
    void what_the_queue_refused_can_be_asked_for_again() throws Exception {
        SampleState sample = new SampleState(home).nights(1, Duration.ofHours(5));
        String run = sample.failure("the disk is full", "Make room.");
        List<String> asked = new ArrayList<>();
        Retries retries = new Retries(sample.settings().paths(), request -> null, each -> {
            asked.add(each);
            if (asked.size() == 1) {
                throw new IllegalStateException("the process is ending");
            }
        });

        assertThatThrownBy(() -> retries.ask(run)).hasMessage("the process is ending");
        assertThat(retries.list().get(0).retried()).isEmpty();

        assertThat(retries.ask(run).status()).isEqualTo(202);
        assertThat(retries.ask(run).status()).isEqualTo(409);
        assertThat(asked).containsExactly(run, run);
    }
}
