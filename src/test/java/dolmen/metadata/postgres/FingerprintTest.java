package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.Dumps;
import dolmen.model.SegmentPrint;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fingerprint of a segment, made here once more from what the specification says of it. */
class FingerprintTest {
    private static final int CREATED = 2;
    private static final int USED = 7;
    private static final int PAYLOAD = 8;

    @Test
    void it_is_the_begin_of_a_sum_over_id_created_date_and_payload_each_behind_its_length() throws Exception {
        List<SegmentPrint> expected = new ArrayList<>();
        try (var lines = Files.lines(Dumps.SCRIPT)) {
            for (String line : lines.dropWhile(text -> !text.startsWith("COPY public.druid_segments "))
                    .skip(1)
                    .takeWhile(text -> !text.equals("\\."))
                    .toList()) {
                String[] row = line.split("\t");
                if (row[USED].equals("t")) {
                    expected.add(new SegmentPrint(row[0], row[1], row[CREATED], fingerprint(row)));
                }
            }
        }
        List<SegmentPrint> prints = new ArrayList<>();
        new PostgresDumps().prints(Dumps.SCRIPT).forEach(prints::add);

        assertThat(prints).hasSize(12).isEqualTo(expected);
    }

    private static String fingerprint(String[] row) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        add(out, row[0].getBytes(StandardCharsets.UTF_8));
        add(out, row[CREATED].getBytes(StandardCharsets.UTF_8));
        add(out, HexFormat.of().parseHex(row[PAYLOAD].substring(3)));
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        return HexFormat.of().formatHex(sum, 0, 16);
    }

    private static void add(DataOutputStream out, byte[] value) throws IOException {
        out.writeLong(value.length);
        out.write(value);
    }
}
