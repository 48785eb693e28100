package dolmen.archive;

import dolmen.model.Artifact;

/** What a whole tar holds: the tar itself, its members, the files among them, and the bytes of their content. */
public record TarSummary(Artifact tar, long members, long files, long bytes) {}
