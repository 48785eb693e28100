package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathIndexTest {
    @Test
    void paths_are_numbered_as_they_come_and_found_again() {
        PathIndex index = new PathIndex();
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.add("path/" + i)).isEqualTo(i);
        }

        assertThat(index.add("path/77")).isEqualTo(77);
        assertThat(index.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.find("path/" + i)).isEqualTo(i);
            assertThat(index.find("other/" + i)).isEqualTo(PathIndex.ABSENT);
        }
    }
}
