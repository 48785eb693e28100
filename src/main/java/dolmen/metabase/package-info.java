/**
 * Metabase's application database: which kind it is, its H2 files out of a stack and in again. Start with
 * {@link dolmen.metabase.Metabase}. A PostgreSQL one is only located here.
 */
package dolmen.metabase;
