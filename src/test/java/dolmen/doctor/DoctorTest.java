package dolmen.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.discovery.DruidProperties;
import dolmen.discovery.Role;
import dolmen.druid.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest extends ExaminedStack {
    @Test
    void a_stack_where_all_is_well_has_no_error_and_no_warning() {
        assertThat(examine())
                .extracting(Finding::severity)
                .doesNotContain(Severity.ERROR, Severity.WARNING)
                .contains(Severity.OK);
        assertThat(home.resolve("state")).isEmptyDirectory();
        assertThat(home.resolve("catalog")).doesNotExist();
    }

    @Test
    void a_used_segment_without_its_files_is_an_error_that_names_it() throws Exception {
        String lost = stack.postgres.query(stack.database, "SELECT min(id) FROM druid_segments WHERE used");
        Files.delete(file(lost));

        assertThat(of("segments", Severity.ERROR)).anyMatch(what -> what.contains(lost));
        assertThat(of("segments", Severity.ERROR)).anyMatch(what -> what.contains("no file is there"));
    }

    @Test
    void files_that_no_row_refers_to_are_counted_and_those_of_unused_rows_are_not() throws Exception {
        stack.sql("UPDATE druid_segments SET used = false WHERE id = (SELECT min(id) FROM druid_segments WHERE used)");
        assertThat(of("orphans", Severity.WARNING)).isEmpty();

        Path folder = Files.createDirectories(stack.shared.resolve("segments/wiki/gone/0/index"));
        Files.write(folder.resolve("00000.smoosh"), new byte[70]);
        Files.write(folder.resolve("meta.smoosh"), new byte[7]);
        Files.createDirectories(stack.shared.resolve("indexing-logs"));
        Files.write(stack.shared.resolve("indexing-logs/task.log"), new byte[9]);
        assertThat(of("orphans", Severity.WARNING))
                .singleElement()
                .asString()
                .contains("2 orphan files with 77 bytes", "wiki/gone");
    }

    @Test
    void a_load_spec_that_is_not_local_is_an_error() {
        stack.sql("UPDATE druid_segments SET payload ="
                + " convert_to(replace(convert_from(payload, 'UTF8'), '\"local\"', '\"s3_zip\"'), 'UTF8')"
                + " WHERE id = (SELECT min(id) FROM druid_segments WHERE used)");
        assertThat(of("segments", Severity.ERROR)).anyMatch(what -> what.contains("1 of ") && what.contains("s3_zip"));
    }

    @Test
    void a_druid_that_does_not_answer_is_an_error_and_the_other_checks_go_on() {
        druid.close();
        assertThat(of("druid", Severity.ERROR)).isNotEmpty();
        assertThat(of("kill tasks", Severity.ERROR)).isNotEmpty();
        assertThat(of("segments", Severity.OK)).isNotEmpty();
        assertThat(examine())
                .filteredOn(finding -> finding.what().contains("takes no connections"))
                .hasSizeGreaterThan(2)
                .filteredOn(finding -> finding.hint().isPresent())
                .hasSize(1);
    }

    @Test
    void a_database_that_does_not_exist_is_an_error() {
        settings.put("dolmen.metadata.database", "nowhere");
        assertThat(of("postgresql", Severity.ERROR)).containsExactly("PostgreSQL has no database nowhere");
    }

    @Test
    void kill_tasks_and_the_coordinator_s_own_killing_are_warnings_with_their_periods() {
        druid.answers(
                "/druid/indexer/v1/tasks?state=running",
                Answer.json("[{\"id\":\"kill_1\",\"type\":\"kill\",\"dataSource\":\"wiki\"}]"));
        coordinator(Map.of(
                "druid_metadata_storage_type", "postgresql",
                "druid_coordinator_kill_on", "true",
                "druid_coordinator_kill_durationToRetain", "P7D"));

        assertThat(of("kill tasks", Severity.WARNING))
                .anyMatch(what -> what.contains("kill task kill_1 of wiki goes on"))
                .anyMatch(what -> what.contains("kills unused segments of wiki") && what.contains("P7D"));
    }

    @Test
    void metadata_in_derby_and_in_another_database_are_errors() {
        coordinator(Map.of());
        assertThat(of("metadata store", Severity.ERROR))
                .singleElement()
                .asString()
                .contains("derby");

        coordinator(Map.of(
                "druid_metadata_storage_type", "postgresql",
                "druid_metadata_storage_connector_connectURI", "jdbc:postgresql://db/other?ssl=true"));
        assertThat(of("metadata store", Severity.ERROR))
                .singleElement()
                .asString()
                .contains("in database other");
    }

    @Test
    void a_coordinator_that_is_no_overlord_is_asked_for_no_tasks() {
        druid.answers("/druid/indexer/v1/leader", Answer.html(404, ""));
        druid.answers("/druid/indexer/v1/tasks?state=running", Answer.html(404, ""));
        druid.answers("/druid/indexer/v1/supervisor?state=true", Answer.html(404, ""));
        assertThat(of("druid", Severity.WARNING)).singleElement().asString().contains("no overlord");
        assertThat(of("kill tasks", Severity.WARNING))
                .singleElement()
                .asString()
                .contains("not known");
    }

    @Test
    void triggers_that_nothing_takes_are_told() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("now.backup"), "");
        assertThat(of("schedule", Severity.WARNING))
                .containsExactly("1 triggers wait in the inbox and nothing takes them");
    }

    @Test
    void a_dropped_dead_letter_waits_as_any_trigger_and_a_hidden_file_is_none() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("20261124-020000-backup-1.json"), "{}");
        Files.writeString(inbox.resolve("20261125-020000-backup-1.json"), "{}");
        Files.writeString(inbox.resolve(".now.backup"), "");
        assertThat(of("schedule", Severity.WARNING))
                .containsExactly("2 triggers wait in the inbox and nothing takes them");
    }

    @Test
    void a_drop_rule_is_told() {
        druid.answers("/druid/coordinator/v1/rules", Answer.json("{\"wiki\":[{\"type\":\"dropForever\"}]}"));
        assertThat(of("rules", Severity.INFO)).containsExactly("rule of wiki: dropForever");
    }

    private void coordinator(Map<String, String> environment) {
        engine = Optional.of(new Source.Engine() {
            @Override
            public String describe() {
                return "a fake";
            }

            @Override
            public Instant time() {
                return Instant.now();
            }

            @Override
            public DruidProperties coordinator() {
                return DruidProperties.of(
                        Role.COORDINATOR, name -> Optional.ofNullable(environment.get(name)), path -> Optional.empty());
            }
        });
    }

    private Path file(String id) {
        Path[] found = new Path[1];
        stack.metadata.live().usedSegments().forEach(segment -> {
            if (segment.id().equals(id)) {
                found[0] = Path.of(segment.path(), "00000.smoosh");
            }
        });
        return found[0];
    }
}
