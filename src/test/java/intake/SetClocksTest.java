package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.ClassArchive;
import dolmen.FakedClock;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Real Quartz in a process whose clock is set, at half past two in Berlin: what Quartz begins, what the watchdog does, and
 * that nothing is begun twice. The tests mostly wait for such a clock, so they do at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
@Needs(Need.FAKETIME)
class SetClocksTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BEFORE = Duration.ofMinutes(20);
    private static final String DAILY = "0 30 2 * * ?";
    private static final String WEDNESDAYS = "0 30 2 ? * WED";

    @TempDir
    Path folder;

    private FakedClock clock;
    private Process process;

    @AfterEach
    void ends() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
            Files.readString(log())
                    .lines()
                    .filter(line -> !line.startsWith("NOW "))
                    .forEach(System.out::println);
        }
    }

    @Test
    void quartz_begins_what_is_due_and_of_both_kinds_the_full_one() throws Exception {
        serve(WEDNESDAYS, "2026-06-10T00:29:57Z");
        passes("2026-06-10T00:30:08Z");
        clock.at("2026-06-11T00:29:58Z");
        passes("2026-06-11T00:30:03Z");

        assertThat(begun()).containsExactly("full 2026-06-10T00:30", "incremental 2026-06-11T00:30");
        assertThat(warnings("Quartz did not begin")).isZero();
    }

    @Test
    @Tag("SC-05")
    void a_clock_that_is_set_forward_by_a_day_begins_what_it_passed_over_once() throws Exception {
        serve(DAILY, "2026-06-10T12:00:00Z");
        clock.at("2026-06-11T12:00:00Z");
        passes("2026-06-11T12:00:10Z");
        assertThat(begun()).containsExactly("full 2026-06-11T12:00");
        clock.at("2026-06-12T00:29:58Z");
        passes("2026-06-12T00:30:03Z");

        assertThat(begun()).containsExactly("full 2026-06-11T12:00", "full 2026-06-12T00:30");
    }

    @Test
    @Tag("SC-05")
    void a_clock_that_is_set_back_by_a_day_begins_its_times_though_quartz_waits() throws Exception {
        serve(DAILY, "2026-06-10T00:29:57Z");
        passes("2026-06-10T00:30:02Z");
        clock.at("2026-06-09T00:29:57Z");
        passes("2026-06-09T00:30:10Z");
        clock.at("2026-06-11T00:29:58Z");
        passes("2026-06-11T00:30:08Z");

        assertThat(begun()).containsExactly("full 2026-06-10T00:30", "full 2026-06-09T00:30", "full 2026-06-11T00:30");
        assertThat(warnings("the clock was set back by 86")).isEqualTo(1);
        assertThat(warnings("Quartz did not begin the full backup that was due at 2026-06-09T02:30+02:00"))
                .isEqualTo(1);
        assertThat(warnings("Quartz did not begin")).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_corrected_by_some_seconds_begins_no_time_twice() throws Exception {
        serve(DAILY, "2026-06-10T00:29:57Z");
        passes("2026-06-10T00:30:02Z");
        clock.at("2026-06-10T00:29:52Z");
        passes("2026-06-10T00:30:10Z");

        assertThat(begun()).containsExactly("full 2026-06-10T00:30");
        assertThat(warnings("the clock was set back")).isZero();
    }

    @Test
    @Tag("SC-02")
    void a_time_that_the_change_to_summer_time_leaves_out_comes_as_much_later_once() throws Exception {
        serve(DAILY, "2026-03-29T00:59:58Z");
        passes("2026-03-29T01:00:03Z");
        clock.at("2026-03-29T01:29:58Z");
        passes("2026-03-29T01:30:10Z");
        clock.at("2026-03-30T00:29:58Z");
        passes("2026-03-30T00:30:03Z");

        assertThat(begun()).containsExactly("full 2026-03-29T01:30", "full 2026-03-30T00:30");
        assertThat(warnings("Quartz did not begin the full backup that was due at 2026-03-29T03:30+02:00"))
                .isEqualTo(1);
        assertThat(warnings("Quartz did not begin")).isEqualTo(1);
    }

    @Test
    @Tag("SC-02")
    void a_time_that_the_change_back_brings_twice_comes_the_first_time_only() throws Exception {
        serve(DAILY, "2026-10-25T00:29:58Z");
        passes("2026-10-25T00:30:10Z");
        clock.at("2026-10-25T01:29:58Z");
        passes("2026-10-25T01:30:10Z");
        clock.at("2026-10-26T01:29:58Z");
        passes("2026-10-26T01:30:03Z");

        assertThat(begun()).containsExactly("full 2026-10-25T00:30", "full 2026-10-26T01:30");
    }

    private void serve(String full, String time) throws Exception {
        clock = new FakedClock(folder);
        clock.at(Instant.parse(time)
                .minus(BEFORE)
                .toString()); // however long it takes to start, nothing is due meanwhile
        List<String> command = new ArrayList<>(ClassArchive.java());
        command.addAll(List.of(ScheduleProcess.class.getName(), "Europe/Berlin", full, DAILY));
        ProcessBuilder java =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        java.environment().putAll(clock.environment());
        process = java.start();
        Awaitility.await().atMost(LIMIT).until(() -> !lines("NOW ").isEmpty());
        clock.at(time);
    }

    /** The process has seen this time pass. */
    private void passes(String time) {
        Instant expected = Instant.parse(time);
        Awaitility.await().atMost(LIMIT).until(() -> {
            List<String> seen = lines("NOW ");
            Instant last = Instant.parse(seen.get(seen.size() - 1));
            return last.isAfter(expected) && last.isBefore(expected.plusSeconds(60));
        });
    }

    /** Kind and minute of each run. */
    private List<String> begun() throws Exception {
        return lines("BEGAN ").stream()
                .map(line -> line.replaceAll(":\\d\\d(\\.\\d+)?Z", ""))
                .toList();
    }

    private long warnings(String text) throws Exception {
        return Files.readString(log())
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains(text))
                .count();
    }

    private List<String> lines(String mark) throws Exception {
        return Files.readString(log())
                .lines()
                .filter(line -> line.startsWith(mark) && line.endsWith("Z"))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    private Path log() {
        return folder.resolve("log");
    }
}
