package dolmen.app;

import java.util.Optional;

/** The version of Dolmen that runs, from its jar's manifest; {@code development} when it does not run from a jar. */
public final class DolmenVersion {
    private DolmenVersion() {}

    public static String text() {
        return Optional.ofNullable(DolmenVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
