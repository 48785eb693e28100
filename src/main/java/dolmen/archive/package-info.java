/**
 * Tar archives and checksums: written, read, checked and unpacked with flat memory, every byte hashed on the way. Start
 * with {@link dolmen.archive.TarWriter} and {@link dolmen.archive.TarReader}.
 */
package dolmen.archive;
