/**
 * What Druid keeps in its metadata store: segments, rules, supervisors, and what a restore changes of them. Start with
 * {@link dolmen.metadata.DruidTables} and {@link dolmen.metadata.MetadataDumpReader}.
 */
package dolmen.metadata;
