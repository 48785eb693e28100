package dolmen.archive;

/**
 * How a tar is to be unpacked: the name that its members begin with and that is taken off (empty: none), and the largest
 * number of bytes that all files together may have.
 */
public record Unpacking(String prefix, long maxBytes) {}
