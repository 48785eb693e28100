/**
 * What Druid keeps in its metadata store: segments, rules, supervisors, and what a restore changes of them, whatever the database.
 * Start with {@link dolmen.metadata.DruidMetadata}.
 */
package dolmen.metadata;
