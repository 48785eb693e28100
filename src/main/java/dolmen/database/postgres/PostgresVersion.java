package dolmen.database.postgres;

import dolmen.model.StepFailure;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of PostgreSQL's programs: {@code 15.18} is major 15, minor 18. */
record PostgresVersion(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*", Pattern.DOTALL);

    /** The first minor version of each major one whose psql knows the restrict command (CVE-2025-8714). */
    private static final Map<Integer, Integer> RESTRICT = Map.of(13, 22, 14, 19, 15, 14, 16, 10, 17, 6);

    /** Reads the begin of the text: {@code 15.18 (Debian 15.18-0+deb12u1)}, {@code 18beta1}. */
    static PostgresVersion parse(String text) {
        Matcher version = FORM.matcher(text.strip());
        if (!version.matches()) {
            throw new StepFailure.Failed(
                    "'" + text.strip() + "' is not a version of PostgreSQL", "See what answers in PostgreSQL's place.");
        }
        String minor = version.group(2);
        return new PostgresVersion(Integer.parseInt(version.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    }

    /** True when this psql reads the restrict command of a dump. */
    boolean knowsRestrict() {
        return major > 17 || minor >= RESTRICT.getOrDefault(major, Integer.MAX_VALUE);
    }
}
