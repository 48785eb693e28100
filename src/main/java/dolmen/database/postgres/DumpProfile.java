package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;

/** Whose database it is: the tables that it must hold, and what reads the rows of some of them while a dump is read through. */
public interface DumpProfile {
    /** The tables that are required and not there, by the names they would have. */
    SortedSet<String> missing(Collection<String> tables);

    /** Begins to read one dump; by default its rows are only counted. */
    default Reading begin() {
        return new Reading() {};
    }

    /** One dump that is read through. */
    interface Reading {
        /** What takes the rows of a table; empty where nobody needs them. */
        default Optional<Rows> rowsOf(CopyTable table) {
            return Optional.empty();
        }

        /** The summary with what was read of the rows, which has what holds for any database so far. */
        default DumpSummary complete(DumpSummary counted) {
            return counted;
        }
    }

    /** Takes the rows of one table. */
    @FunctionalInterface
    interface Rows {
        /** A row as COPY writes it, up to the limit, valid during the call only; {@code line} is where it stands. */
        void row(byte[] row, int length, long line);
    }
}
