package dolmen.restore;

import dolmen.model.Coverage;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.Transport;
import dolmen.model.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The manifest of a backup of a plain stack. */
final class PlainManifest {
    private PlainManifest() {}

    /** That of a stack with this system identifier. */
    static Manifest of(String systemIdentifier) {
        return new Manifest(
                Manifest.FORMAT,
                new Label("20261124-020000"),
                Kind.FULL,
                Instant.parse("2026-11-24T02:00:00Z"),
                Instant.parse("2026-11-24T02:01:00Z"),
                new StackIdentity(Optional.of("there"), Optional.of(systemIdentifier), new TreeMap<>()),
                Layout.TAR,
                new Versions("1", Optional.of("25.0.0"), "15.4", "15.4", Optional.empty()),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new Coverage(0, 0, List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Transport.MOUNT),
                new TreeMap<>(),
                List.of(),
                Manifest.VERIFIED,
                List.of());
    }
}
