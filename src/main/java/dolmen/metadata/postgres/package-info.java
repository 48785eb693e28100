/**
 * Druid's metadata in PostgreSQL: its tables by SQL, its dumps as pg_dump writes them. Start with
 * {@link dolmen.metadata.postgres.PostgresMetadata}.
 */
package dolmen.metadata.postgres;
