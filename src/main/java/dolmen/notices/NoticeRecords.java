package dolmen.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.NoticeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the {@link NoticeState} in {@code state/notify.json}, so that after a restart no notice is repeated or forgotten. */
public final class NoticeRecords {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeRecords.class);
    private static final int LARGEST = 1 << 20;

    private final Path file;

    public NoticeRecords(Path state) {
        this.file = state.resolve("notify.json");
    }

    /** What is remembered; nothing when the file is not there or cannot be read. */
    public NoticeState read() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return NoticeState.none();
        }
        try {
            NoticeState state = Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), NoticeState.class);
            return state == null ? NoticeState.none() : state;
        } catch (IOException unreadable) {
            LOG.warn("what was told before is forgotten, since {} cannot be read", file);
            return NoticeState.none();
        }
    }

    /** Replaces what is remembered, on disk when this returns. Returns what was remembered before. */
    public synchronized NoticeState replace(UnaryOperator<NoticeState> change) {
        NoticeState before = read();
        NoticeState after = change.apply(before);
        if (!after.equals(before)) {
            SafeFiles.folder(file.toAbsolutePath().getParent());
            try {
                SafeFiles.write(
                        file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(after));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("cannot write what was told as JSON", impossible);
            }
        }
        return before;
    }
}
