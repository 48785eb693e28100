package dolmen.metabase.h2;

import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.engine.Database;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.RowDataType;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.LongDataType;
import org.h2.result.RowFactory;
import org.h2.result.SearchRow;
import org.h2.value.CompareMode;
import org.h2.value.TypeInfo;
import org.h2.value.Typed;
import org.h2.value.VersionedValue;

/**
 * The definitions that H2 executes when it opens a file: they are read from the store before that, since triggers and
 * aliases in them are programs, which would run in this process. Metabase has none.
 */
final class H2Definitions {
    /** Where H2 keeps one statement for each object, in its fourth column. */
    private static final String MAP = "table.0";

    private static final int STATEMENT = 3;

    private static final Pattern HARMLESS = Pattern.compile(
            "SET (?!DATABASE_EVENT_LISTENER|JAVA_OBJECT_SERIALIZER)[A-Z_]+ .*"
                    + "|CREATE (USER|ROLE|SCHEMA|DOMAIN|SEQUENCE|CONSTANT|(FORCE )?VIEW|SYNONYM) .*"
                    + "|CREATE (CACHED|MEMORY) TABLE (?!.*\\bENGINE \").*"
                    + "|CREATE ([A-Z]+ ){0,4}(INDEX|KEY) .*"
                    + "|ALTER TABLE .*|GRANT .*|COMMENT ON .*",
            Pattern.DOTALL);

    private static final Pattern KIND = Pattern.compile("^[A-Z_ ]{0,60}");

    private H2Definitions() {}

    /** Throws {@code Refused} for a file whose definitions hold a program; {@code Damaged} when it cannot be read. */
    static void requireHarmless(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            MVMap<Long, VersionedValue<SearchRow>> definitions = store.openMap(
                    MAP,
                    new MVMap.Builder<Long, VersionedValue<SearchRow>>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(new VersionedValueType<SearchRow, Database>(rows())));
            definitions.values().forEach(H2Definitions::check);
        } catch (MVStoreException broken) {
            throw H2File.damaged(broken.getMessage(), broken);
        }
    }

    /** The first words alone: the rest may hold a program, or the password of another database. */
    private static String kind(String statement) {
        Matcher words = KIND.matcher(statement);
        return words.find() && words.end() > 0 ? words.group().strip() : "something without a name";
    }

    private static RowDataType rows() {
        Typed[] columns = {TypeInfo.TYPE_INTEGER, TypeInfo.TYPE_INTEGER, TypeInfo.TYPE_INTEGER, TypeInfo.TYPE_VARCHAR};
        return RowFactory.getDefaultRowFactory()
                .createRowFactory(null, CompareMode.getInstance(null, 0), null, columns, null, false)
                .getRowDataType();
    }

    private static void check(VersionedValue<SearchRow> definition) {
        Stream.of(definition.getCurrentValue(), definition.getCommittedValue())
                .filter(row -> row != null)
                .map(row -> row.getValue(STATEMENT).getString())
                .filter(statement -> !HARMLESS.matcher(statement).matches())
                .findFirst()
                .ifPresent(statement -> {
                    throw new StepFailure.Refused(
                            "Metabase's H2 file defines what Metabase does not have: " + kind(statement),
                            "It may hold a program: take another backup, or look at the file with H2's own tools.");
                });
    }
}
