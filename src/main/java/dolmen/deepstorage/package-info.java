/**
 * What segments need of deep storage, whatever it is: the files of the used ones, whether an archive holds them, and what an
 * incremental backup takes over. Start with {@link dolmen.deepstorage.CoverageCheck}.
 */
package dolmen.deepstorage;
