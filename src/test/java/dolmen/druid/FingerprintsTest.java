package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    @Test
    void ids_that_were_added_are_held_each_at_its_own_place_and_no_others() {
        Fingerprints fingerprints = new Fingerprints();
        int many = 100_000;
        for (int id = 0; id < many; id++) {
            fingerprints.add("wiki_2024_" + id);
        }
        BitSet places = new BitSet();
        for (int id = 0; id < many; id++) {
            places.set(fingerprints.position("wiki_2024_" + id));
            assertThat(fingerprints.holds("wiki_2025_" + id)).isFalse();
        }
        assertThat(places.cardinality()).isEqualTo(many).isEqualTo(fingerprints.size());
    }

    @Test
    void an_empty_set_holds_nothing() {
        assertThat(new Fingerprints().holds("wiki")).isFalse();
    }
}
