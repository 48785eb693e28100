package dolmen.metadata;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dolmen.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Suspends a supervisor's spec as Druid does: its member {@code suspended} becomes true. All other bytes stay as they
 * are; Druid writes specs with the same member twice, which no JSON library would keep.
 */
public final class SuspendedSpec {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final byte[] spec;
    private final List<Integer> begins = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private int members;
    private int close;

    private SuspendedSpec(byte[] spec) throws IOException {
        this.spec = spec;
        try (JsonParser parser = Json.MAPPER.createParser(spec)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members++;
                boolean wanted = parser.currentName().equals("suspended");
                JsonToken value = parser.nextToken();
                if (wanted && value.isBoolean()) {
                    int begin = (int) parser.currentTokenLocation().getByteOffset();
                    begins.add(begin);
                    ends.add(begin + parser.getText().length());
                }
                parser.skipChildren();
            }
            close = (int) parser.currentTokenLocation().getByteOffset();
        }
    }

    /** The suspended spec. Throws {@link IOException} when the spec is no JSON object. */
    public static byte[] of(byte[] spec) throws IOException {
        return new SuspendedSpec(spec).write();
    }

    private byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(spec.length + 20);
        int from = 0;
        for (int i = 0; i < begins.size(); i++) {
            out.write(spec, from, begins.get(i) - from);
            out.writeBytes(TRUE);
            from = ends.get(i);
        }
        out.write(spec, from, close - from);
        if (begins.isEmpty()) {
            out.writeBytes((members == 0 ? "" : ",").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes("\"suspended\":true".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(spec, close, spec.length - close);
        return out.toByteArray();
    }
}
