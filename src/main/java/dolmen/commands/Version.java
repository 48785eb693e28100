package dolmen.commands;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Dolmen's version, from the jar's manifest. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"dolmen " + text()};
    }

    /** The version alone; {@code development} when it does not run from a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
