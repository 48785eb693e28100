package dolmen.deepstorage.local;

/** Words of shell scripts. */
final class Shell {
    private Shell() {}

    /** The text as one word that no shell changes. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
