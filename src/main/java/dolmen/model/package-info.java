/**
 * The immutable records that travel through the pipelines and the failures that end them. Start with
 * {@link dolmen.model.BackupRun}, {@link dolmen.model.RestoreRun} and {@link dolmen.model.Manifest}.
 */
package dolmen.model;
