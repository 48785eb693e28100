package dolmen.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Metabase's application database in a backup. */
public record ApplicationDatabase(
        String kind, Optional<Artifact> artifact, SortedMap<String, Long> rows, List<String> warnings) {}
