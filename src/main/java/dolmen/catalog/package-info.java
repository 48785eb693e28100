/**
 * Finished backups: which there are, which are good, what was published, verified, accepted and pruned. Start with
 * {@link dolmen.catalog.Catalog}.
 */
package dolmen.catalog;
