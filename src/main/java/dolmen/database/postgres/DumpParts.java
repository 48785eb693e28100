package dolmen.database.postgres;

import java.io.IOException;

/**
 * What takes the parts of a dump in their order; together they are the dump, byte for byte. Rows must be
 * taken, the rest may be passed over.
 */
public interface DumpParts {
    /** A blank line or a comment that stands alone. */
    default void comment(Piece piece) throws IOException {}

    /** A line that psql would run itself. */
    default void metaCommand(Piece piece) throws IOException {}

    /** A statement begins at this line; it comes whole when it has ended. */
    default void begins(long line) {}

    /** A statement, its semicolon and the rest of its line included. */
    default void statement(Piece piece) throws IOException {}

    /** The statement after which the rows of a table follow. */
    void copyBegins(CopyTable table, Piece piece) throws IOException;

    /** A row, or a slice of a very long one. */
    void row(Slice slice) throws IOException;

    /** The line behind the last row. */
    void copyEnds(Piece piece) throws IOException;

    /** Bytes of one row: up to the limit with the newline, up to the end without; valid during the call only. */
    record Slice(byte[] bytes, int start, int end, int limit, long line) {
        public boolean endsRow() {
            return limit > end;
        }
    }
}
