package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.deepstorage.SwapState;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every swap must do with the content as a whole. */
abstract class ExchangeContract {
    private static final String LISTING =
            "find . -not -path './.dolmen-*' -printf '%y %U:%G %m %P %l\\n' | LC_ALL=C sort; cat segments/which";
    private static final int RENAMES = 9;

    @TempDir
    Path root;

    Path shared;
    private String before;

    /** A swap that is killed at its n-th rename; 0 lets it live. */
    abstract Swap swap(int killedAt);

    @BeforeEach
    void makeContent() throws Exception {
        shared = Files.createDirectories(root.resolve("opt/shared"));
        Tool.ok(shared, """
                mkdir segments; echo old > segments/which; echo 1 > 'with space'; echo 1 > .hidden
                ln -s nowhere dangling; chmod 750 .
                mkdir .dolmen-new-r1; cd .dolmen-new-r1; mkdir segments; echo new > segments/which; echo 1 > ' -x'
                chmod 711 .
                """);
        if (Tool.root()) {
            Tool.ok(shared, "chown 1000:1001 .; chown 1002:1003 .dolmen-new-r1");
        }
        before = listing();
    }

    private String listing() throws Exception {
        return Tool.ok(shared, LISTING);
    }

    private void assertOld() throws Exception {
        assertThat(listing()).isEqualTo(before);
        assertThat(swap(0).state()).isEqualTo(SwapState.STAGED);
    }

    private void assertNew() throws Exception {
        assertThat(swap(0).state()).isEqualTo(SwapState.SWAPPED);
        assertThat(listing()).contains("711 ", "d ", " -x", "new").doesNotContain("hidden", "dangling", "old");
        assertThat(Tool.ok(shared, "cat .dolmen-old-r1/segments/which; ls -A .dolmen-old-r1; ls -d .dolmen-*")
                        .lines())
                .containsExactly("old", ".hidden", "dangling", "segments", "with space", ".dolmen-old-r1");
        if (Tool.root()) {
            assertThat(listing()).contains("1002:1003 711");
        }
    }

    @Test
    @Tag("SG-14")
    void the_new_content_comes_in_and_the_old_one_comes_back() throws Exception {
        assertThat(swap(0).state()).isEqualTo(SwapState.STAGED);
        swap(0).swapIn();
        assertNew();
        swap(0).swapIn();
        assertNew();
        swap(0).swapBack();
        assertOld();
        swap(0).swapBack();
        assertOld();
        swap(0).swapIn();
        assertNew();
    }

    @Test
    void a_swap_killed_at_any_rename_is_completed() throws Exception {
        for (int rename = 1; rename <= RENAMES; rename++) {
            killed(swap(rename)::swapIn);
            swap(0).swapIn();
            assertNew();
            swap(0).swapBack();
            assertOld();
        }
    }

    @Test
    void a_swap_killed_at_any_rename_is_undone() throws Exception {
        Set<SwapState> reached = new TreeSet<>();
        for (int rename = 1; rename <= RENAMES; rename++) {
            killed(swap(rename)::swapIn);
            reached.add(swap(0).state());
            swap(0).swapBack();
            assertOld();
        }
        assertThat(reached)
                .containsExactly(SwapState.STAGED, SwapState.MOVING_OUT, SwapState.MOVING_IN, SwapState.SWAPPED);
    }

    @Test
    void an_undoing_killed_at_any_rename_is_completed_or_turned_round() throws Exception {
        for (int rename = 1; rename <= RENAMES; rename++) {
            swap(0).swapIn();
            killed(swap(rename)::swapBack);
            swap(0).swapBack();
            assertOld();
            swap(0).swapIn();
            killed(swap(rename)::swapBack);
            swap(0).swapIn();
            assertNew();
            swap(0).swapBack();
            assertOld();
        }
    }

    static void killed(Runnable action) {
        try {
            action.run();
        } catch (StepFailure expected) {
            // killed at its last renames it has nothing left to do
        }
    }

    @Test
    void nothing_is_swapped_in_when_nothing_is_staged() throws Exception {
        swap(0).dropNew();

        assertThat(swap(0).state()).isEqualTo(SwapState.ABSENT);
        assertThatThrownBy(() -> swap(0).swapIn()).isInstanceOf(StepFailure.Failed.class);
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void nothing_is_dropped_in_the_middle_of_a_swap() {
        killed(swap(3)::swapIn);

        assertThatThrownBy(() -> swap(0).dropOld()).isInstanceOf(StepFailure.Failed.class);
        assertThatThrownBy(() -> swap(0).dropNew()).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void dropping_is_repeatable_and_leaves_the_content_alone() throws Exception {
        swap(0).swapIn();
        killed(swap(1)::dropOld);
        swap(0).dropOld();
        swap(0).dropOld();

        assertThat(swap(0).state()).isEqualTo(SwapState.ABSENT);
        assertThat(Tool.ok(shared, "cat segments/which; ls -A").lines()).containsExactly("new", " -x", "segments");
    }

    @Test
    void what_appears_in_the_middle_is_never_overwritten() throws Exception {
        killed(swap(7)::swapIn);
        Files.createDirectories(shared.resolve("segments"));
        Files.writeString(shared.resolve(" -x"), "stray");

        assertThatThrownBy(() -> swap(0).swapIn())
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("in the way");
    }
}
