/** Metabase's data in a database of PostgreSQL. Start with {@link dolmen.metabase.postgres.PostgresKind}. */
package dolmen.metabase.postgres;
