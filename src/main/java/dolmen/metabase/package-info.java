/**
 * Metabase's application database, of whatever kind, and Metabase's HTTP API. Start with
 * {@link dolmen.metabase.MetabaseData}; a kind is a {@link dolmen.metabase.DatabaseKind}.
 */
package dolmen.metabase;
