/**
 * Druid's metadata in PostgreSQL: dumped in one snapshot, read through, loaded into a database beside the present one,
 * compared and swapped in by renaming. Start with {@link dolmen.metadata.MetadataStore} and
 * {@link dolmen.metadata.MetadataDumpReader}.
 */
package dolmen.metadata;
