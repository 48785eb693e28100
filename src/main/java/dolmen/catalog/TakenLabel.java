package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Artifact;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import java.io.IOException;
import java.io.InputStream;

/** Keeps a backup from replacing another one of the same label, as two stacks make them whose backups begin in the same second. */
final class TakenLabel {
    private static final int LARGEST = 16 << 20;

    private TakenLabel() {}

    /** Throws {@link Refused} when the manifest of this label there is that of another backup. One that cannot be read may be replaced. */
    static void require(BackupStore store, Manifest own) {
        if (!store.has(own.label(), Artifact.MANIFEST)) {
            return;
        }
        try (InputStream content = store.open(own.label(), Artifact.MANIFEST)) {
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
            throw new Unavailable(
                    "reading the manifest of " + own.label() + " in " + store.place() + " broke: "
                            + broken.getMessage(),
                    "Repeat it.",
                    broken);
        }
    }
}
