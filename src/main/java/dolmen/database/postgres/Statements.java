package dolmen.database.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the statements that pg_dump writes say of roles and tables. */
public final class Statements {
    /** Possessive, so that no name is too long for the stack: a choice for each letter would nest as deep as the name is long. */
    private static final String IDENTIFIER = "(\"(?:[^\"]++|\"\")++\"|[^\\s\"().,;']+)";

    private static final Pattern OWNER = Pattern.compile("ALTER .* OWNER TO " + IDENTIFIER + ";", Pattern.DOTALL);
    private static final Pattern GRANT = Pattern.compile(
            "(?:GRANT|ALTER DEFAULT PRIVILEGES) .* TO " + IDENTIFIER + "(?: WITH GRANT OPTION)?;", Pattern.DOTALL);
    private static final Pattern REVOKE =
            Pattern.compile("(?:REVOKE|ALTER DEFAULT PRIVILEGES) .* FROM " + IDENTIFIER + ";", Pattern.DOTALL);
    private static final Pattern DEFAULTS =
            Pattern.compile("ALTER DEFAULT PRIVILEGES FOR ROLE " + IDENTIFIER + " .*", Pattern.DOTALL);
    private static final Pattern EXTENSION = Pattern.compile("CREATE EXTENSION .*", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile(
            "CREATE (?:UNLOGGED )?TABLE (?:" + IDENTIFIER + "\\.)?" + IDENTIFIER + " .*", Pattern.DOTALL);

    private Statements() {}

    /** The role that becomes an owner. */
    static Optional<String> owner(String statement) {
        return role(OWNER, statement);
    }

    /** The roles that are given rights, or from which they are taken; PUBLIC is none. */
    static List<String> grantees(String statement) {
        List<String> roles = new ArrayList<>();
        role(GRANT, statement).ifPresent(roles::add);
        role(REVOKE, statement).ifPresent(roles::add);
        role(DEFAULTS, statement).ifPresent(roles::add);
        return roles;
    }

    /** The table that is created. */
    static Optional<String> table(String statement) {
        Matcher table = TABLE.matcher(statement);
        return table.matches() ? Optional.of(CopyTable.nameOf(table.group(1), table.group(2))) : Optional.empty();
    }

    /** Whether the table that is created holds no rows of its own. */
    static boolean isPartitioned(String statement) {
        return statement.contains("\nPARTITION BY ");
    }

    /** Whether it brings tables that no other statement names. */
    static boolean isExtension(String statement) {
        return EXTENSION.matcher(statement).matches();
    }

    private static Optional<String> role(Pattern pattern, String statement) {
        Matcher role = pattern.matcher(statement);
        if (!role.matches() || role.group(1).equals("PUBLIC")) {
            return Optional.empty();
        }
        return Optional.of(CopyTable.unquote(role.group(1)));
    }
}
