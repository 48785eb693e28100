/**
 * Databases of PostgreSQL, whatever they hold: dumped in one snapshot, read through, loaded beside the present one, compared and
 * swapped in by renaming. Start with {@link dolmen.database.postgres.PostgresDatabase}.
 */
package dolmen.database.postgres;
