package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up the parts of one dump. */
final class DumpTotals implements DumpParts {
    private final DumpProfile profile;
    private final DumpProfile.Reading reading;
    private final DumpFrame frame = new DumpFrame();
    private final SortedMap<String, Long> rows = new TreeMap<>();
    private final SortedSet<String> roles = new TreeSet<>();
    private final Set<String> created = new HashSet<>();
    private final SortedMap<String, Long> rowsWithoutTable = new TreeMap<>();
    private boolean hasExtension;
    private CopyTable table;
    private Optional<DumpProfile.Rows> reader = Optional.empty();
    private long tableRows;
    private long tabs;
    private final WholeRow row = new WholeRow();
    private boolean empty = true;

    DumpTotals(DumpProfile profile) {
        this.profile = profile;
        this.reading = profile.begin();
    }

    /** The totals; throws {@code Damaged} when the dump was not whole. */
    DumpSummary summary() {
        frame.end();
        SortedSet<String> missing = profile.missing(rows.keySet());
        if (!missing.isEmpty()) {
            throw DumpDamage.of(
                    "the dump lacks the tables " + String.join(", ", missing),
                    "See whether the settings name the right database, and whether the dump holds all of it.");
        }
        rowsWithoutTable.forEach((name, line) -> {
            throw DumpDamage.of(
                    "the dump has rows of table " + name + ", which it does not create, at line " + line,
                    "Make the dump with tables and rows, without --data-only, or use another backup.");
        });
        return reading.complete(
                new DumpSummary(frame.server(), frame.client(), rows, new TreeMap<>(), new TreeMap<>(), roles));
    }

    @Override
    public void comment(Piece piece) {
        frame.comment(piece);
    }

    @Override
    public void metaCommand(Piece piece) {
        frame.metaCommand(piece);
    }

    @Override
    public void begins(long line) {
        frame.content(line);
    }

    @Override
    public void statement(Piece piece) {
        String text = piece.text();
        if (text.startsWith("INSERT INTO ")) {
            throw DumpDamage.of(
                    "the dump holds its rows as INSERT statements, at line " + piece.line(),
                    "Make the dump without --inserts: only rows in COPY blocks are counted and checked.");
        }
        if (text.contains("standard_conforming_strings") && !text.equals("SET standard_conforming_strings = on;")) {
            throw DumpDamage.hostile(piece.line(), "strings that do not conform to the standard");
        }
        hasExtension |= Statements.isExtension(text);
        Statements.table(text).ifPresent(name -> {
            created.add(name);
            if (!Statements.isPartitioned(text)) {
                rows.putIfAbsent(name, 0L);
            }
        });
        Statements.owner(text).ifPresent(roles::add);
        roles.addAll(Statements.grantees(text));
    }

    @Override
    public void copyBegins(CopyTable begun, Piece piece) {
        table = begun;
        if (!hasExtension && !created.contains(begun.name())) {
            rowsWithoutTable.putIfAbsent(begun.name(), piece.line());
        }
        tableRows = 0;
        clearRow();
        reader = reading.rowsOf(begun);
    }

    @Override
    public void row(Slice slice) {
        for (int i = slice.start(); i < slice.end(); i++) {
            if (slice.bytes()[i] == '\t') {
                tabs++;
            }
        }
        empty = empty && slice.end() == slice.start();
        if (reader.isPresent()) {
            row.add(slice, table.name());
        }
        if (!slice.endsRow()) {
            return;
        }
        long fields = table.columns().isEmpty() && empty ? 0 : tabs + 1;
        if (fields != table.columns().size()) {
            throw DumpDamage.at(
                    slice.line(),
                    "the row of table " + table.name() + " has " + fields + " fields instead of "
                            + table.columns().size());
        }
        reader.ifPresent(taker -> taker.row(row.bytes(), row.length(), slice.line()));
        tableRows++;
        clearRow();
    }

    /** Makes ready for the next row. */
    private void clearRow() {
        tabs = 0;
        empty = true;
        row.clear();
    }

    @Override
    public void copyEnds(Piece piece) {
        rows.merge(table.name(), tableRows, Long::sum);
    }
}
