package dolmen.examination;

import dolmen.archive.MemberIndex;
import dolmen.archive.MemberNames;
import dolmen.archive.TarMember;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Member;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Compares the index of a backup with its own archive while the archive is read: each file that the index lists must come in
 * that order, at that offset and with that size. The archive may hold more files. Restores of single datasources find files by
 * the index.
 */
final class ListedFiles implements AutoCloseable {
    private final BackupContents backup;
    private final Optional<MemberIndex.Reader> index;
    private Optional<Member> next = Optional.empty();

    private ListedFiles(BackupContents backup, Optional<MemberIndex.Reader> index) {
        this.backup = backup;
        this.index = index;
    }

    /**
     * Nothing is listed where there is no index, as in a script's backup. Throws {@code Damaged}, as every method, for an index
     * that cannot be read.
     */
    static ListedFiles of(BackupContents backup) {
        ListedFiles listed = new ListedFiles(
                backup,
                Optional.of(backup.file(Artifact.SEGMENT_INDEX))
                        .filter(Files::exists)
                        .map(MemberIndex::open));
        try {
            listed.advance();
            return listed;
        } catch (RuntimeException unreadable) {
            try (listed) {
                throw unreadable;
            }
        }
    }

    /** Takes the next file of the archive. */
    void pass(TarMember member) {
        if (next.filter(listed -> isListed(listed, member)).isPresent()) {
            advance();
        }
    }

    private static boolean isListed(Member listed, TarMember member) {
        return listed.offset() == member.offset()
                && listed.size() == member.size()
                && MemberNames.plain(member.name())
                        .filter(listed.path()::equals)
                        .isPresent();
    }

    private void advance() {
        next = index.flatMap(MemberIndex.Reader::next);
    }

    /** To be called at the archive's end. Throws {@code Damaged} for a file that is listed and not there. */
    void end() {
        next.ifPresent(listed -> {
            throw new Damaged(
                    Artifact.SEGMENT_INDEX + " of " + backup.name() + " lists " + listed.path() + " with "
                            + listed.size() + " bytes at byte " + listed.offset() + ", where "
                            + Artifact.SEGMENT_ARCHIVE + " does not hold it",
                    "Use another backup; `dolmen list` shows them.");
        });
    }

    @Override
    public void close() {
        index.ifPresent(MemberIndex.Reader::close);
    }
}
