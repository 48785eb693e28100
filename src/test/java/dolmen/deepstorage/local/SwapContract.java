package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SwapState;
import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every swap must do; each implementation's test extends this and supplies one. */
abstract class SwapContract extends ExchangeContract {
    @Test
    @Tag("T3")
    void T3_merging_writes_nothing_behind_a_link() throws Exception {
        Tool.ok(shared, "mkdir ../out; rm -r segments; ln -s ../out segments");

        assertThatThrownBy(swap(0)::mergeIn).hasMessageContaining("segments is a link or a file");

        assertThat(Tool.ok(shared, "ls -A ../out; cat .dolmen-new-r1/segments/which"))
                .isEqualTo("new\n");
    }

    @Test
    @Tag("T16")
    void T16_what_is_in_the_way_of_files_is_told_before_they_come_and_refuses_all_of_them() throws Exception {
        Tool.ok(shared, "mkdir -p segments/free segments/taken/f segments/out; ln -s out segments/link");
        SegmentFiles coming = visitor -> Stream.of(
                        "segments/free/f", "segments/taken/f", "segments/link/f", "segments/which/f", "none/f", "top")
                .forEach(name -> visitor.accept(name, 1));

        assertThat(swap(0).inTheWay(coming))
                .satisfiesExactly(
                        folder -> assertThat(folder)
                                .startsWith("segments/taken/f is a folder")
                                .endsWith("where a file belongs"),
                        link -> assertThat(link).isEqualTo("segments/link is a link or a file where a folder belongs"),
                        file -> assertThat(file)
                                .isEqualTo("segments/which is a link or a file where a folder belongs"));

        Tool.ok(
                shared,
                "cd .dolmen-new-r1; rm -r *; mkdir -p segments/free segments/taken; echo 1 > segments/free/f;"
                        + " echo 1 > segments/taken/f");
        assertThatThrownBy(swap(0)::mergeIn).hasMessageContaining("where a file belongs");
        assertThat(Tool.ok(shared, "ls segments/free")).isEmpty();
    }

    @Test
    @Tag("T16")
    @Needs(Need.MOUNT)
    void T16_a_mount_inside_the_folder_is_told_before_anything_is_moved() throws Exception {
        assertThat(swap(0).immovable()).isEmpty();
        Tool.ok(shared, "mkdir 'a mount'; mount -t tmpfs none 'a mount'");
        try {
            assertThat(swap(0).immovable()).containsExactly("a mount is a mount of its own");
        } finally {
            Tool.ok(shared, "umount 'a mount'");
        }
    }

    @Test
    void nothing_is_in_the_way_of_many_files_with_odd_names() {
        SegmentFiles coming = visitor -> {
            for (int i = 0; i < 5_000; i++) {
                visitor.accept("segments/with $odd `names` 'and\" quotes/" + i + "/ \\index*.zip", 1);
            }
        };

        assertThat(swap(0).inTheWay(coming)).isEmpty();
    }

    @Test
    void of_much_that_is_in_the_way_the_first_is_told() throws Exception {
        Tool.ok(shared, "cd segments; for i in $(seq 2000); do echo $i; done | xargs mkdir");
        SegmentFiles coming = visitor -> {
            for (int i = 1; i <= 2000; i++) {
                visitor.accept("segments/" + i, 1);
            }
        };

        assertThat(swap(0).inTheWay(coming))
                .hasSize(Swap.NAMED)
                .first()
                .asString()
                .startsWith("segments/1 is a folder");
    }

    @Test
    @Tag("T3")
    void T3_what_differs_is_kept_and_put_back_from_wherever_a_merging_was_killed() throws Exception {
        for (int killedAt = 0; killedAt <= 4; killedAt++) {
            merged(killedAt);
            assertThat(Tool.ok(shared, "cat segments/which .dolmen-kept-r1/segments/which"))
                    .isEqualTo("new\nold\n");
            assertThat(Tool.ok(shared, "ls -A .dolmen-kept-r1/segments")).isEqualTo("which\n");

            killed(swap(killedAt)::putKeptBack);
            swap(0).putKeptBack();
            swap(0).putKeptBack();

            assertThat(Tool.ok(shared, "cat segments/which; ls -d .dolmen-* 2>&1 || true"))
                    .startsWith("old\n")
                    .doesNotContain(".dolmen-kept");
        }
    }

    @Test
    @Tag("T3")
    void T3_what_was_kept_is_deleted_with_the_safety_copy() throws Exception {
        merged(0);

        swap(0).dropOld();

        assertThat(Tool.ok(shared, "cat segments/which; ls -A"))
                .startsWith("new\n")
                .doesNotContain(".dolmen");
    }

    @Test
    @Tag("T3")
    void T3_a_kept_file_whose_folder_was_removed_gets_it_back() throws Exception {
        merged(0);
        Tool.ok(shared, "rm -r segments");

        swap(0).putKeptBack();

        assertThat(Tool.ok(shared, "cat segments/which")).isEqualTo("old\n");
    }

    private void merged(int killedAt) throws Exception {
        Tool.ok(
                shared,
                "mkdir -p .dolmen-new-r1/segments; echo new > .dolmen-new-r1/segments/which;"
                        + " echo same > segments/same; echo same > .dolmen-new-r1/segments/same");
        killed(swap(killedAt)::mergeIn);
        swap(0).mergeIn();
    }

    @Test
    void merging_puts_files_in_takes_none_away_and_is_completed_when_it_was_killed() throws Exception {
        Tool.ok(
                shared,
                "mkdir -p .dolmen-new-r1/segments/a/b; echo 1 > .dolmen-new-r1/segments/a/b/c; rm .dolmen-new-r1/' -x'");
        for (int move = 1; move <= 3; move++) {
            killed(swap(move)::mergeIn);
        }
        swap(0).mergeIn();
        swap(0).mergeIn();

        assertThat(swap(0).state()).isEqualTo(SwapState.ABSENT);
        assertThat(Tool.ok(shared, "cat segments/which segments/a/b/c; stat -c %a .; ls -A")
                        .lines())
                .containsExactly("new", "1", "750", ".dolmen-kept-r1", ".hidden", "dangling", "segments", "with space");
        if (Tool.root()) {
            assertThat(Tool.ok(shared, "stat -c %u:%g .")).contains("1000:1001");
        }
    }

    @Test
    @Tag("T3")
    void T3_merging_moves_nothing_where_a_folder_or_a_link_to_one_stands_in_the_place_of_a_file() throws Exception {
        for (String inTheWay : List.of("mkdir segments/which", "ln -s .. segments/which")) {
            Tool.ok(shared, "rm -r segments; mkdir segments; " + inTheWay);

            assertThatThrownBy(swap(0)::mergeIn)
                    .as(inTheWay)
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("segments/which is a folder, or a link to one, where a file belongs");

            assertThat(Tool.ok(shared, "cat .dolmen-new-r1/segments/which; ls -A .dolmen-new-r1; ls -d .dolmen-*")
                            .lines())
                    .containsExactly("new", " -x", "segments", ".dolmen-new-r1");
        }
    }
}
