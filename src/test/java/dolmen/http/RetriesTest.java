package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DeadLetter;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {
    @TempDir
    Path home;

    @Test
    void what_the_queue_refused_can_be_asked_for_again() throws Exception {
        SampleState sample = new SampleState(home).nights(1, Duration.ofHours(5));
        String run = sample.failure("the disk is full", "Make room.");
        List<RunId> asked = new ArrayList<>();
        Retries retries = new Retries(sample.settings().paths(), request -> null, each -> {
            asked.add(each);
            if (asked.size() == 1) {
                throw new IllegalStateException("the process is ending");
            }
        });

        assertThatThrownBy(() -> retries.request(run)).hasMessage("the process is ending");
        assertThat(retries.list().get(0).retried()).isEmpty();

        assertThat(retries.request(run).status()).isEqualTo(202);
        assertThat(retries.request(run).status()).isEqualTo(409);
        assertThat(asked).containsExactly(new RunId(run), new RunId(run));
    }

    @Test
    void a_repetition_that_gives_up_leaves_the_newer_dead_letter_alone() throws Exception {
        SampleState sample = new SampleState(home).nights(1, Duration.ofHours(5));
        RunId first = new RunId(sample.failure("the disk is full", "Make room."));
        Retries retries = new Retries(sample.settings().paths(), request -> givesUp(sample, request), each -> {});
        retries.request(first.text());

        retries.carryOut(first);

        assertThat(retries.list()).singleElement().satisfies(letter -> {
            assertThat(letter.run()).isNotEqualTo(first);
            assertThat(letter.failure()).isEqualTo("the disk is still full");
            assertThat(letter.retried()).isEmpty();
        });
    }

    @Test
    void a_repetition_that_breaks_is_not_said_to_go_on() throws Exception {
        SampleState sample = new SampleState(home).nights(1, Duration.ofHours(5));
        RunId run = new RunId(sample.failure("the disk is full", "Make room."));
        Retries retries = new Retries(
                sample.settings().paths(),
                request -> {
                    throw new IllegalStateException("a bug");
                },
                each -> {});
        retries.request(run.text());

        assertThatThrownBy(() -> retries.carryOut(run)).hasMessage("a bug");
        assertThat(retries.list().get(0).retried().orElseThrow()).contains("a bug");
    }

    private static Report givesUp(SampleState sample, RunRequest request) {
        Run run = Run.begin(request, Instant.now());
        Failed failure = new Failed("the disk is still full", "Make more room.");
        sample.letters.keep(
                new DeadLetter(run, Optional.of("dump-metadata"), 1, failure.getMessage(), failure.hint(), Map.of()));
        return Report.failure(run, "dump-metadata", failure, Instant.now());
    }
}
