package dolmen.commands;

import dolmen.progress.Display;
import org.slf4j.LoggerFactory;

/** The terminal that {@code bin/dolmen} found both outputs to be, if they are one. */
final class Terminal {
    private static final int NARROWEST = 20;
    private static final int USUAL = 80;

    private Terminal() {}

    /** A bar on a terminal; lines in the log otherwise, and when a program reads the output. */
    static Display display(boolean forProgram) {
        Integer columns = Integer.getInteger("dolmen.columns");
        if (forProgram || columns == null) {
            return Display.lines(LoggerFactory.getLogger("progress")::info);
        }
        return Display.bar(columns < NARROWEST ? USUAL : columns);
    }
}
