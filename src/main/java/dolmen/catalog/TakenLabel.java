package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;

/** Two stacks whose backups begin in the same second give them the same label; in one bucket the later would replace the earlier. */
final class TakenLabel {
    private static final int LARGEST = 16 << 20;

    private TakenLabel() {}

    /** Throws {@link Refused} when the manifest at this key is that of another backup. One that cannot be read may be replaced. */
    static void require(ObjectStore store, String key, Manifest own) {
        if (store.find(key).isEmpty()) {
            return;
        }
        try (InputStream content = store.read(key)) {
            JsonNode begin = Json.MAPPER.readTree(content.readNBytes(LARGEST)).path("begin");
            if (begin.isTextual() && !begin.asText().equals(own.begin().toString())) {
                throw new Refused(
                        "there is another backup " + own.label() + " in the bucket already, which began at "
                                + begin.asText(),
                        "Give each stack a prefix of its own (dolmen.storage.prefix); nothing there was changed.");
            }
        } catch (JsonProcessingException unreadable) {
            return;
        } catch (IOException broken) {
            throw new Unavailable("reading " + key + " broke: " + broken.getMessage(), "Repeat it.", broken);
        }
    }
}
