/** Metabase's data in H2 files: copied out of a stack and exchanged in it. Start with {@link dolmen.metabase.h2.H2Kind}. */
package dolmen.metabase.h2;
