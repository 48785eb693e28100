package dolmen.metabase.h2;

import dolmen.model.RunMark;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The shell scripts that exchange the H2 files of a stopped Metabase by renames. Old files go to
 * {@code .dolmen-old-RUN}; the mark {@code .moved} in it says that all of them are there, so that each script knows after
 * a crash which files in the folder are old and which new.
 */
record H2Swap(H2Location location, RunMark run) {
    /** What the script of {@link #look} writes before the KiB that are free. */
    static final String FREE = "free:";

    private static final String MARK = "\"$old/.moved\"";

    /** The tar member of the folder that new files are laid into, readable for root alone until they are swapped in. */
    TarArchiveEntry stagingFolder() {
        TarArchiveEntry entry = new TarArchiveEntry(".dolmen-new-" + run + "/");
        entry.setMode(0700);
        return entry;
    }

    /** The name of a staged file, below the folder of the database. */
    String staged(String suffix) {
        return ".dolmen-new-" + run + "/" + location.base() + suffix;
    }

    /** Exchanges the present files for the staged ones. */
    String in() {
        return begin()
                + "[ -d \"$new\" ] || [ -e " + MARK + " ] || { echo 'nothing is staged' >&2; exit 1; }\n"
                + "mkdir -p \"$old\"\n"
                + "if [ ! -e " + MARK + " ]; then\n"
                + move(".", "\"$old/\"")
                + "sync\n: > " + MARK + "\nsync\n"
                + "fi\n"
                + "like=\"$old/$base.mv.db\"\n"
                + "[ -e \"$like\" ] || like=.\n"
                + "set -- $(ls -nd \"$like\")\n"
                + "for file in \"$new/$base\".*.db; do\n"
                + "  [ -f \"$file\" ] || continue\n"
                + "  chown \"$3:$4\" \"$file\"\n"
                + "  mv -f \"$file\" ./\n"
                + "done\n"
                + "rm -rf \"$new\"\n"
                + "sync\n";
    }

    /** Undoes {@link #in}, whether it came to its end or not; the new files go back to where they were staged. */
    String back() {
        return begin()
                + "[ -d \"$old\" ] || exit 0\n"
                + "mkdir -p \"$new\"\n"
                + "if [ -e " + MARK + " ]; then\n"
                + move(".", "\"$new/\"")
                + "sync\nrm -f " + MARK + "\nsync\n"
                + "fi\n"
                + move("\"$old\"", "./")
                + "sync\nrmdir \"$old\"\n";
    }

    /** Removes old and staged files. */
    String drop() {
        return begin() + "rm -rf \"$old\" \"$new\"\nsync\n";
    }

    /** A script that fails where the folder, or the one that it would be made in, cannot be written, and tells the KiB that are free there. */
    static String look(H2Location location) {
        return "d=" + quoted(location.folder()) + "\n"
                + "while [ ! -d \"$d\" ]; do d=$(dirname \"$d\"); done\n"
                + "[ -w \"$d\" ] || { echo 'it may not be written' >&2; exit 1; }\n"
                + "df -Pk \"$d\" | tail -n 1 | { read -r a b c free e || true; echo \"" + FREE + "$free\" >&2; }\n";
    }

    private String begin() {
        return "set -eu\ncd " + quoted(location.folder()) + "\nbase=" + quoted(location.base()) + "\nold=.dolmen-old-"
                + run + "\nnew=.dolmen-new-" + run + "\n";
    }

    private static String move(String from, String to) {
        return "for file in " + from + "/\"$base\".*.db; do\n  [ -f \"$file\" ] || continue\n  mv -f \"$file\" " + to
                + "\ndone\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
