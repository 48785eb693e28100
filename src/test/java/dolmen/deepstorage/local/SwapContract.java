package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.deepstorage.SwapState;
import dolmen.model.StepFailure;
import java.util.List;
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
