package dolmen.model;

import java.nio.file.Path;

/** A finished backup of the catalog: its folder and its manifest. */
public record Backup(Path folder, Manifest manifest) {}
