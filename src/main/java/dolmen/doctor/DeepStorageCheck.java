package dolmen.doctor;

import dolmen.deepstorage.Remark;
import java.util.List;

/** Whether deep storage is one that a backup may save, how it is read, and how much room is left on it. */
final class DeepStorageCheck implements Check {
    private final Source source;

    DeepStorageCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        return source.deepStorage().check().stream().map(DeepStorageCheck::seen).toList();
    }

    private static Seen seen(Remark remark) {
        return switch (remark.level()) {
            case OK -> Seen.ok(remark.text());
            case INFO -> Seen.info(remark.text(), remark.hint());
            case WARNING -> Seen.warning(remark.text(), remark.hint());
        };
    }
}
