/**
 * Finished backups and the runs that make or use them: manifests, publication, the lock, journals, reports and dead
 * letters. Start with {@link dolmen.catalog.Catalog} and {@link dolmen.catalog.RunJournal}.
 */
package dolmen.catalog;
