package dolmen.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.model.Layout;
import java.util.Optional;

/** A manifest of format 1 in the members of today's format; its {@code format} stays 1. Format 1 is read for ever. */
final class FormatOne {
    private FormatOne() {}

    /** What format 1 called otherwise gets its name, and what it did not have is empty. */
    static void upgrade(ObjectNode manifest) {
        if (manifest.has("road")) {
            manifest.set("transport", manifest.remove("road"));
        }
        absent(manifest, "layout").ifPresent(root -> root.put("layout", Layout.TAR.word()));
        absent(manifest, "reasons").ifPresent(root -> root.putArray("reasons"));
        JsonNode consistency = manifest.path("consistency");
        if (consistency instanceof ObjectNode proof) {
            absent(proof, "fileless").ifPresent(root -> root.put("fileless", 0));
            absent(proof, "accepted").ifPresent(root -> root.putArray("accepted"));
        }
    }

    private static Optional<ObjectNode> absent(ObjectNode node, String member) {
        return node.has(member) ? Optional.empty() : Optional.of(node);
    }
}
